#include "app/workbench/record_views.h"

#include "widgets/format.h"
#include "widgets/log_panel.h"
#include "widgets/why_panel.h"

namespace abm {

RecordViews::RecordViews(Selection& selection, LogPanel& log, WhyPanel* why, QObject* parent)
    : QObject(parent), selection_(selection), log_(log), why_(why) {
    connect(&selection_, &Selection::recordChanged, this, &RecordViews::follow);
    connect(&log_, &LogPanel::moreBefore, this, [this] { extend(-1); });
    connect(&log_, &LogPanel::moreAfter, this, [this] { extend(1); });
    connect(&log_, &LogPanel::listClosed, this, &RecordViews::follow);
    connect(&log_, &LogPanel::lineOpened, this, [this](SourceIndex source, std::int64_t offset) {
        const auto holder = loaded_.snapshot ? record_at(*loaded_.snapshot, source, offset) : std::nullopt;
        if (!holder) return;
        if (holder == selection_.record()) follow();  // the list took its place
        selection_.selectRecord(*holder, offset);
    });
    connect(&job_, &ExplainJob::linesRead, this, &RecordViews::showLines);
    connect(&job_, &ExplainJob::listRead, this, &RecordViews::showList);
    connect(&job_, &ExplainJob::linesFailed, this, [this](const QString& message) {
        pending_lines_ = false;
        log_.showMessage(message, "Try again", [this] { requestLines(); });
    });
    connect(&job_, &ExplainJob::explained, this, [this](const ShownExplanation& explanation) {
        pending_explanation_ = false;
        if (why_) why_->setExplanation(explanation);
        emit explained(explanation);
    });
    connect(&job_, &ExplainJob::explainFailed, this, [this](const QString& message) {
        pending_explanation_ = false;
        if (why_) why_->setExplanationMissing(message);
    });
}

void RecordViews::setLoaded(const Loaded& loaded) {
    loaded_ = loaded;
    follow();
}

void RecordViews::setRescored(const Loaded& loaded) {
    loaded_ = loaded;
    if (why_) why_->setRescored(loaded.snapshot);
    const auto selected = selection_.record();
    if (!selected || !loaded_.scored || !active_) return;
    pending_explanation_ = true;
    job_.explain(loaded_.scored, *selected);
}

void RecordViews::setActive(bool active) {
    if (active == active_) return;
    active_ = active;
    if (active_) return follow();
    job_.cancel();
    pending_lines_ = pending_explanation_ = false;
}

void RecordViews::setBusy(bool busy) {
    busy_ = busy;
    if (!busy && loaded_.snapshot && !loaded_.scored && selection_.record() && active_) requestExplanation();
}

void RecordViews::follow() {
    if (!active_) return;
    const auto selected = selection_.record();
    if (!selected || !loaded_.snapshot || raw(*selected) >= loaded_.snapshot->records.size()) {
        job_.cancel();
        pending_lines_ = pending_explanation_ = false;
        return log_.showMessage("Select a session in the chart or in the list to read its log.");
    }
    first_ = last_ = raw(*selected);
    requestLines();
    requestExplanation();
}

void RecordViews::requestLines() {
    const Record& first = record(first_);
    pending_lines_ = true;
    job_.readLines(loaded_.snapshot, first.source, {first.span.offset, record(last_).span.end() - first.span.offset});
}

void RecordViews::requestExplanation() {
    if (!loaded_.scored) {
        if (why_)
            why_->setExplanationMissing(busy_
                                            ? "The models answer when loading has finished."
                                            : "Loading stopped before the models were asked. Open the files again to ask them.");
        return;
    }
    pending_explanation_ = true;
    if (why_) why_->setExplanationPending();
    job_.explain(loaded_.scored, *selection_.record());
}

void RecordViews::extend(int direction) {
    const auto& records = loaded_.snapshot->records;
    if (direction < 0 && first_ > 0 && records[first_ - 1].source == records[first_].source) --first_;
    if (direction > 0 && last_ + 1 < records.size() && records[last_ + 1].source == records[last_].source) ++last_;
    requestLines();
}

std::vector<Evidence> RecordViews::evidenceShown() const {
    std::vector<Evidence> evidence;
    for (std::uint32_t at = first_; at <= last_; ++at) {
        for (const Finding& finding : loaded_.snapshot->findings_of(record(at))) {
            evidence.insert(evidence.end(), finding.evidence.begin(), finding.evidence.end());
        }
    }
    return evidence;
}

void RecordViews::showLines(const std::vector<LogLine>& lines) {
    pending_lines_ = false;
    const auto& records = loaded_.snapshot->records;
    const Record& first = records[first_];
    const Record& last = records[last_];
    const QString title = QStringLiteral("%1 · %2 %3 · bytes %4 – %5")
                              .arg(qstring(loaded_.snapshot->source_of(first).name), qstring(name_of(first.kind)))
                              .arg(first.ordinal)
                              .arg(count_text(first.span.offset), count_text(last.span.end()));
    const bool more_before = first_ > 0 && records[first_ - 1].source == first.source;
    const bool more_after = last_ + 1 < records.size() && records[last_ + 1].source == last.source;
    log_.showRecord(title, lines, evidenceShown(), more_before, more_after);
    if (why_ && first_ == last_) why_->setLines(lines);  // line numbers count from the begin of the record
}

void RecordViews::showNotUnderstood(SourceIndex source) {
    pending_lines_ = true;
    job_.readList(loaded_.snapshot, source, loaded_.snapshot->sources[raw(source)].first_not_understood);
}

void RecordViews::showList(SourceIndex source, const std::vector<LogLine>& lines) {
    pending_lines_ = false;
    const Source& from = loaded_.snapshot->sources[raw(source)];
    const auto listed = static_cast<std::int64_t>(from.first_not_understood.size());
    const QString how_many =
        listed < from.lines_not_understood
            ? QStringLiteral("the first %1 of %2").arg(count_text(listed), count_text(from.lines_not_understood))
            : count_text(from.lines_not_understood);
    log_.showList(
        QStringLiteral("%1 · lines not understood: %2 · double-click opens the session").arg(qstring(from.name), how_many), lines,
        source);
}

}  // namespace abm
