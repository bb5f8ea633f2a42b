// Opening files off the UI thread: the only place of the program that calls investigate().
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "core/base/progress.h"
#include "core/pipeline/investigate.h"
#include "widgets/latest_job.h"
#include "widgets/score_index.h"
#include "widgets/snapshot.h"

namespace abm {

/// What the window shows of an investigation: the snapshot and the index of its chart, both built off the UI thread.
struct Loaded {
    Snapshot snapshot;
    std::shared_ptr<const ScoreIndex> index;
    std::shared_ptr<const ScoredInvestigation> scored;  ///< null for partial snapshots: they cannot be explained yet
};

/// One load at a time; a newer one drops the older. Signals come on the UI thread.
class LoadJob : public QObject {
    Q_OBJECT
public:
    using Paths = std::vector<std::filesystem::path>;
    /// Makes the sample journals and returns the folder they lie in.
    using MakeSample = std::function<std::filesystem::path(const Progress&)>;

    explicit LoadJob(QObject* parent = nullptr);
    ~LoadJob() override;

    void open(Paths paths);
    void openSample(MakeSample make);
    /// Answers at once, whatever the worker is doing: it is asked to stop and its result is dropped; what it offered
    /// before is shown. Emits cancelled().
    void cancel();
    bool running() const { return job_.running(); }

signals:
    void started();
    /// fraction in 0..1, negative when unknown.
    void progressed(double fraction, const QString& stage);
    void partial(const abm::Loaded& loaded);
    void finished(const abm::Loaded& loaded, const std::vector<std::filesystem::path>& paths);
    void cancelled();
    void failed(const QString& message);

private:
    struct Report;
    void start(std::function<Paths(const Progress&)> inputs);
    void poll();

    std::shared_ptr<Report> report_;  ///< shared with the worker of the running generation
    QTimer poll_;
    LatestJob<std::pair<Loaded, Paths>> job_;  ///< last member: waits for the worker before the rest goes
};

}  // namespace abm
