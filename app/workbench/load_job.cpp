#include "app/workbench/load_job.h"

#include <utility>

namespace abm {
namespace {

constexpr int kPoll_ms = 60;

Loaded loaded_from(Snapshot snapshot, std::shared_ptr<const ScoredInvestigation> scored) {
    auto index = ScoreIndex::build(*snapshot);
    return {std::move(snapshot), std::move(index), std::move(scored)};
}

}  // namespace

// What the worker has said and the window has not read yet. Each load has its own: what an older worker still says goes nowhere.
struct LoadJob::Report {
    std::mutex mutex;
    double fraction = -1;
    std::string stage;
    bool news = false;
    std::optional<Loaded> partial;

    void progress(double part, std::string_view words) {
        const std::scoped_lock lock(mutex);
        fraction = part;
        if (!words.empty()) stage = words;
        news = true;
    }
    void offer(Loaded loaded) {
        const std::scoped_lock lock(mutex);
        partial = std::move(loaded);
    }
};

LoadJob::LoadJob(QObject* parent) : QObject(parent) {
    poll_.setInterval(kPoll_ms);
    connect(&poll_, &QTimer::timeout, this, &LoadJob::poll);
}

void LoadJob::poll() {
    std::optional<Loaded> news;
    double fraction = -1;
    QString stage;
    bool any = false;
    {
        const std::scoped_lock lock(report_->mutex);
        news = std::exchange(report_->partial, std::nullopt);
        any = std::exchange(report_->news, false);
        fraction = report_->fraction;
        stage = QString::fromStdString(report_->stage);
    }
    if (any) emit progressed(fraction, stage);
    if (news) emit partial(*news);
}

LoadJob::~LoadJob() = default;

void LoadJob::open(Paths paths) {
    start([paths = std::move(paths)](const Progress&) { return paths; });
}

void LoadJob::openSample(MakeSample make) {
    start([make = std::move(make)](const Progress& progress) { return Paths{make(progress)}; });
}

void LoadJob::start(std::function<Paths(const Progress&)> inputs) {
    const auto report = std::make_shared<Report>();
    report_ = report;
    const auto work = [inputs = std::move(inputs), report](std::stop_token stop) {
        const Progress progress(stop, [report](double fraction, std::string_view stage) { report->progress(fraction, stage); });
        const Paths paths = inputs(progress);
        InvestigateOptions options;
        options.on_partial = [report, stop](std::shared_ptr<const Investigation> snapshot) {
            if (!stop.stop_requested()) report->offer(loaded_from(std::move(snapshot), nullptr));
        };
        const Paths files = expand_inputs(paths);
        auto scored = investigate(files, options, progress);
        auto snapshot = scored->investigation();
        return std::pair(loaded_from(std::move(snapshot), std::move(scored)), paths);
    };
    emit started();
    job_.start(
        work,
        [this](std::pair<Loaded, Paths> result) {
            poll_.stop();
            emit finished(result.first, result.second);
        },
        [this](const Error& error) {
            poll_.stop();
            if (error.code() == ErrorCode::Cancelled) {
                emit cancelled();
            } else {
                emit failed(QString::fromUtf8(error.what()));
            }
        });
    poll_.start();
}

void LoadJob::cancel() {
    if (!job_.running()) return;
    job_.cancel();
    poll_.stop();
    poll();
    emit cancelled();
}

}  // namespace abm
