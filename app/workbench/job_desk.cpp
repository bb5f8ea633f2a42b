#include "app/workbench/job_desk.h"

#include <QDesktopServices>
#include <QUrl>
#include <mutex>
#include <utility>

#include "app/workbench/log_reader.h"
#include "app/workbench/status_line.h"
#include "core/store/workspace_care.h"
#include "widgets/format.h"

namespace abm {
namespace {

constexpr int kCarePoll_ms = 60;

Notice notice_of(const ErrandResult& result) {
    Notice notice{result.attention ? Notice::Kind::attention : Notice::Kind::done, result.words, {}, {}};
    if (result.folder.isEmpty()) return notice;
    notice.button = QStringLiteral("Open folder");
    notice.step = [folder = result.folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); };
    return notice;
}

QString pace_of(const Job& job) {
    QStringList parts{job.rate(), job.left()};
    parts.removeAll(QString());
    return parts.join(" · ");
}

Notice failure(const QString& words) { return {Notice::Kind::error, words, {}, {}}; }

}  // namespace

// What the thread that cares for a workspace says.
struct JobDesk::CareReport {
    std::mutex mutex;
    double fraction = -1;
    QString stage;
};

JobDesk::JobDesk(WorkspaceJob& job, JobList& list, StatusLine& status, QObject* parent)
    : QObject(parent), job_(job), status_(status), list_(list) {
    connect(&job_, &WorkspaceJob::started, this, [this] {
        list_.end(opening_, Job::State::cancelled, QStringLiteral("Something else was opened."));
        Job opening;
        opening.name = opening_name_;
        opening.cancel = [this] { job_.cancel(); };
        opening.retry = open_again_;
        opening_ = list_.begin(std::move(opening));
    });
    connect(&job_, &WorkspaceJob::measured, this, [this](std::int64_t bytes) {
        if (bytes > 0) list_.setAmount(opening_, static_cast<double>(bytes) / kBytesInMega, QStringLiteral("MB"));
    });
    connect(&job_, &WorkspaceJob::progressed, this,
            [this](double fraction, const QString& stage) { list_.progress(opening_, fraction, stage); });
    connect(&status_, &StatusLine::cancelRequested, this, &JobDesk::cancelShown);
    connect(&list_, &JobList::progressed, this, &JobDesk::showOldest);
    connect(&list_, &JobList::ended, this, &JobDesk::showOldest);
    care_poll_.setInterval(kCarePoll_ms);
    connect(&care_poll_, &QTimer::timeout, this, &JobDesk::pollCare);
    connectTraining();
    connectSearch();
    connectErrands();
}

void JobDesk::nameOpening(const QString& name, std::function<void()> again) {
    opening_name_ = name;
    open_again_ = std::move(again);
}

void JobDesk::endOpening(Job::State state, const QString& words, const Notice& notice) {
    list_.end(std::exchange(opening_, 0), state, words);
    if (!notice.text.isEmpty()) status_.notices()->tell(notice);
}

void JobDesk::connectTraining() {
    connect(&job_, &WorkspaceJob::trainingBegan, this, [this](std::int64_t records) {
        Job training;
        training.name = QStringLiteral("Train a model");
        training.amount = static_cast<double>(records);
        training.unit = QStringLiteral("records");
        training.cancel = [this] { job_.cancelTraining(); };
        training.retry = [this] { job_.train(); };
        training_ = list_.begin(std::move(training));
        list_.progress(training_, -1, QStringLiteral("training"));
        status_.begin();
    });
    connect(&job_, &WorkspaceJob::trainingProgressed, this,
            [this](double fraction) { list_.progress(training_, fraction, QStringLiteral("training")); });
    connect(&job_, &WorkspaceJob::trained, this, [this](std::int64_t version, const Comparison& comparison) {
        const QString words = QStringLiteral("Model %1 is ready: %2 would change side. Adopt or discard it under Model history.")
                                  .arg(version)
                                  .arg(counted(comparison.changed_sides, "record", "records"));
        end(training_, Job::State::done, words);
    });
    connect(&job_, &WorkspaceJob::decided, this,
            [this](std::int64_t, const Comparison&, const QString& words) { end(training_, Job::State::done, words); });
    connect(&job_, &WorkspaceJob::trainingFailed, this,
            [this](const QString& message) { end(training_, Job::State::failed, message); });
    connect(&job_, &WorkspaceJob::trainingEnded, this,
            [this] { end(training_, Job::State::cancelled, QStringLiteral("Nothing was changed.")); });
}

