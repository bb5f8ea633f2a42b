// One machine on one day: its scores, what is flagged, and where the selected record stands.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/score_index.h"
#include "widgets/snapshot.h"

namespace abm {

/// Only shows; the chart of the triage page is there to work in. Draws from the index of the whole, so that another record costs
/// no more than the painting of its day.
class DayChart : public QWidget {
    Q_OBJECT
public:
    explicit DayChart(QWidget* parent = nullptr);

    void setData(Snapshot snapshot, std::shared_ptr<const ScoreIndex> index);
    void setRecord(std::optional<RecordIndex> record);
    void setThreshold(float threshold);
    /// Rings around records of this machine and day. How many of them are.
    std::int64_t mark(const std::vector<RecordIndex>& records);

    /// "This machine, 14 Mar 2026"; empty without a record that has a time.
    QString title() const;
    TimeRange day() const { return day_; }
    std::vector<Mark> marks() const;  ///< as painted, from the left of the plot

    QSize sizeHint() const override { return {400, 130}; }
    QSize minimumSizeHint() const override { return {160, 96}; }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    const Record* record() const;
    const Lane* lane() const;
    QRect plot() const;
    TimeScale scale() const { return {day_, plot().width()}; }
    void paintScores(QPainter& painter, const Lane& lane) const;
    void paintFlagged(QPainter& painter, const Lane& lane) const;
    void paintTimes(QPainter& painter) const;

    Snapshot snapshot_;
    std::shared_ptr<const ScoreIndex> index_;
    std::optional<RecordIndex> record_;
    std::vector<RecordIndex> marked_;
    TimeRange day_{};
    float threshold_ = 0.5F;
};

}  // namespace abm
