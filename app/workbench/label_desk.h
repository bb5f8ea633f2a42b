// Where verdicts are given: ties the verdict pane, the keys, the queue and the lists to the workspace.
#pragma once

#include <QObject>
#include <deque>
#include <map>
#include <optional>
#include <unordered_set>

#include "app/workbench/actions.h"
#include "app/workbench/workspace_job.h"
#include "widgets/label_keys.h"
#include "widgets/label_panel.h"

namespace abm {

class TriagePage;

/// UI thread only. The next record is shown at once; a verdict counts as saved only when the workspace says so.
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
    void setOpen(bool open);
    void forget();  ///< another workspace is opened

    LabelPanel& panel() const { return panel_; }
    LabelKeys& keys() { return keys_; }
    /// Verdicts on their way.
    std::size_t unanswered() const { return in_flight_.size(); }

signals:
    void said(const QString& message);

private:
    void connectActions();
    void connectPanel();
    void connectJob();
    void follow();
    void decide(LabelClass label, const QString& type);
    void acceptSuggestion();
    void changeNote(const QString& note);
    void commit(std::vector<RecordIndex> records, LabelRequest request);
    void advance();
    std::optional<RecordIndex> nextRecord() const;
    void previewAlike();
    void applyAlike();
    void showAlike(bool previewed);
    void showQueue();
    void refreshQueue();
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
    LabelPanel& panel_;
    LabelKeys keys_;
    WorkspaceFacts facts_;
    bool open_ = false;
    bool complete_ = false;  ///< all that was asked for is read
    RecordAdvice advice_;    ///< of the selected record
    bool previewed_ = false;
    std::optional<RecordIndex> shown_;
    std::map<RecordIndex, QString> drafts_;  ///< notes on records nobody has decided yet
    std::unordered_multiset<std::uint32_t> in_flight_;
    std::optional<LabelCommand> failed_;
    std::deque<ShownVerdict> last_;  ///< newest first
    std::vector<QueueEntry> queue_;
};

}  // namespace abm
