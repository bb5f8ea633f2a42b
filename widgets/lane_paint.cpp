// How LaneItem paints: lanes from back to front, then what crosses them, then the shapes nothing may hide.
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/label_mark.h"
#include "widgets/lane_item.h"
#include "widgets/lane_marks.h"
#include "widgets/severity_shape.h"
#include "widgets/theme.h"
#include "widgets/time_fold_mark.h"

namespace abm {
void LaneItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (!index_) return;
    painter->setClipRect(area_);
    if (index_->lanes.empty()) {
        painter->setPen(tokens().muted);
        painter->setFont(ui_font());
        painter->drawText(area_, static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap), emptyWords());
    }
    for (std::size_t lane = 0; lane < index_->lanes.size(); ++lane) {
        if (inSight(lane)) paintLane(*painter, lane);
    }
    for (const TimeFold::Fold& fold : index_->fold.folds()) paint_fold(*painter, fold, scale(), area_);
    paintSelection(*painter);
    paintMarks(*painter);
}

QString LaneItem::emptyWords() const {
    if (index_->without_time == 0) return QStringLiteral("No record with a time yet.");
    return QStringLiteral(
        "No record here has a full date, so there is nothing to draw; list and log show all of them.\n"
        "Where the lines of a log lack the year, its profile can say it: Sources, profile, \"year\".");
}

void LaneItem::paintLane(QPainter& painter, std::size_t lane) const {
    const int height = laneHeight(lane);
    const double top = laneTop(lane);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(area_.left(), top, area_.width(), height), tokens().sunk);
    paintSpans(painter, lane);
    const auto& columns = columns_[lane];
    for (std::size_t x = 0; x < columns.size(); ++x) {
        if (columns[x].count == 0) continue;
        const int high = score_y(columns[x].high, height);
        const int low = score_y(columns[x].low, height);
        // With the threshold low, records without a finding stand above it too: they are told apart, and counted.
        const QColor& colour = columns[x].high >= threshold_ ? tokens().accent : tokens().density;
        painter.fillRect(QRectF(area_.left() + static_cast<double>(x), top + high - 1, 1.5, std::max(low - high, 0) + 3), colour);
    }
    if (!layout_.open(lane)) return;
    paintThreshold(painter, lane);
    paint_label_marks(painter, index_->lanes[lane], scale(), area_.left(), top + height - kVerdictFoot_px);
}

void LaneItem::paintSpans(QPainter& painter, std::size_t lane) const {
    const LaneSpans& spans = index_->lanes[lane].spans;
    const TimeScale at = scale();
    const double top = laneTop(lane), height = laneHeight(lane);
    const QColor quiet = see_through(tokens().muted, tokens().dark ? 0.16F : 0.13F);
    for_each_visible(
        spans.quiet, at.width, [&at](Time time) { return at.x_of(time); },
        [&](double left, double right) { painter.fillRect(QRectF(area_.left() + left, top, right - left, height), quiet); });
    for (const Incident& incident : spans.incidents) {
        const double left = std::max(at.x_of(incident.range.begin), 0.0);
        const double right = std::min(at.x_of(incident.range.end), static_cast<double>(at.width));
        if (right - left < 1) continue;
        const QColor colour = tokens().severity(incident.severity);
        painter.fillRect(QRectF(area_.left() + left, top, right - left, height), see_through(colour, 0.10F));
        painter.fillRect(QRectF(area_.left() + left, top, right - left, kIncidentBar_px), colour);
    }
}

void LaneItem::paintThreshold(QPainter& painter, std::size_t lane) const {
    QPen dashes(tokens().accent, 1);
    dashes.setDashPattern({4, 3});
    painter.setPen(dashes);
    const double y = std::floor(thresholdY(lane)) + 0.5;
    painter.drawLine(QPointF(area_.left(), y), QPointF(area_.right(), y));
}

// The number stands in a corner, away from the line: the marks of low severity crowd there. Where marks stand in the corner too,
// it goes below the line, to the first place where none stands.
void LaneItem::paintCount(QPainter& painter, std::size_t lane) const {
    constexpr double kLine_px = 13, kMark_px = 6, kStep_px = 4;
    painter.save();
    painter.setFont(ui_font(10));
    const QString text = thresholdText(lane);
    const double width = painter.fontMetrics().horizontalAdvance(text) + 8;
    QRectF box(area_.left() + 2, laneTop(lane) + kIncidentBar_px, width, kLine_px);
    const double foot = laneTop(lane) + laneHeight(lane) - kVerdictFoot_px;
    const double below = thresholdY(lane) + kMark_px;
    const auto crossed = [&](const QRectF& place) {
        const QRectF reach = place.adjusted(-kMark_px, -kMark_px, kMark_px, kMark_px);
        return std::ranges::any_of(marks_[lane], [&](const Mark& mark) {
            return reach.contains(QPointF(area_.left() + mark.x, laneTop(lane) + mark.y));
        });
    };
    QRectF lower(box.left(), below, width, kLine_px);
    while (crossed(lower) && lower.bottom() <= foot) lower.translate(0, kStep_px);
    if (lower.bottom() <= foot && crossed(box)) box = lower;
    painter.fillRect(box, see_through(tokens().sunk, 0.85F));
    painter.setPen(tokens().accent);
    painter.drawText(box, Qt::AlignCenter, text);
    painter.restore();
}

void LaneItem::paintSelection(QPainter& painter) const {
    if (range_) {
        const double left = area_.left() + scale().x_of(range_->begin);
        const double right = area_.left() + scale().x_of(range_->end);
        painter.fillRect(QRectF(left, area_.top(), std::max(right - left, 1.0), area_.height()),
                         see_through(tokens().accent, 0.14F));
    }
    if (selected_time_) {
        const double x = std::floor(area_.left() + scale().x_of(*selected_time_));
        painter.fillRect(QRectF(x, area_.top(), 2, area_.height()), tokens().accent);
    }
    if (focus_lane_ && *focus_lane_ < layout_.count() && inSight(*focus_lane_)) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(tokens().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(area_.left() + 1, laneTop(*focus_lane_) + 1, area_.width() - 2, laneHeight(*focus_lane_) - 2));
    }
}

// Shapes stand above the line of the selection: it must not hide what it points at.
void LaneItem::paintMarks(QPainter& painter) const {
    painter.setRenderHint(QPainter::Antialiasing);
    const SeverityStamps stamps(10, painter.device()->devicePixelRatioF());
    for (std::size_t lane = 0; lane < index_->lanes.size(); ++lane) {
        if (!inSight(lane)) continue;
        if (layout_.open(lane)) paintCount(painter, lane);
        if (lane < pins_.size())
            paint_pins(painter, pins_[lane], scale(), area_.left(), laneTop(lane) + pin_middle(laneHeight(lane)));
        const QPointF origin(area_.left() + 0.5, laneTop(lane));
        for (const Mark& mark : marks_[lane]) {
            if (selected_ == mark.record) {
                painter.setPen(QPen(tokens().accent, 1.5));
                painter.setBrush(tokens().panel);
                painter.drawEllipse(origin + QPointF(mark.x, mark.y), 8.5, 8.5);
            }
            stamps.draw(painter, origin + QPointF(mark.x, mark.y), mark.severity);
        }
    }
}

}  // namespace abm
