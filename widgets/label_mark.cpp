#include "widgets/label_mark.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "widgets/theme.h"

namespace abm {
namespace {

constexpr double kHalf = 2.5;  // of the width of a mark

void paint_mark(QPainter& painter, QPointF at, LabelClass label) {
    if (label == LabelClass::anomaly) {
        painter.drawLine(at + QPointF(-kHalf, -kHalf), at + QPointF(kHalf, kHalf));
        painter.drawLine(at + QPointF(-kHalf, kHalf), at + QPointF(kHalf, -kHalf));
    } else if (label == LabelClass::normal) {
        painter.drawPolyline(std::array{at + QPointF(-kHalf, 0), at + QPointF(-0.5, kHalf), at + QPointF(kHalf, -kHalf)}.data(),
                             3);
    } else {
        painter.drawEllipse(at, kHalf - 0.5, kHalf - 0.5);
    }
}

// A page with two lines of writing.
void paint_page(QPainter& painter, QPointF at) {
    painter.drawRect(QRectF(at.x() - kHalf, at.y() - 3, 2 * kHalf, 6));
    for (const double line : {-1.0, 1.0}) painter.drawLine(at + QPointF(-kHalf + 1.2, line), at + QPointF(kHalf - 1.2, line));
}

void prepare(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().text, 1.2));
    painter.setBrush(Qt::NoBrush);
}

}  // namespace

void paint_label_mark(QPainter& painter, QPointF centre, LabelClass label) {
    painter.save();
    prepare(painter);
    paint_mark(painter, centre, label);
    painter.restore();
}

void paint_note_mark(QPainter& painter, QPointF centre) {
    painter.save();
    prepare(painter);
    paint_page(painter, centre);
    painter.restore();
}

void paint_label_marks(QPainter& painter, const Lane& lane, const TimeScale& scale, double left, double baseline) {
    painter.save();
    prepare(painter);
    // One mark a spot and verdict: a hundred thousand labels are painted as fast as a screenful.
    std::array<double, 4> last{};
    last.fill(-std::numeric_limits<double>::infinity());
    double last_note = -std::numeric_limits<double>::infinity();
    for (const Lane::Labelled& labelled : lane.labels) {
        const double x = scale.x_of(labelled.time);
        if (x < 0 || x > scale.width) continue;
        if (labelled.noted && x - last_note >= 3) {
            last_note = x;
            paint_page(painter, {left + std::floor(x) + 0.5, baseline - kNoteAbove_px});
        }
        double& before = last[static_cast<std::size_t>(labelled.label)];
        if (x - before < 2) continue;
        before = x;
        paint_mark(painter, {left + std::floor(x) + 0.5, baseline}, labelled.label);
    }
    painter.restore();
}

}  // namespace abm
