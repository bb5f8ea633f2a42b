// Severity is always shape and colour: filled triangle, filled diamond, filled circle, open circle; a dot for none.
#pragma once

#include <QIcon>
#include <QPainter>
#include <array>

#include "core/data/record_type.h"

namespace abm {

/// Draws the shape about `size` pixels wide around `centre`, in the colour of the theme.
void paint_severity(QPainter& painter, QPointF centre, qreal size, Severity severity);
QPixmap severity_pixmap(Severity severity, int size, qreal ratio);

/// The shapes of one size as pictures: a chart draws ten thousand of them in a frame. Made for one painting, in its theme.
class SeverityStamps {
public:
    SeverityStamps(int size, qreal ratio);
    void draw(QPainter& painter, QPointF centre, Severity severity) const;

private:
    std::array<QPixmap, kSeverityCount> pictures_;
    qreal half_;
};

}  // namespace abm
