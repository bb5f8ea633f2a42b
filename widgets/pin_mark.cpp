#include "widgets/pin_mark.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "widgets/theme.h"

namespace abm {

std::vector<Pin> pins_of(const Investigation& investigation, const Bookmarks& bookmarks,
                         const std::function<bool(const Record&)>& belongs) {
    std::vector<Pin> pins;
    for (const Bookmark& one : bookmarks) {
        if (raw(one.record) >= investigation.records.size()) continue;
        const Record& record = investigation.records[raw(one.record)];
        if (!known(record.start) || (belongs && !belongs(record))) continue;
        pins.push_back({record.start, one.kind, raw(one.record), one.line});
    }
    std::stable_sort(pins.begin(), pins.end(), [](const Pin& a, const Pin& b) { return a.time < b.time; });
    return pins;
}

void paint_pin(QPainter& painter, QPointF c, BookmarkKind kind) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().panel, 0.8));
    painter.setBrush(tokens().accent);
    if (kind == BookmarkKind::bookmark) {
        painter.drawPolygon(
            std::array{c + QPointF(-3, -4.5), c + QPointF(3, -4.5), c + QPointF(3, 4.5), c + QPointF(0, 2), c + QPointF(-3, 4.5)}
                .data(),
            5);
    } else {
        painter.drawPolygon(std::array{c + QPointF(-2, -4.5), c + QPointF(5, -2), c + QPointF(-2, 0.5)}.data(), 3);
        painter.setPen(QPen(tokens().accent, 1.4));
        painter.drawLine(c + QPointF(-2, -4.5), c + QPointF(-2, 4.5));
    }
    painter.restore();
}

void paint_pins(QPainter& painter, std::span<const Pin> pins, const TimeScale& scale, double left, double middle) {
    std::array<double, 2> last{};
    last.fill(-std::numeric_limits<double>::infinity());
    for (const Pin& pin : pins) {
        const double x = scale.x_of(pin.time);
        if (x < 0 || x > scale.width) continue;
        double& before = last[static_cast<std::size_t>(pin.kind)];
        if (x - before < 3) continue;
        before = x;
        paint_pin(painter, {left + std::floor(x) + 0.5 + pin_aside(pin.kind), middle}, pin.kind);
    }
}

}  // namespace abm
