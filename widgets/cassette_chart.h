// A lane for each cassette: the counter the books expect as a dashed step line, the one the machine printed as a solid one, and a
// triangle with its amount where they part.
#pragma once

#include <QWidget>

#include "widgets/cassette_lanes.h"
#include "widgets/time_fold.h"

namespace abm {

class CassetteChart : public QWidget {
    Q_OBJECT
public:
    explicit CassetteChart(QWidget* parent = nullptr);

    /// time: what the lanes span; nullopt: all of their points.
    void setLanes(Snapshot snapshot, std::vector<CassetteLane> lanes, std::optional<TimeRange> time);
    /// The movement that is selected elsewhere; nullopt: none.
    void setCurrent(std::optional<std::uint32_t> movement);
    const std::vector<CassetteLane>& lanes() const { return lanes_; }
    /// Where a point is drawn, in this widget.
    QPointF placeOf(std::size_t lane, const CassettePoint& point) const;
    QString laneWords(const CassetteLane& lane) const;  ///< "0777 · cassette 1 · 20.00"
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {260, sizeHint().height()}; }

signals:
    void movementClicked(std::uint32_t movement);
    void laneWanted(int top, int height);  ///< the lane of the current movement: to be scrolled into view

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    bool event(QEvent*) override;

private:
    struct Hit {
        std::size_t lane;
        const CassettePoint* point;
    };
    struct Extent {
        std::int32_t low, high;
    };
    QRectF plot(std::size_t lane) const;
    std::optional<Hit> hitAt(QPointF at) const;
    void stepDiscrepancy(int direction);
    void paintLane(QPainter& painter, std::size_t at) const;
    void paintSteps(QPainter& painter, std::size_t at, std::int32_t CassettePoint::*count) const;
    QString tip(const Hit& hit) const;
    void describe();

    Snapshot snapshot_;
    std::vector<CassetteLane> lanes_;
    std::vector<Extent> extents_;  ///< of each lane
    TimeRange time_{};
    TimeFold fold_;  ///< long times without any movement
    std::optional<std::uint32_t> current_;
};

}  // namespace abm
