// Text whose digits all have the same width, so that numbers align in columns.
#pragma once

#include <QFontMetricsF>
#include <QPainter>
#include <QString>

namespace abm {

/// Qt 6.4 cannot switch on a font's "tnum" feature, and Inter's digits differ in width: digits are placed in cells of equal
/// width, other characters as they are. Horizontal alignment is Qt::AlignLeft or Qt::AlignRight, vertical always centred;
/// text that does not fit is cut with an ellipsis when aligned left.
void draw_tabular(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text);
qreal tabular_width(const QFontMetricsF& metrics, const QString& text);

}  // namespace abm
