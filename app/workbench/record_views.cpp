#include "app/workbench/record_views.h"

#include <filesystem>

#include "widgets/format.h"
#include "widgets/log_panel.h"
#include "widgets/why_panel.h"

namespace abm {
namespace {

constexpr std::int64_t kMostLines_bytes = 8 << 20;

}  // namespace

RecordViews::RecordViews(Selection& selection, LogPanel& log, WhyPanel* why, QObject* parent)
    : QObject(parent),
      selection_(selection),
      log_(log),
      why_(why),
      log_reader_(log, this),
      packets_(log, this),
      series_(log, selection, this) {
    connect(&selection_, &Selection::recordChanged, this, &RecordViews::follow);
    connect(&log_, &LogPanel::recordOpened, this, &RecordViews::arrive);
    connect(&log_reader_, &LogReader::arrived, this, &RecordViews::arrive);
    connect(&log_reader_, &LogReader::failed, this, &RecordViews::showFailure);
    connect(&log_reader_, &LogReader::recordNumbered, this, [this](std::int64_t offset, std::int64_t line) {
        if (why_ && loaded_.snapshot && shown_ < loaded_.snapshot->records.size() && record(shown_).span.offset == offset)
            why_->setFirstLine(line);
    });
    connect(&log_, &LogPanel::listClosed, this, &RecordViews::follow);
    connect(&log_, &LogPanel::lineOpened, this, [this](SourceIndex source, std::int64_t offset) {
        const auto holder = loaded_.snapshot ? record_at(*loaded_.snapshot, source, offset) : std::nullopt;
        if (!holder) return;
        if (holder == selection_.record()) follow();  // the list took its place
        selection_.selectRecord(*holder, offset);
    });
    connect(&packets_, &PacketReader::failed, this, &RecordViews::showFailure);
    connect(&packets_, &PacketReader::listed, this, [this](const ShownPackets& shown) {
        pending_lines_ = false;
        if (why_) why_->setPackets(shown.packets);
    });
    connect(&job_, &ExplainJob::linesRead, this, &RecordViews::showLines);
    connect(&job_, &ExplainJob::listRead, this, &RecordViews::showList);
    connect(&job_, &ExplainJob::linesFailed, this, &RecordViews::showFailure);
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
    stopLines();
    pending_lines_ = pending_explanation_ = false;
}

void RecordViews::stopLines() {
    page_.cancel();
    packets_.clear();
    series_.clear();
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
        stopLines();
        log_reader_.clear();
        log_.setNotice({});
        pending_lines_ = pending_explanation_ = false;
        const bool nothing = loaded_.snapshot && loaded_.snapshot->records.empty() && !busy_;
        return log_.showMessage(nothing ? "There is no log yet: drop journals on the window, or press Ctrl+O."
                                        : "Select a session in the chart or in the list to read its log.");
    }
    shown_ = raw(*selected);
    showNotice();
    requestLines();
    requestExplanation();
}

// The log needs the page around the line, the reasons need the lines of the record: they name them by number.
void RecordViews::requestLines() {
    const Record& shown = record(shown_);
    pending_lines_ = true;
    job_.cancelLines();
    log_reader_.setOrigin(loaded_.snapshot, shown.source, RecordIndex(shown_));
    if (loaded_.snapshot->source_of(shown).is_capture()) {
        stopLines();
        return packets_.show(loaded_.snapshot, RecordIndex(shown_));
    }
    packets_.clear();
    series_.follow(loaded_.snapshot, RecordIndex(shown_));
    const LogRequest request{LogRequest::Where::around, selection_.line().value_or(shown.span.offset)};
    page_.start([origin = log_reader_.origin(), request](std::stop_token) { return read_shown_page(origin, request); },
                [this](ShownPage page) { showPage(std::move(page)); },
                [this](const Error& error) { showFailure(QString::fromUtf8(error.what())); });
    if (!why_) return;
    // Lines of an entity or a series lie all over the file: their numbers within the record would help nobody.
    if (shown.span.bytes > kMostLines_bytes) return why_->setLines({});
    job_.readLines(loaded_.snapshot, shown.source, shown.span);
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

void RecordViews::showPage(ShownPage page) {
    pending_lines_ = false;
    const Record& shown = record(shown_);
    const Source& source = loaded_.snapshot->source_of(shown);
    const QString title = QStringLiteral("%1 %2 · %3 · bytes %4 – %5")
                              .arg(qstring(name_of(shown.kind)))
                              .arg(shown.ordinal)
                              .arg(qstring(source.name), count_text(shown.span.offset), count_text(shown.span.end()));
    log_.showRecord({title, source.bytes, shown.span, std::move(page)});
}

void RecordViews::showLines(const std::vector<LogLine>& lines) { why_->setLines(lines); }

void RecordViews::showFailure(const QString& message) {
    pending_lines_ = false;
    stopLines();
    const QString path = QString::fromStdString(loaded_.snapshot->source_of(record(shown_)).path.string());
    std::error_code ignored;
    if (std::filesystem::exists(path.toStdString(), ignored))
        return log_.showMessage(message, "Try again", [this] { requestLines(); });
    log_.showMessage(message, "Locate…", [this, path] { emit locateWanted(path); });
}

// Found, gone to or opened in the log: in the panel of label mode (no reasons) the record stays the one to be judged.
void RecordViews::arrive(std::int64_t offset) {
    if (!loaded_.snapshot || !selection_.record()) return;
    const TextSpan own = record(shown_).span;  // spans of entities and series overlap
    if (offset >= own.offset && offset < own.end()) return log_.goTo(offset);
    const auto holder = record_at(*loaded_.snapshot, record(shown_).source, offset);
    if (!holder || !why_ || holder == selection_.record()) return log_.goTo(offset);
    selection_.selectRecord(*holder, offset);
}

void RecordViews::setSourceStates(std::vector<WorkspaceSession::SourceState> states) {
    states_ = std::move(states);
    showNotice();
}

void RecordViews::showNotice() {
    log_.setNotice({});
    if (!loaded_.snapshot || !selection_.record() || shown_ >= loaded_.snapshot->records.size()) return;
    const Source& source = loaded_.snapshot->source_of(record(shown_));
    const QString path = QString::fromStdString(source.path.string());
    for (const auto& state : states_) {
        if (state.source != record(shown_).source) continue;
        if (state.gone) {
            log_.setNotice(path + " is no longer there. Findings and labels are kept; its lines cannot be read.", "Locate…",
                           [this, path] { emit locateWanted(path); });
        } else if (state.changed) {
            log_.setNotice(path +
                               " has changed since it was read: it has grown, or another file took its place. The lines below "
                               "are those of the file as it is now and may not belong to this record.",
                           "Read it again", [this, path] { emit readAgainWanted(path); });
        }
    }
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
