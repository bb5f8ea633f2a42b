#include "app/workbench/explain_job.h"

#include "app/workbench/why_words.h"

namespace abm {

void ExplainJob::readLines(Snapshot snapshot, SourceIndex source, TextSpan span) {
    lines_.start([snapshot, source, span](std::stop_token) { return read_log(snapshot->sources[raw(source)], span); },
                 [this](std::vector<LogLine> lines) { emit linesRead(lines); },
                 [this](const Error& error) { emit linesFailed(QString::fromUtf8(error.what())); });
}

void ExplainJob::readList(Snapshot snapshot, SourceIndex source, std::vector<TextSpan> spans) {
    const auto work = [snapshot, source, spans = std::move(spans)](std::stop_token stop) {
        std::vector<LogLine> lines;
        for (const TextSpan span : spans) {
            if (stop.stop_requested()) break;
            for (LogLine& line : read_log(snapshot->sources[raw(source)], span)) lines.push_back(std::move(line));
        }
        return lines;
    };
    lines_.start(
        work, [this, source](std::vector<LogLine> lines) { emit listRead(source, lines); },
        [this](const Error& error) { emit linesFailed(QString::fromUtf8(error.what())); });
}

void ExplainJob::explain(std::shared_ptr<const ScoredInvestigation> scored, RecordIndex record) {
    const auto work = [scored, record](std::stop_token) { return why_words(*scored, record); };
    explanation_.start(
        work, [this](ShownExplanation explanation) { emit explained(explanation); },
        [this](const Error& error) { emit explainFailed(QString::fromUtf8(error.what())); });
}

void ExplainJob::cancel() {
    lines_.cancel();
    explanation_.cancel();
}

}  // namespace abm
