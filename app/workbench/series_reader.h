// The chart of the series a record belongs to: reads it off the UI thread, once for each series, and marks what is flagged in it.
#pragma once

#include <QObject>

#include "widgets/latest_job.h"
#include "widgets/selection.h"
#include "widgets/series_chart.h"

namespace abm {

class LogPanel;

/// UI thread only.
class SeriesReader : public QObject {
    Q_OBJECT
public:
    SeriesReader(LogPanel& panel, Selection& selection, QObject* parent);

    /// A window of a metric, or a row with a time, has a chart; for any other record there is none.
    void follow(const Snapshot& snapshot, RecordIndex record);
    void clear();
    bool settled() const { return !job_.running(); }

private:
    struct Key {
        std::string path, identity, entity, column;
        bool operator==(const Key&) const = default;
    };
    void read();
    void choose(const QString& column);

    LogPanel& panel_;
    Selection& selection_;
    Snapshot snapshot_;
    RecordIndex record_{};
    std::string column_;                      ///< chosen by the user, for tables of rows; empty: the oddest of the row
    std::shared_ptr<const SeriesData> data_;  ///< the last that was read
    Key key_;                                 ///< of it
    LatestJob<std::pair<ShownSeries, Key>> job_;
};

}  // namespace abm
