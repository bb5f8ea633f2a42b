// The whole time range in one strip: density and every anomaly, never hidden by zoom; the chart's view as a window to drag.
#pragma once

#include <QPixmap>
#include <QWidget>
#include <memory>
#include <optional>

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
    QSize sizeHint() const override { return {400, 44}; }
    std::vector<Mark> marks() const;

signals:
    void viewRequested(abm::TimeRange view);  ///< the window was dragged, or a place outside it was clicked

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override { forgetPicture(); }
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;

private:
    TimeScale scale() const;
    void paintDensity(QPainter& painter) const;
    QPixmap pictureOfMarks() const;
    void forgetPicture();

    std::shared_ptr<const ScoreIndex> index_;
    QPixmap marks_picture_;
    TimeRange view_;
    std::optional<TimeRange> range_;
    std::optional<Time> selected_;
    std::chrono::microseconds grip_{0};  ///< from the begin of the window to where it was taken, in folded time
};

}  // namespace abm
