// A metric over time around the selected record: values, their usual range, what is flagged, what is missing.
#pragma once

#include <QPixmap>
#include <QWidget>
#include <optional>

#include "core/data/finding.h"
#include "widgets/series_data.h"
#include "widgets/snapshot.h"

class QComboBox;

namespace abm {

struct SeriesFlag {
    TimeRange range;
    Severity severity = Severity::none;
    QString words;  ///< "spike, medium"
    std::uint32_t record = 0;
};

struct ShownSeries {
    std::shared_ptr<const SeriesData> data;
    TimeRange record;                ///< of the selected one
    std::vector<SeriesFlag> flags;   ///< records of the series that are flagged, by begin
    std::vector<Evidence> evidence;  ///< of the selected record: rows
    QStringList columns;             ///< of a table: the others that can be shown
};

/// Wheel zooms at the cursor, a drag pans, a click on a sample shows its row, a click on a shape opens its record. Keys: left and
/// right go from sample to sample (with Ctrl to the flagged ones), page up and down pan, + and - zoom, Home shows all of it, End
/// the record, Enter the row.
class SeriesChart : public QWidget {
    Q_OBJECT
public:
    explicit SeriesChart(QWidget* parent = nullptr);

    /// around: the view goes to the record; else it stays, as when only marks have changed.
    void show(ShownSeries shown, bool around);
    void showMessage(const QString& words);  ///< in its place: it is being read, or cannot be

    const ShownSeries& shown() const { return shown_; }
    TimeRange view() const { return view_; }
    void fit();
    void showRecord();
    void zoom(double factor, double anchor = 0.5);
    std::optional<std::size_t> current() const { return current_; }
    void setCurrent(std::size_t sample);
    QString readout() const;  ///< of the current sample: time, value, usual range, its evidence
    QComboBox* column() const { return column_; }
    QRect plot() const;
    double yOf(double value) const;
    std::size_t columnsComputed() const { return computed_; }  ///< how often

    QSize sizeHint() const override { return {400, 190}; }
    QSize minimumSizeHint() const override { return {200, 110}; }

signals:
    void rowWanted(std::int64_t offset);       ///< the row of a sample
    void recordWanted(std::uint32_t record);   ///< a flagged one
    void columnWanted(const QString& column);  ///< of a table

protected:
    bool event(QEvent*) override;
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void leaveEvent(QEvent*) override;
    void keyPressEvent(QKeyEvent*) override;

private:
    TimeScale scale() const { return {view_, plot().width()}; }
    bool usable() const { return shown_.data && !shown_.data->points.empty(); }
    void setView(TimeRange view);
    void recompute();
    void stepFlag(int direction);
    const SeriesFlag* flagAt(QPoint point) const;
    QString noteOf(std::size_t sample) const;
    void say();
    void paintAxes(QPainter&) const;
    void paintBand(QPainter&) const;
    void paintFlags(QPainter&) const;
    void paintValues(QPainter&) const;
    void paintEvidence(QPainter&) const;
    void paintCurrent(QPainter&) const;
    void paintHead(QPainter&) const;

    ShownSeries shown_;
    QString message_;
    QComboBox* column_;
    TimeRange view_;
    std::vector<SeriesColumn> columns_;
    std::vector<std::pair<std::size_t, QString>> marked_;  ///< samples that are evidence, with why; by sample
    double low_ = 0, high_ = 1;                            ///< of the axis
    std::optional<std::size_t> current_;                   ///< by keys or a click
    std::optional<std::size_t> hovered_;
    QPoint pressed_;
    TimeRange pressed_view_;
    bool dragged_ = false;
    std::size_t computed_ = 0;
};

}  // namespace abm
