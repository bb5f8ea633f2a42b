// The open workspace behind the window: the only place of the program that touches it, on one worker thread of its own.
#pragma once

#include <QObject>
#include <QTimer>
#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "app/workbench/command_queue.h"
#include "app/workbench/loaded.h"
#include "app/workbench/workspace_facts.h"
#include "core/base/progress.h"
#include "core/pipeline/search_settings.h"
#include "core/pipeline/workspace_session.h"
#include "core/store/label_file.h"
#include "widgets/latest_job.h"

namespace abm {

/// A verdict on its way into the workspace.
struct LabelCommand {
    std::vector<RecordIndex> records;
    LabelRequest request;
};

/// What the program knows about one record beyond its scores.
struct RecordAdvice {
    Suggestion suggestion;
    std::vector<RecordIndex> alike;
    std::optional<FirstScore> first_score = {};  ///< see WorkspaceSession::first_score()
};

/// What came of an errand.
struct ErrandResult {
    QString words;           ///< one sentence
    QString folder;          ///< where something was written; empty: nowhere
    bool attention = false;  ///< something of it was not taken over
    bool changes = false;    ///< labels, models or sources of the workspace
};

/// UI thread only; every answer comes as a signal. Commands are carried out in the order given and none is lost: the destructor
/// waits for them; only questions, about advice and the queue, let commands given later go first. A signal speaks of the
/// workspace that is open then; answers about one that was left are dropped.
class WorkspaceJob : public QObject {
    Q_OBJECT
public:
    using Paths = std::vector<std::filesystem::path>;
    /// Makes the sample journals and returns the folder they lie in; its workspace is the folder's name with ".abmw".
    using MakeSample = std::function<std::filesystem::path(const Progress&)>;
    static constexpr std::size_t kMostAlike = 500;

    explicit WorkspaceJob(QObject* parent = nullptr);
    ~WorkspaceJob() override;

    /// Opens the workspace unless it is the one that is open, then reads the files into it.
    void open(const std::filesystem::path& workspace, Paths files, ReadingChoice choice = {});
    void openSample(MakeSample make);
    void close();
    /// Answers at once, whatever the worker is doing; emits cancelled(). What was stored by then stays and is shown when the
    /// worker has come to its end: changed().
    void cancel();
    bool running() const { return opening_; }  ///< a workspace is being opened or files are read
    bool training() const { return training_job_.running() || keeping_; }
    bool settled() const { return !opening_ && !training() && queue_.idle(); }

    /// Under whose name verdicts are stored from now on; empty: the name the system knows.
    void setExpert(std::string name);
    void label(LabelCommand command);
    void undo(bool go_back = false);  ///< go_back: handed on with undone()
    void redo();
    void refresh();
    void askAdvice(RecordIndex record);  ///< only the latest is answered
    void askQueue(const QueueMix& mix, std::size_t count);
    void askSources();  ///< which files are gone or changed since they were read
    /// settings: none: those of the current model. adopt: score with it as soon as it is stored.
    void train(std::optional<ModelSettings> settings = std::nullopt, bool adopt = false);
    /// Who keeps a candidate, and decides on it at once in the place of an expert. words: what was decided, and why.
    struct Kept {
        ModelId id{};
        QString words;
    };
    using Keep = std::function<Kept(WorkspaceSession&, const TrainedModel&, const std::string& who)>;
    void trainAndDecide(Keep keep, std::optional<ModelSettings> settings = std::nullopt);
    /// Compares settings on the labels for so many seconds; stores and adopts nothing.
    void searchSettings(double seconds);
    void cancelSearch();
    bool searching() const { return search_job_.running(); }
    void cancelTraining();
    void adopt(ModelId id);
    void discard(ModelId id);
    void rollBack();
    void setRetrainRule(const WorkspaceSession::RetrainRule& rule);

