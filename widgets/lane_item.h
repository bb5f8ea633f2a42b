// The one graphics item that paints every record of the score chart.
#pragma once

#include <QGraphicsItem>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/score_index.h"

namespace abm {

/// Lies over the plot area of the chart. Columns and marks are computed when index, view or size change, not when painting.
class LaneItem : public QGraphicsItem {
public:
    explicit LaneItem(QGraphicsItem* parent) : QGraphicsItem(parent) {}

    void setIndex(std::shared_ptr<const ScoreIndex> index);
    void setView(TimeRange view);
    void setPlotArea(QRectF area);
    void setThreshold(float threshold);
    void setSelected(std::optional<Time> time, std::optional<std::uint32_t> record);
    void setRange(std::optional<TimeRange> range);  ///< the selected time range, washed

    TimeScale scale() const { return {view_, static_cast<int>(area_.width()), index_ ? &index_->fold : nullptr}; }
    int laneHeight() const;
    int laneAt(double y) const;         ///< lane under a y of the scene, clamped
    double thresholdY(int lane) const;  ///< scene coordinate
    float scoreAt(double y) const;      ///< score for a y of the scene, within the lane under it
    /// Record drawn nearest to a point of the scene: a mark within 9 px first, else a plain record within 5.
    std::optional<std::uint32_t> recordAt(QPointF point) const;
    std::vector<Mark> marksOfLane(std::size_t lane) const { return marks_[lane]; }

    QRectF boundingRect() const override { return area_; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
    void recompute();
    void paintFolds(QPainter& painter) const;
    void paintLane(QPainter& painter, std::size_t lane) const;
    std::optional<std::uint32_t> plainRecordAt(std::size_t lane, QPointF point) const;

    std::shared_ptr<const ScoreIndex> index_;
    TimeRange view_;
    QRectF area_;
    float threshold_ = 0.5F;
    std::optional<Time> selected_time_;
    std::optional<std::uint32_t> selected_;
    std::optional<TimeRange> range_;
    std::vector<std::vector<Column>> columns_;
    std::vector<std::vector<Mark>> marks_;
};

}  // namespace abm
