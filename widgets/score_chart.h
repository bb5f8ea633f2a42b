// Score over time, a lane for each machine. Qt Charts draws axes, grid and frame; one item of ours paints the records.
#pragma once

#include <QChartView>
#include <memory>
#include <optional>

#include "widgets/score_index.h"
#include "widgets/selection.h"

class QCategoryAxis;

namespace abm {

class LaneItem;

/// Mouse: wheel zooms at the cursor, Shift+wheel or a sideways wheel pans, a drag selects a time range, a drag on a dashed line
/// moves the threshold, a click selects the record, a double click fits. Keys: arrows pan, + and - zoom, Home fits.
class ScoreChart : public QChartView {
    Q_OBJECT
public:
    explicit ScoreChart(Selection& selection, QWidget* parent = nullptr);

    /// Keeps the view when it was zoomed; a view that fitted goes on fitting.
    void setSnapshot(Snapshot snapshot, std::shared_ptr<const ScoreIndex> index);
    void setThreshold(float threshold);
    float threshold() const { return threshold_; }
    TimeRange visibleRange() const { return view_; }
    void showRange(TimeRange view);
    void fit();
    void showWholeNext() { fitted_ = true; }  ///< the next snapshot is another investigation: forget the zoom
    void zoom(double factor, double anchor = 0.5);
    void pan(double part);

    LaneItem* lanes() const { return item_; }

signals:
    void visibleRangeChanged(abm::TimeRange range);
    void thresholdDragged(float threshold);  ///< while the line is dragged
    void thresholdChanged(float threshold);  ///< when it is dropped

protected:
    void resizeEvent(QResizeEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    bool event(QEvent*) override;

private:
    enum class Drag { none, pressed, range, threshold };

    void applyTheme();
    void followSelection();
    void layOutAxes();
    void placeItem();
    bool overThreshold(QPointF point) const;
    QString tip(std::uint32_t record) const;
    QString foldTip(QPointF at) const;
    Time timeAt(double x) const;

    Selection& selection_;
    Snapshot snapshot_;
    std::shared_ptr<const ScoreIndex> index_;
    TimeRange view_;
    bool fitted_ = true;
    float threshold_ = 0.5F;
    QCategoryAxis* times_;
    QCategoryAxis* machines_;
    LaneItem* item_;
    Drag drag_ = Drag::none;
    QPointF pressed_at_;
};

}  // namespace abm