void JobDesk::connectSearch() {
    connect(&job_, &WorkspaceJob::searchBegan, this, [this] {
        Job search;
        search.name = QStringLiteral("Search settings");
        search.cancel = [this] { job_.cancelSearch(); };
        search_ = list_.begin(std::move(search));
        status_.begin();
    });
    connect(&job_, &WorkspaceJob::searchProgressed, this,
            [this](double fraction) { list_.progress(search_, fraction, QStringLiteral("comparing settings")); });
    connect(&job_, &WorkspaceJob::searchDone, this, [this](const SettingsSearch& found) {
        const QString words = qstring(found.verdict) + QStringLiteral(" See Search settings under Model history.");
        end(search_, Job::State::done, words);
    });
    connect(&job_, &WorkspaceJob::searchFailed, this,
            [this](const QString& message) { end(search_, Job::State::failed, message); });
    connect(&job_, &WorkspaceJob::searchEnded, this,
            [this] { end(search_, Job::State::cancelled, QStringLiteral("Nothing was changed.")); });
}

void JobDesk::connectErrands() {
    connect(&job_, &WorkspaceJob::errandBegan, this, [this](int id, const QString& name, bool can_stop) {
        Job errand;
        errand.name = name;
        if (can_stop) errand.cancel = [this, id] { job_.cancelErrand(id); };
        errands_[id] = list_.begin(std::move(errand));
        status_.begin();
    });
    connect(&job_, &WorkspaceJob::errandProgressed, this,
            [this](int id, double fraction, const QString& stage) { list_.progress(errands_[id], fraction, stage); });
    connect(&job_, &WorkspaceJob::errandDone, this, [this](int id, const ErrandResult& result) {
        endErrand(id, Job::State::done, result.words);
        status_.notices()->tell(notice_of(result));
    });
    connect(&job_, &WorkspaceJob::errandFailed, this, [this](int id, const QString& message) {
        endErrand(id, Job::State::failed, message);
        status_.notices()->tell(failure(message));
    });
    connect(&job_, &WorkspaceJob::errandCancelled, this,
            [this](int id) { endErrand(id, Job::State::cancelled, QStringLiteral("What was there before is unchanged.")); });
}

void JobDesk::listSearches(LogReader& reader) {
    connect(&reader, &LogReader::searchIsLong, this, [this, &reader](const QString& name, double megabytes) {
        Job search;
        search.name = name;
        search.amount = megabytes;
        search.unit = QStringLiteral("MB");
        search.cancel = [&reader] { reader.stopSearch(); };
        searching_ = list_.begin(std::move(search));
        status_.begin();
    });
    connect(&reader, &LogReader::searchProgressed, this,
            [this](double fraction) { list_.progress(searching_, fraction, QStringLiteral("searching")); });
    connect(&reader, &LogReader::searchEnded, this,
            [this](const QString& words) { list_.end(std::exchange(searching_, 0), Job::State::done, words); });
    connect(&reader, &LogReader::searchStopped, this,
            [this](const QString& words) { list_.end(std::exchange(searching_, 0), Job::State::cancelled, words); });
}

void JobDesk::end(int& job, Job::State state, const QString& words) {
    list_.end(std::exchange(job, 0), state, words);
    if (state == Job::State::done) status_.notices()->tell({Notice::Kind::done, words, {}, {}});
    if (state == Job::State::failed) status_.notices()->tell(failure(words));
}

