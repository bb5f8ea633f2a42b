// The whole time range in one strip: density, every anomaly, verdicts, notes and bookmarks, never hidden by zoom; the chart's
// view as a window to drag.
#pragma once

#include <QPixmap>
#include <QWidget>
#include <memory>
#include <optional>

#include "widgets/pin_mark.h"
#include "widgets/score_index.h"

namespace abm {

class OverviewStrip : public QWidget {
    Q_OBJECT
public:
    explicit OverviewStrip(QWidget* parent = nullptr);

    void setIndex(std::shared_ptr<const ScoreIndex> index);
    void setView(TimeRange view);
    void setRange(std::optional<TimeRange> range);
    void setSelected(std::optional<Time> time);
    void setBookmarks(const Snapshot& snapshot, const std::shared_ptr<const Bookmarks>& bookmarks);
    QSize sizeHint() const override { return {400, 44}; }
    std::vector<Mark> marks() const;
    const std::vector<Pin>& pins() const { return pins_; }
    double xOf(Time time) const;  ///< where it stands in the strip

signals:
    void viewRequested(abm::TimeRange view);  ///< the window or an edge of it was dragged, or a place outside was clicked

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override { forgetPicture(); }
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override { held_ = Grip::none; }
    void mouseDoubleClickEvent(QMouseEvent*) override;

private:
    enum class Grip { none, window, begin, end };
    Grip gripAt(double x) const;
    void paintWindow(QPainter& painter) const;
    void paintBand(QPainter& painter, TimeRange range, const QColor& colour) const;
    TimeScale scale() const;
    void paintDensity(QPainter& painter) const;
    QPixmap pictureOfMarks() const;
    void forgetPicture();

    std::shared_ptr<const ScoreIndex> index_;
    QPixmap marks_picture_;
    TimeRange view_;
    std::optional<TimeRange> range_;
    std::optional<Time> selected_;
    std::vector<Pin> pins_;
    Grip held_ = Grip::none;
    std::chrono::microseconds grip_{0};  ///< from the begin of the window to where it was taken, in folded time
};

}  // namespace abm
