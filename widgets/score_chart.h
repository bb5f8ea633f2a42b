// Score over time, a lane for each machine. Qt Charts draws axes, grid and frame; one item of ours paints the records.
#pragma once

#include <QChartView>
#include <QSet>
#include <memory>
#include <optional>

#include "widgets/lane_layout.h"
#include "widgets/pin_mark.h"
#include "widgets/score_index.h"
#include "widgets/selection.h"

class QCategoryAxis;
class QScrollBar;

namespace abm {

class LaneItem;

/// Mouse: wheel zooms at the cursor, Shift+wheel or a sideways wheel pans, Ctrl+wheel scrolls the lanes, a drag selects a time
/// range, a drag on a dashed line moves the threshold, a click selects the record, a double click fits; a click on the name of a
/// machine collapses its lane. Keys: left and right pan, up and down, + and - zoom, Home fits; Ctrl+left and right go to the
/// marks of a lane, Ctrl+up and down to another lane, Alt+up and down move the threshold, page up and down scroll the lanes, C
/// collapses the lane.
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

    /// Each record above the threshold is counted at its line, whatever the zoom.
    void setBookmarks(std::shared_ptr<const Bookmarks> bookmarks);
    void stepThreshold(float step);
    /// To the next or previous record something is wrong with on the lane the keys act on: it becomes the selected one.
    void stepMark(int direction);
    void stepLane(int direction);  ///< the keys act on the lane above or below from now on
    void setCollapsed(std::size_t lane, bool collapsed);
    /// Shows one machine alone, or all again; nullopt.
    void singleOut(std::optional<std::size_t> lane);
    /// Lanes that hold none of these kinds of records are not shown. views: bits of RecordView.
    void setViews(std::uint32_t views);
    std::size_t currentLane() const { return lane_; }

    LaneItem* lanes() const { return item_; }
    QScrollBar* scrollBar() const { return scroll_; }

signals:
    void visibleRangeChanged(abm::TimeRange range);
    void thresholdDragged(float threshold);         ///< while the line is dragged
    void thresholdChanged(float threshold);         ///< when it is dropped
    void machineRequested(const QString& machine);  ///< or lane: the lists shall keep to it; empty: to all again

protected:
    void resizeEvent(QResizeEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void contextMenuEvent(QContextMenuEvent*) override;
    void focusInEvent(QFocusEvent*) override;
    void focusOutEvent(QFocusEvent*) override;
    bool event(QEvent*) override;

private:
    enum class Drag { none, pressed, range, threshold };
    struct NamedLane {
        QString name;
        qreal end;  ///< on the axis, which counts pixels upwards
        bool operator==(const NamedLane&) const = default;
    };

    void applyTheme();
    void followSelection();
    void followFocus();
    void layOutAxes();
    void layOutMachines();
    void layOutLanes();
    void placeItem();
    void showLane(std::size_t lane);
    LaneLayout laneLayout() const;
    QString machineOf(std::size_t lane) const;
    std::optional<std::size_t> laneOfName(QPointF point) const;
    bool keyWithModifier(const QKeyEvent& key);
    QString spanTip(QPointF at) const;
    void describe();
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
    QScrollBar* scroll_;
    QSet<QString> collapsed_;  ///< names of lanes
    std::uint32_t views_ = ~0U;
    QString single_;        ///< the only lane shown; empty: all
    std::size_t lane_ = 0;  ///< the keys act on
    std::vector<NamedLane> named_;
    std::shared_ptr<const Bookmarks> bookmarks_;
    Drag drag_ = Drag::none;
    QPointF pressed_at_;
};

}  // namespace abm
