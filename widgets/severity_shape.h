// Severity is always shape and colour: filled triangle, filled diamond, filled circle, open circle; a dot for none.
#pragma once

#include <QIcon>
#include <QPainter>

#include "core/data/record_type.h"

namespace abm {

/// Draws the shape about `size` pixels wide around `centre`, in the colour of the theme.
void paint_severity(QPainter& painter, QPointF centre, qreal size, Severity severity);
QPixmap severity_pixmap(Severity severity, int size, qreal ratio);

}  // namespace abm
