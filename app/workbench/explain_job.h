// What the views need of the selected record, fetched off the UI thread: its lines and its explanation. The only place of the
// program that calls read_log() and ScoredInvestigation::explain().
#pragma once

#include <QObject>

#include "app/workbench/loaded.h"
#include "core/data/log_line.h"
#include "widgets/latest_job.h"
#include "widgets/shown_explanation.h"

namespace abm {

/// The latest request of each kind wins; answers to older ones are dropped.
class ExplainJob : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void readLines(Snapshot snapshot, SourceIndex source, TextSpan span);
    /// The lines of several spans, one after another: for lists.
    void readList(Snapshot snapshot, SourceIndex source, std::vector<TextSpan> spans);
    void explain(std::shared_ptr<const ScoredInvestigation> scored, RecordIndex record);
    void cancelLines() { lines_.cancel(); }  ///< those of the record before would come late
    void cancel();

signals:
    void linesRead(const std::vector<abm::LogLine>& lines);
    void linesFailed(const QString& message);
    void listRead(abm::SourceIndex source, const std::vector<abm::LogLine>& lines);
    void explained(const abm::ShownExplanation& explanation);
    void explainFailed(const QString& message);

private:
    LatestJob<std::vector<LogLine>> lines_;
    LatestJob<ShownExplanation> explanation_;
};

}  // namespace abm
