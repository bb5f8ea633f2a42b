#include "app/workbench/label_desk.h"

#include <QLineEdit>
#include <QTabBar>
#include <algorithm>
#include <utility>

#include "app/workbench/label_words.h"
#include "app/workbench/triage_page.h"
#include "app/workbench/why_words.h"
#include "widgets/carried_record.h"
#include "widgets/format.h"
#include "widgets/pane.h"
#include "widgets/queue_panel.h"
#include "widgets/session_table.h"
#include "widgets/verdict_words.h"
#include "widgets/why_panel.h"

namespace abm {
namespace {

constexpr std::size_t kQueueLength = 100;
constexpr std::size_t kQueueLow = 5;    // then it is filled again; before, its order stays what the eye has seen
constexpr std::size_t kMostLast = 200;  // more than one sees: undo brings the earlier ones back

}  // namespace

LabelDesk::LabelDesk(TriagePage& page, const Actions& actions, WorkspaceJob& job, LabelKeys::Clock clock, QObject* parent)
    : QObject(parent),
      page_(page),
      actions_(actions),
      job_(job),
      triage_(page),
      place_(&triage_),
      keys_(actions.labelKeys(), std::move(clock)) {
    serve(triage_.panel());
    connectActions();
    connectJob();
    connect(&page_.selection(), &Selection::recordChanged, this, &LabelDesk::follow);
    connect(page_.sessions(), &SessionTable::chosenChanged, this, &LabelDesk::followSeveral);
    connect(page_.queue(), &QueuePanel::chosenChanged, this, &LabelDesk::followSeveral);
    connect(&page_.docks(), &DockSet::frontChanged, this, &LabelDesk::followSeveral);
    follow();
}

void LabelDesk::connectActions() {
    const auto on = [this](QAction* action, auto step) { connect(action, &QAction::triggered, this, step); };
    for (std::size_t at = 0; at < Actions::kTypeKeys; ++at)
        on(actions_.types[at], [this, at] {
            const auto types = panel().types();  // a copy: the next record may bring others
            if (at < types.size()) decide(LabelClass::anomaly, types[at].word);
        });
    on(actions_.normal, [this] { decide(LabelClass::normal, {}); });
    on(actions_.unsure, [this] { decide(LabelClass::unsure, {}); });
    on(actions_.accept, [this] { acceptSuggestion(); });
    on(actions_.skip, [this] { skip(); });
    on(actions_.note, [this] { panel().editNote(); });
    on(actions_.alike, [this] { previewed_ ? applyAlike() : previewAlike(); });
    on(actions_.apply_alike, [this] { waiting_ ? applySeveral() : applyAlike(); });
    on(actions_.undo, [this] { job_.undo(place_->undoGoesBack()); });
    on(actions_.redo, [this] { job_.redo(); });
    on(actions_.previous_reversed, [this] { job_.undo(true); });
    on(actions_.queue, [this] { showQueue(); });
    on(actions_.why, [this] { place_->showWhy(); });
}

// A panel nobody sees sends nothing.
void LabelDesk::serve(LabelPanel& panel) {
    connect(&panel, &LabelPanel::decided, this, &LabelDesk::decide);
    connect(&panel, &LabelPanel::skipped, this, &LabelDesk::skip);
    connect(&panel, &LabelPanel::noteChanged, this, &LabelDesk::changeNote);
    connect(&panel, &LabelPanel::noteLeft, this, [this] { place_->home()->setFocus(); });
    connect(&panel, &LabelPanel::alikePreviewRequested, this, &LabelDesk::previewAlike);
    connect(&panel, &LabelPanel::alikeApplied, this, &LabelDesk::applyAlike);
    connect(&panel, &LabelPanel::severalApplied, this, &LabelDesk::applySeveral);
    connect(&panel, &LabelPanel::severalDropped, this, &LabelDesk::showSeveral);
    connect(&panel, &LabelPanel::undo, actions_.undo, &QAction::trigger);
    connect(&panel, &LabelPanel::painted, &keys_, &LabelKeys::painted);
    connect(&panel, &LabelPanel::retry, this, [this] {
        if (!failed_) return;
        const LabelCommand again = *std::exchange(failed_, std::nullopt);
        failure_.clear();
        this->panel().setFailure({});
        commit(again.records, again.request);
        emit decided(again.records, again.request.decided_ms);
    });
}

void LabelDesk::enter(LabelPlace& place) {
    showAlike(false);  // nothing stays marked behind one's back
    place_ = &place;
    reveal();
}

void LabelDesk::leave() { enter(triage_); }

// What the panel of the place must know and was told only to the one before.
void LabelDesk::reveal() {
    panel().setFailure(failure_);
    panel().setLastVerdicts({last_.begin(), last_.end()});
    shown_.reset();  // read from now on
    showBlocked();
    follow();
}

void LabelDesk::connectJob() {
    connect(&job_, &WorkspaceJob::advised, this, [this](RecordIndex record, const RecordAdvice& advice) {
        if (record != selected()) return;
        advice_ = advice;
        page_.why()->setHistory(history_words(*snapshot(), record, advice.first_score));
        // The record's own sentence stands above already.
        const bool known_already = advice.suggestion.because == sentence_of(*snapshot(), snapshot()->records[raw(record)]);
        panel().setSuggestion({advice.suggestion.label, qstring(advice.suggestion.type),
                               known_already ? QString() : qstring(advice.suggestion.because)});
        showAlike(false);
        showEnabled();
    });
    connect(&job_, &WorkspaceJob::queued, this, [this](const std::vector<QueueEntry>& entries) {
        queue_ = entries;
        fillQueue();
    });
    const auto arrived = [this](const LabelCommand& command) {
        for (const RecordIndex record : command.records) {
            if (const auto found = in_flight_.find(raw(record)); found != in_flight_.end()) in_flight_.erase(found);
        }
    };
    connect(&job_, &WorkspaceJob::labelled, this, [this, arrived](const LabelCommand& command) {
        arrived(command);
        noteVerdict(command);
        if (command.records.size() > 1)
            emit said(QStringLiteral("%1 labelled in one step; Ctrl+Z takes all of them back.")
                          .arg(counted(static_cast<std::int64_t>(command.records.size()), "record", "records")));
    });
    connect(&job_, &WorkspaceJob::labelFailed, this, [this, arrived](const LabelCommand& command, const QString& message) {
        arrived(command);
        failed_ = command;
        const QString which = snapshot() && raw(command.records.front()) < snapshot()->records.size()
                                  ? record_title(*snapshot(), snapshot()->records[raw(command.records.front())])
                                  : QStringLiteral("A label");
        failure_ = QStringLiteral("Not saved: %1. %2").arg(which, message);
        panel().setFailure(failure_);
        showAlike(false);
    });
    connect(&job_, &WorkspaceJob::undone, this, [this](const LabelOutcome& outcome, bool go_back) {
        if (!last_.empty()) last_.pop_front();
        panel().setLastVerdicts({last_.begin(), last_.end()});
        emit said("Undid: " + words(outcome));
        if (go_back && !outcome.records.empty()) page_.selection().selectRecord(outcome.records.front());
        refreshQueue();
    });
    connect(&job_, &WorkspaceJob::redone, this, [this](const LabelOutcome& outcome) {
        noteVerdict({outcome.records, {outcome.label.label, outcome.label.type, outcome.label.note, -1}});
        emit said("Redid: " + words(outcome));
    });
}

const Snapshot& LabelDesk::snapshot() const { return page_.loaded().snapshot; }

std::optional<RecordIndex> LabelDesk::selected() const {
    const auto record = page_.selection().record();
    return record && place_->offers() && snapshot() && raw(*record) < snapshot()->records.size() ? record : std::nullopt;
}

void LabelDesk::follow() {
    const auto record = selected();
    const bool other = record != shown_;
    shown_ = record;
    if (record || panel().types().empty())
        offerTypes(record ? view_of(*snapshot(), snapshot()->records[raw(*record)]) : RecordView::session);
    const StandingLabel* const verdict = record ? snapshot()->label_of(*record) : nullptr;
    panel().setRecord(record.has_value(), verdict);
    if (record && !verdict) {
        if (const auto draft = drafts_.find(*record); draft != drafts_.end()) panel().setDraft(draft->second);
    }
    if (other) {
        advice_ = {};
        panel().setSuggestion({});
        keys_.shown();
    }
    showAlike(false);
    if (record && open_ && complete_) job_.askAdvice(*record);
    followSeveral();
    showEnabled();
}

// The keys 1 to 9 give the types of the kind of record one looks at.
void LabelDesk::offerTypes(RecordView view) {
    const auto types = offered_types(view);
    if (types != panel().types()) panel().setTypes(types);
    if (std::exchange(keyed_, view) == view) return;
    for (std::size_t at = 0; at < Actions::kTypeKeys; ++at)
        actions_.types[at]->setText(at < types.size() ? "× " + types[at].text : QStringLiteral("× type %1").arg(at + 1));
}

void LabelDesk::setLoaded(const WorkspaceFacts& facts, bool complete) {
    facts_ = facts;
    complete_ = complete;
    showBlocked();
    follow();
    if (complete_) refreshQueue();
}

void LabelDesk::setRescored(const WorkspaceFacts& facts) {
    facts_ = facts;
    complete_ = true;  // nothing changes while files are read: an opening that was cancelled ends here as well
    showBlocked();
    follow();
    fillQueue();
    if (page_.queue()->model()->rowCount() < static_cast<int>(kQueueLow)) refreshQueue();
}

void LabelDesk::carryDrafts(const Investigation& before, const Investigation& now) {
    for (const auto& [record, note] : std::exchange(drafts_, {})) {
        if (const auto there = carried_over(record, before, now)) drafts_[*there] = note;
    }
}

void LabelDesk::setOpen(bool open) {
    open_ = open;
    showBlocked();
    showEnabled();
}

void LabelDesk::forget() {
    complete_ = false;
    failed_.reset();
    failure_.clear();
    panel().setFailure({});
    in_flight_.clear();
    drafts_.clear();
    last_.clear();
    queue_.clear();
    panel().setLastVerdicts({});
    fillQueue();
    showBlocked();
}

void LabelDesk::showBlocked() {
    QString why;
    if (open_ && !complete_) why = QStringLiteral("Labels can be given when reading has finished.");
    if (open_ && complete_ && facts_.read_only)
        why = QStringLiteral("This workspace can only be read. Copy the file to a place you can write to and open the copy.");
    panel().setBlocked(why);
    page_.queue()->setEmptyWords(complete_
                                     ? QStringLiteral("Everything worth a look is labelled. Retrain, or open more journals.")
                                     : QStringLiteral("The queue is made when reading has finished."));
    showEnabled();
    emit readyChanged();
}

void LabelDesk::showEnabled() {
    const bool can = ready() && selected().has_value();
    for (std::size_t at = 0; at < Actions::kTypeKeys; ++at) actions_.types[at]->setEnabled(can && at < panel().types().size());
    for (QAction* const action : {actions_.normal, actions_.unsure, actions_.accept, actions_.note}) action->setEnabled(can);
    actions_.skip->setEnabled(open_ && selected().has_value());
    actions_.alike->setEnabled(can && !advice_.alike.empty());
    actions_.apply_alike->setEnabled(can && (previewed_ || waiting_));
    actions_.queue->setEnabled(open_ && place_ == &triage_);
    actions_.why->setEnabled(open_);
    const bool undo = open_ && facts_.can_undo;
    actions_.undo->setEnabled(undo);
    actions_.previous_reversed->setEnabled(undo);
    actions_.redo->setEnabled(open_ && facts_.can_redo);
    panel().setCanUndo(undo);
}

void LabelDesk::decide(LabelClass label, const QString& type) {
    const auto record = selected();
    if (!record || !ready()) return;
    const auto decided_ms = keys_.decide();
    if (!decided_ms) return;  // nobody can have read it yet
    if (!several_.empty()) return decideSeveral({label, type.toStdString(), {}, -1});
    commit({*record}, {label, type.toStdString(), panel().note().toStdString(), *decided_ms});
    emit decided({*record}, *decided_ms);
    advance();
}

void LabelDesk::skip() {
    const auto record = selected();
    if (!record) return;
    emit skipped(*record);
    advance();
}

void LabelDesk::acceptSuggestion() {
    const Suggestion& suggestion = advice_.suggestion;
    if (suggestion.label == LabelClass::none) return emit said("Nothing is suggested for this record yet.");
    decide(suggestion.label, qstring(suggestion.type));
}

// A note belongs to a verdict: with one it is stored as the same verdict again, without one it waits for it.
void LabelDesk::changeNote(const QString& note) {
    const auto record = selected();
    if (!record) return;
    const StandingLabel* const verdict = snapshot()->label_of(*record);
    if (!verdict) {
        drafts_[*record] = note;
        return emit said("The note is stored with the verdict: press a key for it.");
    }
    commit({*record}, {verdict->label.label, verdict->label.type, note.toStdString(), -1});
}

void LabelDesk::commit(std::vector<RecordIndex> records, LabelRequest request) {
    for (const RecordIndex record : records) {
        in_flight_.insert(raw(record));
        drafts_.erase(record);
    }
    job_.label({std::move(records), std::move(request)});
}

std::optional<RecordIndex> LabelDesk::nextRecord() const {
    const auto here = selected();
    auto next = here;
    // Verdicts on their way are not in the snapshot yet.
    for (std::size_t tries = 0; tries <= in_flight_.size() + 1; ++tries) {
        next = place_->after(next);
        if (!next || (next != here && !in_flight_.contains(raw(*next)))) break;
    }
    return next == here || (next && in_flight_.contains(raw(*next))) ? std::nullopt : next;
}

void LabelDesk::advance() {
    if (const auto next = nextRecord()) {
        page_.selection().selectRecord(*next);
    } else {
        emit said(place_->ended());
    }
}

void LabelDesk::noteVerdict(const LabelCommand& command) {
    if (command.records.empty() || !snapshot()) return;
    const Record& record = snapshot()->records[raw(command.records.front())];
    last_.push_front({qstring(clock_text(record.start)), qstring(snapshot()->machine_of(record)), command.request.label,
                      command.request.type, command.request.decided_ms, static_cast<std::int64_t>(command.records.size())});
    if (last_.size() > kMostLast) last_.pop_back();
    panel().setLastVerdicts({last_.begin(), last_.end()});
}

QString LabelDesk::words(const LabelOutcome& outcome) const {
    const QString verdict = verdict_text(outcome.label.label, outcome.label.type);
    if (outcome.records.size() == 1 && snapshot())
        return verdict + " on " + record_title(*snapshot(), snapshot()->records[raw(outcome.records.front())]);
    return verdict + " on " + counted(static_cast<std::int64_t>(outcome.records.size()), "record", "records");
}

// Asked for again while it is in view, it is made anew.
void LabelDesk::showQueue() {
    if (page_.showsQueue() && page_.queue()->view()->hasFocus()) {
        refreshQueue();
        return emit said("The queue is made anew.");
    }
    page_.showQueue();
    const auto here = selected();
    if (here && page_.queue()->model()->rowOf(*here) >= 0) return;
    if (const auto first = page_.queue()->after(std::nullopt)) page_.selection().selectRecord(*first);
}

void LabelDesk::refreshQueue(std::size_t beyond) {
    if (open_ && complete_) job_.askQueue(mix_, kQueueLength + beyond);
}

void LabelDesk::setMix(const QueueMix& mix) {
    mix_ = mix;
    refreshQueue();
}

void LabelDesk::setFlagged(std::vector<RecordIndex> flagged) {
    flagged_ = std::move(flagged);
    fillQueue();
}

void LabelDesk::fillQueue() {
    std::vector<ShownQueueEntry> shown;
    const auto add = [&](RecordIndex record, const QString& reason) {
        const bool there = snapshot() && raw(record) < snapshot()->records.size();
        if (there && snapshot()->records[raw(record)].label == LabelClass::none) shown.push_back({record, reason});
    };
    for (const RecordIndex record : flagged_) add(record, QStringLiteral("flagged"));
    for (const QueueEntry& entry : queue_) {
        if (std::find(flagged_.begin(), flagged_.end(), entry.record) == flagged_.end())
            add(entry.record, reason_text(entry.reason));
    }
    page_.setQueue(std::move(shown));
}

}  // namespace abm
