#include "widgets/severity_shape.h"

#include <cmath>

#include "widgets/theme.h"

namespace abm {

void paint_severity(QPainter& painter, QPointF c, qreal size, Severity severity) {
    const QColor colour = tokens().severity(severity);
    const qreal r = size / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (severity) {
        case Severity::critical: {
            const QPointF corners[] = {
                {c.x(), c.y() - r}, {c.x() + r * 1.1, c.y() + r * 0.85}, {c.x() - r * 1.1, c.y() + r * 0.85}};
            painter.drawPolygon(corners, 3);
            break;
        }
        case Severity::high: {
            const QPointF corners[] = {
                {c.x(), c.y() - r * 1.1}, {c.x() + r * 1.1, c.y()}, {c.x(), c.y() + r * 1.1}, {c.x() - r * 1.1, c.y()}};
            painter.drawPolygon(corners, 4);
            break;
        }
        case Severity::medium:
            painter.drawEllipse(c, r * 0.85, r * 0.85);
            break;
        case Severity::low:
            painter.setBrush(tokens().panel);
            painter.setPen(QPen(colour, 1.4));
            painter.drawEllipse(c, r * 0.7, r * 0.7);
            break;
        case Severity::none:
            painter.drawEllipse(c, 1.0, 1.0);
            break;
    }
}

QPixmap severity_pixmap(Severity severity, int size, qreal ratio) {
    QPixmap pixmap((QSizeF(size, size) * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paint_severity(painter, {size / 2.0, size / 2.0}, size - 2.0, severity);
    return pixmap;
}

SeverityStamps::SeverityStamps(int size, qreal ratio) : half_((size + 2) / 2.0) {
    for (int severity = 0; severity < kSeverityCount; ++severity)
        pictures_[static_cast<std::size_t>(severity)] = severity_pixmap(static_cast<Severity>(severity), size + 2, ratio);
}

void SeverityStamps::draw(QPainter& painter, QPointF centre, Severity severity) const {
    painter.drawPixmap(QPointF(std::round(centre.x() - half_), std::round(centre.y() - half_)),
                       pictures_[static_cast<std::size_t>(severity)]);
}

}  // namespace abm
