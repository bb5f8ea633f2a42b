// Where a folder is watched: ties the panel to the folder, the workspace and the notices.
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <optional>
#include <vector>

#include "app/workbench/workspace_job.h"
#include "core/pipeline/watch_batch.h"
#include "widgets/latest_job.h"
#include "widgets/watch_panel.h"

namespace abm {

/// UI thread only. The folder is looked at on a thread of its own, files are read by the worker of the workspace, some at a time,
/// so that labels come between. It goes on when the workspace is opened again, unless it was stopped.
class WatchDesk : public QObject {
    Q_OBJECT
public:
    WatchDesk(WatchPanel& panel, WorkspaceJob& job, QObject* parent = nullptr);
    ~WatchDesk() override;

    /// The workspace is open and read: what it says of a watched folder is taken up.
    void setOpen(const WorkspaceFacts& facts);
    /// Another workspace is opened, or this one is closed or read into; what is on its way is stopped.
    void pause();
    void forget();  ///< pause(), and nothing is shown any more
    /// Begins to watch the folder, in the place of another one.
    void watch(const QString& folder);
    void stop();
    /// While it says so, only new files are read: where a file grows, the numbers of the records behind it change.
    void setHoldGrown(std::function<bool()> hold) { hold_grown_ = std::move(hold); }

    bool watching() const { return watch_ && watch_->settings.running; }
    bool settled() const { return !reading_ && !opening_; }  ///< nothing is being read
    const std::vector<ShownWatchedFile>& shown() const { return shown_; }

signals:
    void said(const QString& message);
    void recordWanted(const QString& record);  ///< as record_key() writes it
    /// A record from the chosen severity on has come.
    void found(const QString& words, const QString& record, abm::Severity severity);

private:
    struct Look {
        std::vector<SeenFile> settled;
        std::int64_t waiting = 0, done = 0;
        std::vector<WatchedFile> set_aside;
    };
    struct Known {
        std::optional<Watch> watch;
        std::vector<WatchedFile> files;
    };
    struct Batch {
        std::vector<WatchReport> reports;
        bool training_due = false;
    };

    static Known known_of(WorkspaceSession& session, std::optional<Watch> watch);
    void takeUp(Known known);
    void put(WatchSettings settings);
    void lookNow();
    void take(Look look);
    void readNext();
    void handle(const Batch& batch);
    void tellWorst(const std::vector<WatchReport>& reports);
    void fail(const Error& error);
    void lookLater();
    void train();
    void askTraining();
    void showState();
    void showFiles();
    void changeSettings(double interval_s, int retrain_every, Severity notify_from);

    WatchPanel& panel_;
    WorkspaceJob& job_;
    std::optional<Watch> watch_;
    bool open_ = false, read_only_ = false;
    bool opening_ = false;  ///< what the workspace knows of a watch is being asked
    bool reading_ = false;  ///< a look or a batch is on its way
    bool training_due_ = false;
    std::function<bool()> hold_grown_;
    std::shared_ptr<SettlingFiles> settling_;  ///< touched by the look that is on its way, else by this thread
    QStringList again_;                        ///< to be read once more at the next look
    std::vector<SeenFile> left_;               ///< settled, not read yet
    std::size_t of_ = 0;                       ///< of so many
    std::int64_t waiting_ = 0, done_ = 0, read_now_ = 0;
    std::vector<WatchedFile> set_aside_;
    std::vector<ShownWatchedFile> recent_;  ///< newest first
    std::vector<ShownWatchedFile> shown_;
    bool asked_to_train_ = false;
    QString last_look_, trouble_, model_words_;
    std::uint64_t round_ = 0;  ///< answers of another one are not ours any more
    std::stop_source stop_;
    QTimer timer_;
    LatestJob<Look> look_;  ///< last member: waits for its worker before the rest goes
};

}  // namespace abm
