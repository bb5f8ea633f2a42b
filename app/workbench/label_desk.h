// Where verdicts are given: ties the verdict pane, the keys, the queue and the lists to the workspace.
#pragma once

#include <QObject>
#include <deque>
#include <map>
#include <optional>
#include <unordered_set>

#include "app/workbench/actions.h"
#include "app/workbench/label_place.h"
#include "app/workbench/triage_place.h"
#include "app/workbench/workspace_job.h"
#include "widgets/label_keys.h"
#include "widgets/label_panel.h"

namespace abm {

class TriagePage;

/// UI thread only. The next record is shown at once; a verdict counts as saved only when the workspace says so. Verdicts are
/// given at one place at a time: on the triage page unless another is entered.
class LabelDesk : public QObject {
    Q_OBJECT
public:
    /// clock: of the keys; empty: the steady one.
    LabelDesk(TriagePage& page, const Actions& actions, WorkspaceJob& job, LabelKeys::Clock clock = {},
              QObject* parent = nullptr);

    /// Another investigation, or more of it, is shown.
    void setLoaded(const WorkspaceFacts& facts, bool complete);
    /// The same records with other labels or scores.
    void setRescored(const WorkspaceFacts& facts);
    /// Notes without a verdict follow their records to where these are now; those of records that are gone go.
    void carryDrafts(const Investigation& before, const Investigation& now);
    void setOpen(bool open);
    void forget();  ///< another workspace is opened

    /// place: outlives the desk, or is left before it goes; its panel is served from now on.
    void enter(LabelPlace& place);
    void leave();  ///< back to the triage page
    /// The panel of a place is made known once, before it is entered.
    void serve(LabelPanel& panel);

    /// Shares of the queue; it is made anew.
    void setMix(const QueueMix& mix);
    const QueueMix& mix() const { return mix_; }
    /// Asks for the queue: the answer goes to the Queue tab and to everybody who listens to WorkspaceJob::queued.
    void refreshQueue(std::size_t beyond = 0);
    /// What the expert wants to come back to: first in the Queue tab, until it is labelled.
    void setFlagged(std::vector<RecordIndex> flagged);
    /// Labels can be given: a workspace is open, read to its end, and may be written.
    bool ready() const { return open_ && complete_ && !facts_.read_only; }
    const WorkspaceFacts& facts() const { return facts_; }
    /// The record in view is no longer the one the keys spoke of: asks the place again.
    void follow();

    LabelPanel& panel() const { return place_->panel(); }
    LabelKeys& keys() { return keys_; }
    /// Verdicts on their way.
    std::size_t unanswered() const { return in_flight_.size(); }
    bool failed() const { return failed_.has_value(); }  ///< one was not stored and waits for Retry
    const std::vector<QueueEntry>& queue() const { return queue_; }

signals:
    void said(const QString& message);
    /// A verdict is on its way into the workspace. decided_ms: -1 for those nobody has looked at one by one.
    void decided(const std::vector<abm::RecordIndex>& records, std::int32_t decided_ms);
    void skipped(abm::RecordIndex record);
    void readyChanged();

private:
    void offerTypes(RecordView view);
    void connectActions();
    void connectJob();
    void reveal();
    void skip();
    void decide(LabelClass label, const QString& type);
    void acceptSuggestion();
    void changeNote(const QString& note);
    void commit(std::vector<RecordIndex> records, LabelRequest request);
    void advance();
    std::optional<RecordIndex> nextRecord() const;
    void previewAlike();
    void applyAlike();
    void showAlike(bool previewed);
    void followSeveral();
    void showSeveral();
    void decideSeveral(LabelRequest request);
    void applySeveral();
    void showQueue();
    void fillQueue();
    void showEnabled();
    void showBlocked();
    void noteVerdict(const LabelCommand& command);
    std::optional<LabelRequest> verdictForAlike() const;
    QString words(const LabelOutcome& outcome) const;
    const Snapshot& snapshot() const;
    std::optional<RecordIndex> selected() const;

    TriagePage& page_;
    const Actions& actions_;
    WorkspaceJob& job_;
    TriagePlace triage_;
    LabelPlace* place_;
    LabelKeys keys_;
    QueueMix mix_;
    WorkspaceFacts facts_;
    bool open_ = false;
    bool complete_ = false;  ///< all that was asked for is read
    RecordAdvice advice_;    ///< of the selected record
    bool previewed_ = false;
    std::int64_t seen_alike_ = 0;          ///< of those previewed
    std::vector<RecordIndex> several_;     ///< selected together; empty: one or none
    std::optional<LabelRequest> waiting_;  ///< a verdict on so many that it is asked for again
    std::optional<RecordIndex> shown_;
    std::optional<RecordView> keyed_;        ///< whose types the keys 1 to 9 are named after
    std::map<RecordIndex, QString> drafts_;  ///< notes on records nobody has decided yet
    std::unordered_multiset<std::uint32_t> in_flight_;
    std::optional<LabelCommand> failed_;
    QString failure_;
    std::deque<ShownVerdict> last_;  ///< newest first
    std::vector<QueueEntry> queue_;
    std::vector<RecordIndex> flagged_;
};

}  // namespace abm
