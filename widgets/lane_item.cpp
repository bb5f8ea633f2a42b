#include "widgets/lane_item.h"

#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/lane_marks.h"

namespace abm {
namespace {

constexpr double kMarkReach = 9;
constexpr double kReach = 5;

}  // namespace

void LaneItem::setIndex(std::shared_ptr<const ScoreIndex> index, LaneLayout layout) {
    index_ = std::move(index);
    layout_ = std::move(layout);
    recompute();
}

void LaneItem::setLayout(LaneLayout layout) {
    layout_ = std::move(layout);
    recompute();
}

void LaneItem::setScroll(int y) {
    if (y == scroll_) return;
    scroll_ = y;
    recompute();
}

void LaneItem::setView(TimeRange view) {
    view_ = view;
    recompute();
}

void LaneItem::setPlotArea(QRectF area) {
    if (area == area_) return;
    prepareGeometryChange();
    area_ = area;
    recompute();
}

void LaneItem::setThreshold(float threshold) {
    threshold_ = threshold;
    update();
}

void LaneItem::setSelected(std::optional<Time> time, std::optional<std::uint32_t> record) {
    selected_time_ = time;
    selected_ = record;
    update();
}

void LaneItem::setRange(std::optional<TimeRange> range) {
    range_ = range;
    update();
}

void LaneItem::setPins(std::vector<std::vector<Pin>> pins) {
    pins_ = std::move(pins);
    update();
}

void LaneItem::setFocusLane(std::optional<std::size_t> lane) {
    focus_lane_ = lane;
    update();
}

void LaneItem::setDraggedLane(std::optional<std::size_t> lane) {
    dragged_lane_ = lane;
    update();
}

void LaneItem::recompute() {
    const std::size_t lanes = index_ ? index_->lanes.size() : 0;
    columns_.assign(lanes, {});
    marks_.assign(lanes, {});
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        if (!inSight(lane)) continue;
        columns_[lane] = columns_of(index_->lanes[lane], scale());
        marks_[lane] = marks_of(index_->lanes[lane], scale(), laneHeight(lane));
    }
    update();
}

int LaneItem::laneTop(std::size_t lane) const { return static_cast<int>(std::ceil(area_.top())) + layout_.top(lane) - scroll_; }

bool LaneItem::inSight(std::size_t lane) const {
    return layout_.shown(lane) && laneTop(lane) < area_.bottom() && laneTop(lane) + laneHeight(lane) > area_.top();
}

std::size_t LaneItem::laneAt(double y) const { return layout_.at(static_cast<int>(y - area_.top()) + scroll_).value_or(0); }

double LaneItem::thresholdY(std::size_t lane) const { return laneTop(lane) + score_y(threshold_, laneHeight(lane)); }

QString LaneItem::thresholdText(std::size_t lane) const {
    const QString above = count_text(index_->lanes[lane].at_least(threshold_)) + " above";
    return dragged_lane_ == lane ? score_text(threshold_) + QString::fromUtf8(" · ") + above : above;
}

float LaneItem::scoreAt(double y) const {
    if (layout_.count() == 0) return threshold_;
    const std::size_t lane = laneAt(y);
    const double zero = score_y(0, laneHeight(lane));
    const double one = score_y(1, laneHeight(lane));
    return std::clamp(static_cast<float>((zero - (y - laneTop(lane))) / std::max(zero - one, 1.0)), 0.0F, 1.0F);
}

QPointF LaneItem::local(std::size_t lane, QPointF point) const { return point - QPointF(area_.left(), laneTop(lane)); }

std::optional<std::uint32_t> LaneItem::recordAt(QPointF point) const {
    if (!index_ || index_->lanes.empty() || !area_.contains(point)) return std::nullopt;
    const std::size_t lane = laneAt(point.y());
    const QPointF here = local(lane, point);
    const Mark* nearest = nullptr;
    double reach = kMarkReach;
    for (const Mark& mark : marks_[lane]) {  // gravest last: it wins a tie
        const double distance = std::hypot(mark.x + 0.5 - here.x(), mark.y - here.y());
        if (distance <= reach) {
            reach = distance;
            nearest = &mark;
        }
    }
    if (nearest) return nearest->record;
    if (const Pin* const pin = pinAt(point)) return pin->record;
    if (const auto verdict = verdictAt(lane, here)) return verdict;
    return plainRecordAt(lane, here);
}

const Pin* LaneItem::pinAt(QPointF point) const {
    if (!index_ || !area_.contains(point)) return nullptr;
    const std::size_t lane = laneAt(point.y());
    if (lane >= pins_.size() || std::abs(local(lane, point).y() - pin_middle(laneHeight(lane))) > kReach + 1) return nullptr;
    for (const Pin& pin : pins_[lane]) {
        if (std::abs(scale().x_of(pin.time) + pin_aside(pin.kind) - local(lane, point).x()) <= kReach) return &pin;
    }
    return nullptr;
}

std::optional<std::uint32_t> LaneItem::verdictAt(std::size_t lane, QPointF here) const {
    const double above_foot = laneHeight(lane) - here.y();
    if (!layout_.open(lane) || above_foot < 0 || above_foot > kVerdictFoot_px + kReach) return std::nullopt;
    const auto& labels = index_->lanes[lane].labels;
    const auto from = std::partition_point(labels.begin(), labels.end(), [&](const Lane::Labelled& labelled) {
        return scale().x_of(labelled.time) < here.x() - kReach;
    });
    if (from == labels.end() || scale().x_of(from->time) > here.x() + kReach) return std::nullopt;
    return from->record;
}

std::optional<std::uint32_t> LaneItem::plainRecordAt(std::size_t lane, QPointF here) const {
    constexpr std::ptrdiff_t kMostLookedAt = 4000;
    const Lane& records = index_->lanes[lane];
    const TimeScale at = scale();
    const auto begin = std::lower_bound(records.times.begin(), records.times.end(), at.time_of(here.x() - kReach));
    std::optional<std::uint32_t> found;
    double reach = kReach;
    for (auto time = begin; time != records.times.end() && time - begin < kMostLookedAt; ++time) {
        const double x = at.x_of(*time);
        if (x > here.x() + kReach) break;
        const auto position = static_cast<std::size_t>(time - records.times.begin());
        const double distance = std::hypot(x - here.x(), score_y(records.scores[position], laneHeight(lane)) - here.y());
        if (distance > reach) continue;
        reach = distance;
        found = records.records[position];
    }
    return found;
}

const Incident* LaneItem::incidentAt(QPointF point) const {
    if (!index_ || index_->lanes.empty() || !area_.contains(point)) return nullptr;
    const std::size_t lane = laneAt(point.y());
    const double x = local(lane, point).x();
    const Incident* found = nullptr;
    for (const Incident& incident : index_->lanes[lane].spans.incidents) {
        if (scale().x_of(incident.range.begin) > x) break;
        if (scale().x_of(incident.range.end) >= x) found = &incident;
    }
    return found;
}

bool LaneItem::quietAt(QPointF point) const {
    if (!index_ || index_->lanes.empty() || !area_.contains(point)) return false;
    const std::size_t lane = laneAt(point.y());
    const auto& quiet = index_->lanes[lane].spans.quiet;
    const Time time = scale().time_of(local(lane, point).x());
    const auto at =
        std::partition_point(quiet.begin(), quiet.end(), [time](const TimeRange& range) { return range.end <= time; });
    return at != quiet.end() && at->contains(time);
}

}  // namespace abm
