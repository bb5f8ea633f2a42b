// The one graphics item that paints every record of the score chart.
#pragma once

#include <QGraphicsItem>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/lane_layout.h"
#include "widgets/pin_mark.h"
#include "widgets/score_index.h"

namespace abm {

/// Lies over the plot area of the chart. Columns and marks are computed when index, view or size change, not when painting, and
/// only for the lanes in sight.
class LaneItem : public QGraphicsItem {
public:
    explicit LaneItem(QGraphicsItem* parent) : QGraphicsItem(parent) {}

    /// layout: of as many lanes as the index has.
    void setIndex(std::shared_ptr<const ScoreIndex> index, LaneLayout layout);
    void setLayout(LaneLayout layout);
    void setScroll(int y);  ///< of the lanes
    void setView(TimeRange view);
    void setPlotArea(QRectF area);
    void setThreshold(float threshold);
    void setSelected(std::optional<Time> time, std::optional<std::uint32_t> record);
    void setRange(std::optional<TimeRange> range);         ///< the selected time range, washed
    void setPins(std::vector<std::vector<Pin>> pins);      ///< by lane
    void setFocusLane(std::optional<std::size_t> lane);    ///< the one keys act on, framed
    void setDraggedLane(std::optional<std::size_t> lane);  ///< whose threshold is being dragged: it tells the score too

    TimeScale scale() const { return {view_, static_cast<int>(area_.width()), index_ ? &index_->fold : nullptr}; }
    const LaneLayout& layout() const { return layout_; }
    int laneTop(std::size_t lane) const;  ///< y of the scene; may lie outside the plot area
    int laneHeight(std::size_t lane) const { return layout_.height(lane); }
    bool inSight(std::size_t lane) const;
    std::size_t laneAt(double y) const;             ///< lane under a y of the scene, or the nearest; 0 without lanes
    double thresholdY(std::size_t lane) const;      ///< y of the scene
    QString thresholdText(std::size_t lane) const;  ///< "12 above", what stands at the line
    float scoreAt(double y) const;                  ///< score for a y of the scene, within the lane under it
    /// Record drawn nearest to a point of the scene: a mark within 9 px first, then a bookmark, a verdict, a plain record
    /// within 5.
    std::optional<std::uint32_t> recordAt(QPointF point) const;
    const Pin* pinAt(QPointF point) const;            ///< null: none
    const Incident* incidentAt(QPointF point) const;  ///< null: none; by time alone, over the whole height of the lane
    bool quietAt(QPointF point) const;                ///< an interval nothing is wrong with
    const std::vector<Mark>& marksOfLane(std::size_t lane) const { return marks_[lane]; }  ///< empty when out of sight

    QRectF boundingRect() const override { return area_; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
    void recompute();
    void paintLane(QPainter& painter, std::size_t lane) const;
    void paintSpans(QPainter& painter, std::size_t lane) const;
    void paintThreshold(QPainter& painter, std::size_t lane) const;
    void paintCount(QPainter& painter, std::size_t lane) const;
    QString emptyWords() const;
    void paintMarks(QPainter& painter) const;
    void paintSelection(QPainter& painter) const;
    QPointF local(std::size_t lane, QPointF point) const;
    std::optional<std::uint32_t> verdictAt(std::size_t lane, QPointF local) const;
    std::optional<std::uint32_t> plainRecordAt(std::size_t lane, QPointF local) const;

    std::shared_ptr<const ScoreIndex> index_;
    LaneLayout layout_;
    int scroll_ = 0;
    TimeRange view_;
    QRectF area_;
    float threshold_ = 0.5F;
    std::optional<Time> selected_time_;
    std::optional<std::uint32_t> selected_;
    std::optional<TimeRange> range_;
    std::optional<std::size_t> focus_lane_, dragged_lane_;
    std::vector<std::vector<Pin>> pins_;
    std::vector<std::vector<Column>> columns_;
    std::vector<std::vector<Mark>> marks_;
};

}  // namespace abm
