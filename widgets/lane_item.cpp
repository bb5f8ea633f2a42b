#include "widgets/lane_item.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/label_mark.h"
#include "widgets/severity_shape.h"
#include "widgets/theme.h"
#include "widgets/time_fold_mark.h"

namespace abm {
namespace {

constexpr int kLaneGap = 2;
constexpr double kMarkReach = 9;
constexpr double kPlainReach = 5;

}  // namespace

void LaneItem::setIndex(std::shared_ptr<const ScoreIndex> index) {
    index_ = std::move(index);
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

int LaneItem::laneHeight() const {
    const auto lanes = index_ ? std::max<std::size_t>(index_->lanes.size(), 1) : 1;
    return std::max(1, static_cast<int>(area_.height() / static_cast<double>(lanes)));
}

void LaneItem::recompute() {
    columns_.clear();
    marks_.clear();
    if (index_) {
        for (const Lane& lane : index_->lanes) {
            columns_.push_back(columns_of(lane, scale()));
            marks_.push_back(marks_of(lane, scale(), laneHeight() - kLaneGap));
        }
    }
    update();
}

int LaneItem::laneAt(double y) const {
    const int lanes = index_ ? static_cast<int>(index_->lanes.size()) : 0;
    return std::clamp(static_cast<int>((y - area_.top()) / laneHeight()), 0, std::max(lanes - 1, 0));
}

double LaneItem::thresholdY(int lane) const {
    return area_.top() + lane * laneHeight() + score_y(threshold_, laneHeight() - kLaneGap);
}

float LaneItem::scoreAt(double y) const {
    const double top = area_.top() + laneAt(y) * laneHeight();
    const int height = laneHeight() - kLaneGap;
    const double zero = score_y(0, height);
    const double one = score_y(1, height);
    return std::clamp(static_cast<float>((zero - (y - top)) / std::max(zero - one, 1.0)), 0.0F, 1.0F);
}

std::optional<std::uint32_t> LaneItem::recordAt(QPointF point) const {
    if (!index_ || index_->lanes.empty() || !area_.contains(point)) return std::nullopt;
    const auto lane = static_cast<std::size_t>(laneAt(point.y()));
    const QPointF local = point - QPointF(area_.left(), area_.top() + static_cast<double>(lane) * laneHeight());
    const Mark* nearest = nullptr;
    double reach = kMarkReach;
    for (const Mark& mark : marks_[lane]) {  // gravest last: it wins a tie
        const double distance = std::hypot(mark.x + 0.5 - local.x(), mark.y - local.y());
        if (distance <= reach) {
            reach = distance;
            nearest = &mark;
        }
    }
    return nearest ? std::optional(nearest->record) : plainRecordAt(lane, local);
}

std::optional<std::uint32_t> LaneItem::plainRecordAt(std::size_t lane, QPointF point) const {
    constexpr std::ptrdiff_t kMostLookedAt = 4000;
    const Lane& records = index_->lanes[lane];
    const TimeScale at = scale();
    const auto begin = std::lower_bound(records.times.begin(), records.times.end(), at.time_of(point.x() - kPlainReach));
    std::optional<std::uint32_t> found;
    double reach = kPlainReach;
    for (auto time = begin; time != records.times.end() && time - begin < kMostLookedAt; ++time) {
        const double x = at.x_of(*time);
        if (x > point.x() + kPlainReach) break;
        const auto position = static_cast<std::size_t>(time - records.times.begin());
        const double distance = std::hypot(x - point.x(), score_y(records.scores[position], laneHeight() - kLaneGap) - point.y());
        if (distance > reach) continue;
        reach = distance;
        found = records.records[position];
    }
    return found;
}

void LaneItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (!index_) return;
    painter->setClipRect(area_);
    for (std::size_t lane = 0; lane < index_->lanes.size(); ++lane) paintLane(*painter, lane);
    paintFolds(*painter);
    if (range_) {
        QColor wash = tokens().accent;
        wash.setAlphaF(0.14F);
        const double left = area_.left() + scale().x_of(range_->begin);
        const double right = area_.left() + scale().x_of(range_->end);
        painter->fillRect(QRectF(left, area_.top(), std::max(right - left, 1.0), area_.height()), wash);
    }
    if (selected_time_) {
        const double x = std::floor(area_.left() + scale().x_of(*selected_time_));
        painter->fillRect(QRectF(x, area_.top(), 2, area_.height()), tokens().accent);
    }
    // Shapes stand above the line of the selection: it must not hide what it points at.
    painter->setRenderHint(QPainter::Antialiasing);
    const SeverityStamps stamps(10, painter->device()->devicePixelRatioF());
    for (std::size_t lane = 0; lane < index_->lanes.size(); ++lane) {
        const QPointF origin(area_.left() + 0.5, area_.top() + static_cast<double>(lane) * laneHeight());
        for (const Mark& mark : marks_[lane]) {
            const bool selected = selected_ == mark.record;
            if (selected) {
                painter->setPen(QPen(tokens().accent, 1.5));
                painter->setBrush(tokens().panel);
                painter->drawEllipse(origin + QPointF(mark.x, mark.y), 8.5, 8.5);
            }
            stamps.draw(*painter, origin + QPointF(mark.x, mark.y), mark.severity);
        }
    }
}

void LaneItem::paintFolds(QPainter& painter) const {
    for (const TimeFold::Fold& fold : index_->fold.folds())
        paint_fold(painter, fold, scale(), QRectF(area_.left(), area_.top(), area_.width(), area_.height()));
}

void LaneItem::paintLane(QPainter& painter, std::size_t lane) const {
    const int height = laneHeight() - kLaneGap;
    const double top = area_.top() + static_cast<double>(lane) * laneHeight();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(area_.left(), top, area_.width(), height), tokens().sunk);
    const auto& columns = columns_[lane];
    for (std::size_t x = 0; x < columns.size(); ++x) {
        if (columns[x].count == 0) continue;
        const int high = score_y(columns[x].high, height);
        const int low = score_y(columns[x].low, height);
        painter.fillRect(QRectF(area_.left() + static_cast<double>(x), top + high - 1, 1.5, std::max(low - high, 0) + 3),
                         tokens().density);
    }
    QPen dashes(tokens().accent, 1);
    dashes.setDashPattern({4, 3});
    painter.setPen(dashes);
    const double y = std::floor(thresholdY(static_cast<int>(lane))) + 0.5;
    painter.drawLine(QPointF(area_.left(), y), QPointF(area_.right(), y));
    paint_label_marks(painter, index_->lanes[lane], scale(), area_.left(), top + height - 4.5);
}

}  // namespace abm
