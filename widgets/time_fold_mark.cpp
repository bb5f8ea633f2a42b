#include "widgets/time_fold_mark.h"

#include <algorithm>
#include <cmath>

#include "widgets/theme.h"

namespace abm {

void paint_fold(QPainter& painter, const TimeFold::Fold& fold, const TimeScale& scale, const QRectF& area) {
    const double left = std::clamp(scale.x_of(fold.range.begin), -1.0, area.width() + 1) + 2;  // beside the record it begins with
    const double right = std::clamp(scale.x_of(fold.range.end), -1.0, area.width() + 1) - 2;
    if (right <= left) return;
    const QRectF band(area.left() + std::floor(left), area.top(), std::floor(right) - std::floor(left), area.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(band, tokens().window);
    QPen dots(tokens().muted, 1);
    dots.setDashPattern({1, 3});
    painter.setPen(dots);
    painter.drawLine(band.topLeft(), band.bottomLeft());
    painter.drawLine(band.topRight(), band.bottomRight());
    painter.restore();
}

}  // namespace abm
