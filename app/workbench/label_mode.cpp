#include "app/workbench/label_mode.h"

#include <algorithm>

#include "app/workbench/label_desk.h"
#include "app/workbench/label_page.h"
#include "app/workbench/record_views.h"
#include "app/workbench/settings.h"
#include "app/workbench/triage_page.h"
#include "widgets/day_chart.h"
#include "widgets/format.h"
#include "widgets/label_panel.h"
#include "widgets/log_panel.h"
#include "widgets/record_head.h"
#include "widgets/score_chart.h"

namespace abm {
namespace {

constexpr std::size_t kLow = 10;  // of records that wait; then a newer queue is asked for

std::int64_t unlabelled(const Investigation& all) {
    return std::count_if(all.records.begin(), all.records.end(),
                         [](const Record& record) { return record.label == LabelClass::none && !record.trivial; });
}

}  // namespace

LabelMode::LabelMode(LabelPage& page, TriagePage& triage, LabelDesk& desk, const Actions& actions, WorkspaceJob& job,
                     Settings& settings, QObject* parent)
    : QObject(parent),
      page_(page),
      triage_(triage),
      desk_(desk),
      actions_(actions),
      job_(job),
      views_(new RecordViews(triage.selection(), *page.log(), nullptr, this)) {
    views_->setActive(false);
    desk_.serve(*page_.panel());
    page_.panel()->setNothingWords("No record waits for a verdict.");
    show_keys(*page_.panel(), actions_);
    page_.setMix(desk_.mix());
    connect(actions_.label_mode, &QAction::triggered, this, &LabelMode::enter);
    connect(actions_.leave, &QAction::triggered, this, &LabelMode::leave);
    connect(actions_.guidelines, &QAction::triggered, this, [this] {
        if (active_) page_.toggleGuidelines();
    });
    connect(&page_, &LabelPage::mixChanged, this, [this, &settings](const QueueMix& mix) {
        settings.setQueueMix(mix);
        page_.setMix(mix);
        asked_ = true;
        desk_.setMix(mix);
    });
    connect(views_, &RecordViews::explained, this,
            [this](const ShownExplanation& explanation) { page_.head()->setModelSentence(explanation.sentence); });
    connect(&triage_.selection(), &Selection::recordChanged, this, &LabelMode::follow);
    connect(&desk_, &LabelDesk::readyChanged, this, &LabelMode::showEnabled);
    connectJob();
    showEnabled();
}

LabelMode::~LabelMode() = default;

void LabelMode::connectJob() {
    connect(&desk_, &LabelDesk::decided, this, [this](const std::vector<RecordIndex>& records, std::int32_t decided_ms) {
        for (const RecordIndex record : records) session_.decide(record, decided_ms);
        goOn();
    });
    connect(&desk_, &LabelDesk::skipped, this, [this](RecordIndex record) {
        session_.skip(record);
        goOn();
    });
    connect(&job_, &WorkspaceJob::queued, this, [this](const std::vector<QueueEntry>& entries) {
        asked_ = false;
        if (!active_) return;
        session_.refill(entries);
        if (offers_) return;
        if (const auto next = after(std::nullopt)) {
            show(*next);
        } else {
            showEnd();
        }
    });
    connect(&job_, &WorkspaceJob::labelled, this, &LabelMode::showSaved);
    connect(&job_, &WorkspaceJob::labelFailed, this, [this](const LabelCommand& command) {
        for (const RecordIndex record : command.records) session_.undo(record);  // it still waits for a verdict
        showProgress();
        if (active_) page_.setSaved(LabelPage::Saved::failed);
    });
    connect(&job_, &WorkspaceJob::undone, this, [this](const LabelOutcome& outcome) {
        for (const RecordIndex record : outcome.records) session_.undo(record);
        if (active_ && !outcome.records.empty()) show(outcome.records.front());
    });
    connect(&job_, &WorkspaceJob::redone, this, [this](const LabelOutcome& outcome) {
        for (const RecordIndex record : outcome.records) session_.decide(record, -1);
        const auto here = triage_.selection().record();
        if (!active_ || !here || std::find(outcome.records.begin(), outcome.records.end(), *here) == outcome.records.end())
            return showProgress();
        if (const auto next = after(here)) {
            show(*next);
        } else {
            ended();
        }
    });
}

void LabelMode::enter() {
    if (active_ || !desk_.ready() || !loaded_.snapshot) return;
    active_ = true;
    offers_ = asked_ = false;
    session_ = LabelSession(unlabelled(*loaded_.snapshot));
    session_.refill(desk_.queue());
    page_.setMix(desk_.mix());
    page_.day()->setThreshold(triage_.chart()->threshold());
    page_.say({});
    triage_.setActive(false);
    views_->setLoaded(loaded_);
    emit entered();
    desk_.enter(*this);
    if (const auto first = after(std::nullopt)) {
        show(*first);
    } else {
        ended();
    }
    views_->setActive(true);
    home()->setFocus();
    showEnabled();
}

void LabelMode::leave() {
    if (!active_) return;
    active_ = offers_ = false;
    page_.day()->mark({});
    views_->setActive(false);
    desk_.leave();
    triage_.setActive(true);
    showEnabled();
    emit left();
}

void LabelMode::setLoaded(const Loaded& loaded) {
    loaded_ = loaded;
    page_.day()->setData(loaded.snapshot, loaded.index);
    views_->setLoaded(loaded);
}

void LabelMode::setRescored(const Loaded& loaded) {
    loaded_ = loaded;
    page_.day()->setData(loaded.snapshot, loaded.index);
    views_->setRescored(loaded);
    if (active_) page_.head()->setRecord(loaded_.snapshot, triage_.selection().record());
}

bool LabelMode::settled() const { return views_->settled() && !asked_; }

// Another record was selected, by the desk or by undo.
void LabelMode::follow() {
    if (!active_) return;
    const auto record = triage_.selection().record();
    if (record && offers_) session_.show(*record);
    page_.head()->setRecord(loaded_.snapshot, record);
    page_.day()->mark({});
    page_.day()->setRecord(record);
    page_.showDay();
    showProgress();
}

void LabelMode::show(RecordIndex record) {
    offers_ = true;
    page_.showRecord();
    session_.show(record);
    if (triage_.selection().record() == record) {
        follow();
        desk_.follow();
    } else {
        triage_.selection().selectRecord(record);
    }
}

// A verdict, or a skip: the desk shows the next one, here it is seen to that there is one.
void LabelMode::goOn() {
    if (!active_) return;
    page_.say({});
    showSaved();
    showProgress();
    if (session_.waiting() < kLow) askForMore();
}

void LabelMode::askForMore() {
    if (asked_) return;
    asked_ = true;
    // Skipped ones stay in the queue of the workspace, so that many more are asked for.
    desk_.refreshQueue(static_cast<std::size_t>(session_.skipped()));
}

std::optional<RecordIndex> LabelMode::after(std::optional<RecordIndex> record) {
    const auto labelled = [this](RecordIndex at) {
        return !loaded_.snapshot || raw(at) >= loaded_.snapshot->records.size() ||
               loaded_.snapshot->records[raw(at)].label != LabelClass::none;
    };
    return session_.after(record, labelled);
}

QString LabelMode::ended() {
    offers_ = false;
    page_.showMessage("Looking for the next records…");
    desk_.follow();
    asked_ = false;  // what was asked for before knew less
    askForMore();
    return {};
}

void LabelMode::showEnd() {
    const QString done = counted(session_.decided(), "record", "records") + " labelled in this session. ";
    const QString why = desk_.mix().odd == 0 ? "Nothing is left of the kind the queue is made of. " : QString();
    if (session_.skipped() > 0) {
        page_.showMessage(done + why + counted(session_.skipped(), "record was", "records were") + " skipped.",
                          "Show the skipped again", [this] {
                              session_.forgetSkipped();
                              ended();
                          });
    } else if (actions_.retrain->isEnabled() && session_.decided() > 0) {
        page_.showMessage(done + "Every record worth a look has a verdict: the models can learn from them now.",
                          "Leave and retrain", [this] {
                              leave();
                              actions_.retrain->trigger();
                          });
    } else {
        page_.showMessage("Every record worth a look has a verdict. Open more journals to go on.", "Leave", [this] { leave(); });
    }
    showProgress();
}

void LabelMode::showProgress() {
    if (!active_) return;
    const std::int64_t done = session_.decided() + session_.skipped();
    page_.setProgress(offers_ ? session_.position() : done, offers_ ? session_.goal() : done, session_.secondsEach());
}

void LabelMode::showSaved() {
    if (!active_) return;
    page_.setSaved(desk_.failed()            ? LabelPage::Saved::failed
                   : desk_.unanswered() == 0 ? LabelPage::Saved::all
                                             : LabelPage::Saved::on_the_way);
}

void LabelMode::showEnabled() {
    actions_.label_mode->setEnabled(!active_ && desk_.ready() && loaded_.snapshot && !loaded_.snapshot->records.empty());
    actions_.leave->setEnabled(active_);
    if (active_ && !desk_.ready()) leave();  // the workspace is being read, or was closed
}

LabelPanel& LabelMode::panel() { return *page_.panel(); }
QWidget* LabelMode::home() { return page_.log()->body(); }
void LabelMode::showWhy() { home()->setFocus(Qt::ShortcutFocusReason); }
std::int64_t LabelMode::mark(const std::vector<RecordIndex>& records) { return page_.day()->mark(records); }
QString LabelMode::markedWords() const { return QStringLiteral("ringed in the day below"); }

}  // namespace abm