void JobDesk::endErrand(int id, Job::State state, const QString& words) {
    const auto found = errands_.find(id);
    if (found == errands_.end()) return;
    const int row = found->second;
    errands_.erase(found);
    list_.end(row, state, words);
}

// The status bar shows what runs longest: it is what one waits for.
void JobDesk::showOldest() {
    const auto running = list_.running();
    if (running.empty()) return status_.end();
    const Job& job = *list_.find(running.back());
    status_.progress(job.fraction, job.stage, pace_of(job));
    status_.setCanCancel(static_cast<bool>(job.cancel));
}

void JobDesk::cancelShown() {
    const auto running = list_.running();
    if (running.empty()) return;
    if (const auto cancel = list_.find(running.back())->cancel) cancel();
}

void JobDesk::care(const QString& name, std::function<ErrandResult(std::stop_token, const Progress&)> work,
                   std::function<void()> again) {
    list_.end(std::exchange(caring_, 0), Job::State::cancelled, QStringLiteral("Another was asked for."));
    Job caring;
    caring.name = name;
    caring.retry = std::move(again);
    caring.cancel = [this] {
        care_.cancel();
        care_poll_.stop();
        list_.end(std::exchange(caring_, 0), Job::State::cancelled, QStringLiteral("Nothing was written."));
    };
    caring_ = list_.begin(std::move(caring));
    care_report_ = std::make_shared<CareReport>();
    status_.begin();
    care_poll_.start();
    care_.start(
        [work = std::move(work), report = care_report_](std::stop_token stop) {
            return work(stop, Progress(stop, [report](double fraction, std::string_view stage) {
                            const std::scoped_lock lock(report->mutex);
                            report->fraction = fraction;
                            if (!stage.empty()) report->stage = qstring(stage);
                        }));
        },
        [this](const ErrandResult& result) {
            care_poll_.stop();
            list_.end(std::exchange(caring_, 0), result.attention ? Job::State::failed : Job::State::done, result.words);
            Notice notice = notice_of(result);
            if (result.attention) notice.kind = Notice::Kind::error;
            status_.notices()->tell(notice);
        },
        [this](const Error& error) {
            care_poll_.stop();
            const QString message = QString::fromUtf8(error.what());
            list_.end(std::exchange(caring_, 0), Job::State::failed, message);
            status_.notices()->tell(failure(message));
        });
}

void JobDesk::pollCare() {
    double fraction = -1;
    QString stage;
    {
        const std::scoped_lock lock(care_report_->mutex);
        fraction = care_report_->fraction;
        stage = care_report_->stage;
    }
    list_.progress(caring_, fraction, stage);
}

void JobDesk::backUp(const std::filesystem::path& workspace, const std::filesystem::path& out, const std::string& who) {
    care(
        QStringLiteral("Back up the workspace"),
        [workspace, out, who](std::stop_token, const Progress& progress) {
            backup_workspace(workspace, out, who, progress);
            const QString file = QString::fromStdString(out.string());
            return ErrandResult{QStringLiteral("Backed up to %1.").arg(short_path(file)),
                                QString::fromStdString(out.parent_path().string()), false, false};
        },
        [this, workspace, out, who] { backUp(workspace, out, who); });
}

void JobDesk::check(const std::filesystem::path& workspace) {
    care(
        QStringLiteral("Check the workspace"),
        [workspace](std::stop_token, const Progress& progress) {
            const WorkspaceCheck found = check_workspace(workspace, progress);
            ErrandResult result;
            result.attention = !found.clean();
            result.words =
                found.clean() ? QStringLiteral("The workspace is whole: %1, %2, %3, %4.")
                                    .arg(counted(found.sources, "source", "sources"), counted(found.records, "record", "records"),
                                         counted(found.label_events, "label event", "label events"),
                                         counted(found.models, "model", "models"))
                              : QStringLiteral("%1 in the workspace; the first: %2")
                                    .arg(counted(std::ssize(found.problems), "problem", "problems"),
                                         qstring(found.problems.front().message));
            return result;
        },
        [this, workspace] { check(workspace); });
}

}  // namespace abm