    // Errands: longer work in the open workspace. They begin at once with errandBegan() and end with one of the other signals.
    void exportLabelled(const std::filesystem::path& folder, const ExportOptions& options);
    void importLabels(const std::filesystem::path& file);
    void importModel(const std::filesystem::path& file);  ///< as a candidate
    /// Answers at once; what the errand has stored by then stays.
    void cancelErrand(int id);
    /// For what leaves records, scores and labels as they are: `step` runs on the worker, under the name of the expert.
    using SessionStep = std::function<CommandQueue::Answer(WorkspaceSession&, const std::string& who)>;
    void read(SessionStep step);  ///< not at all when no workspace is open
    /// In order with every other command; refused() when it cannot be stored, unless `failed` is told of it.
    void write(SessionStep step, CommandQueue::Failed failed = {});
    /// As write(), for what brings other records, scores or models: changed() comes before the answer.
    void change(SessionStep step, CommandQueue::Failed failed);

signals:
    void started();
    void progressed(double fraction, const QString& stage);  ///< fraction negative when unknown
    void partial(const abm::Loaded& loaded);
    /// The workspace is open and the files are read.
    /// left_out: tables that lie beside other files in the folders that were opened.
    void finished(const abm::Loaded& loaded, const abm::WorkspaceFacts& facts, const std::vector<abm::ImportedSource>& imported,
                  const std::vector<std::filesystem::path>& left_out);
    void cancelled();
    /// It was not opened, or the files were not read; loaded.snapshot is null when no workspace is open.
    void failed(const QString& message, const abm::Loaded& loaded, const abm::WorkspaceFacts& facts);

    void changed(const abm::Loaded& loaded,
                 const abm::WorkspaceFacts& facts);  ///< scores, labels or models; the records are the same
    void labelled(const abm::LabelCommand& command, const abm::LabelOutcome& outcome);
    void labelFailed(const abm::LabelCommand& command, const QString& message);
    void undone(const abm::LabelOutcome& outcome, bool go_back);
    void redone(const abm::LabelOutcome& outcome);
    void advised(abm::RecordIndex record, const abm::RecordAdvice& advice);
    void queued(const std::vector<abm::QueueEntry>& entries);
    void trainingBegan(std::int64_t records);
    void sourcesSeen(const std::vector<abm::WorkspaceSession::SourceState>& states);
    void trainingProgressed(double fraction);
    void trainingFailed(const QString& message);
    void trained(std::int64_t version, const abm::Comparison& comparison);
    void decided(std::int64_t version, const abm::Comparison& comparison, const QString& words);  ///< instead of trained()
    void trainingEnded();                                                                         ///< in whatever way
    void searchBegan();
    void searchProgressed(double fraction);
    void searchFailed(const QString& message);
    void searchDone(const abm::SettingsSearch& found);
    void searchEnded();                 ///< in whatever way
    void measured(std::int64_t bytes);  ///< how much is to be read of the files given
    void errandBegan(int id, const QString& name, bool can_stop);
    void errandProgressed(int id, double fraction, const QString& stage);
    void errandDone(int id, const abm::ErrandResult& result);
    void errandFailed(int id, const QString& message);
    void errandCancelled(int id);
    void refused(const QString& message);  ///< a command other than the above failed; nothing was changed

private:
    struct Worker;
    struct Report;
    struct Errand {
        std::stop_source stop;
        std::shared_ptr<Report> report;
    };
    using Step = std::function<CommandQueue::Answer(Worker&)>;

    void start(std::function<Paths(Worker&, const Progress&)> prepare, ReadingChoice choice = {});
    void poll();
    void leave();
    void labelAnswered();
    void pollErrands();
    enum class Stops { no, yes };
    void errand(const QString& name, Stops stops, std::function<ErrandResult(Worker&, const Progress&)> work);
    /// Runs a step on the open session; its answer is dropped when another workspace is open by then.
    void run(Step step, CommandQueue::Failed failed = {}, CommandQueue::Turn turn = CommandQueue::Turn::in_order);
    /// The same for what changes nothing: labels given meanwhile go first.
    void ask(Step step) { run(std::move(step), {}, CommandQueue::Turn::can_wait); }
    CommandQueue::Answer answerChange(Worker& worker, std::function<void()> then = {});
    void refuse(const Error& error);

    std::shared_ptr<Report> report_;  ///< shared with the worker
    QTimer poll_;
    bool opening_ = false;
    bool keeping_ = false;
    Snapshot seen_;                  ///< what the window was given last: records are named in it
    std::uint64_t generation_ = 0;   ///< of the workspace that is open
    std::uint64_t request_ = 0;      ///< of the loading that is shown
    std::map<int, Errand> errands_;  ///< on the way, by id
    int last_errand_ = 0;
    int labels_waiting_ = 0;                     ///< given, and not answered yet
    std::optional<RecordIndex> advice_waiting_;  ///< asked for behind them
    std::stop_source stop_;
    std::shared_ptr<std::atomic<std::uint64_t>> latest_advice_;
    std::shared_ptr<Report> training_report_, search_report_;
    std::shared_ptr<Worker> worker_;  ///< touched by the worker thread only
    CommandQueue queue_;
    LatestJob<TrainedModel> training_job_;  ///< the last members wait for their workers before the rest goes
    LatestJob<SettingsSearch> search_job_;
};

}  // namespace abm
