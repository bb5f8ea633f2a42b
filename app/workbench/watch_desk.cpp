#include "app/workbench/watch_desk.h"

#include <QDateTime>
#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "core/pipeline/watch_training.h"
#include "widgets/format.h"

namespace abm {
namespace {

constexpr std::size_t kMostShown = 300;
constexpr BatchLimits kBatch{100, std::int64_t{16} << 20};  // labels given meanwhile wait for one batch at most
constexpr double kMs = 1000;

QString local_time(Time time) {
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count() / 1000).toString("HH:mm:ss");
}

ShownWatchedFile shown_of(const WatchedFile& file) {
    ShownWatchedFile shown;
    shown.name = qstring(file.name);
    shown.time = local_time(file.at);
    shown.set_aside = file.outcome == WatchOutcome::failed;
    shown.outcome = shown.set_aside ? QStringLiteral("set aside") : qstring(name_of(file.outcome));
    shown.what = qstring(file.reason);
    return shown;
}

ShownWatchedFile shown_of(const WatchReport& report) {
    ShownWatchedFile shown = shown_of(report.file);
    shown.records = report.records;
    shown.worst = report.worst;
    if (!report.sentence.empty()) shown.what = qstring(report.sentence);
    if (report.offset >= 0) shown.record = QStringLiteral("%1:%2").arg(qstring(report.identity)).arg(report.offset);
    return shown;
}

}  // namespace

WatchDesk::WatchDesk(WatchPanel& panel, WorkspaceJob& job, QObject* parent) : QObject(parent), panel_(panel), job_(job) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &WatchDesk::lookNow);
    connect(&panel_, &WatchPanel::startRequested, this, [this] {
        if (watch_) watch(path_text(watch_->settings.folder));
    });
    connect(&panel_, &WatchPanel::stopRequested, this, &WatchDesk::stop);
    connect(&panel_, &WatchPanel::settingsChanged, this, &WatchDesk::changeSettings);
    connect(&panel_, &WatchPanel::recordWanted, this, &WatchDesk::recordWanted);
    connect(&panel_, &WatchPanel::retryRequested, this, [this](const QStringList& names) {
        again_ += names;
        if (!reading_ && watching()) lookNow();
        showState();
    });
    connect(&job_, &WorkspaceJob::started, this, &WatchDesk::pause);
    connect(&job_, &WorkspaceJob::decided, this, [this](std::int64_t, const Comparison&, const QString& words) {
        if (!std::exchange(asked_to_train_, false)) return;  // somebody else decided
        model_words_ = words;
        showState();
    });
    connect(&job_, &WorkspaceJob::trainingEnded, this, [this] {
        asked_to_train_ = false;
        if (training_due_) askTraining();
    });
    forget();
}

WatchDesk::~WatchDesk() { stop_.request_stop(); }

void WatchDesk::pause() {
    ++round_;
    stop_.request_stop();
    look_.cancel();
    timer_.stop();
    reading_ = opening_ = training_due_ = false;
    left_.clear();
}

void WatchDesk::forget() {
    pause();
    open_ = false;
    watch_.reset();
    recent_.clear();
    set_aside_.clear();
    model_words_.clear();
    trouble_.clear();
    panel_.setWatch({});
    showFiles();
    showState();
}

WatchDesk::Known WatchDesk::known_of(WorkspaceSession& session, std::optional<Watch> watch) {
    Known known{std::move(watch), {}};
    if (known.watch) known.files = WatchStore(session.workspace()).files(known.watch->id);
    return known;
}

void WatchDesk::setOpen(const WorkspaceFacts& facts) {
    pause();
    open_ = true;
    read_only_ = facts.read_only;
    opening_ = true;
    showState();
    job_.read([this, round = ++round_](WorkspaceSession& session, const std::string&) -> CommandQueue::Answer {
        const WatchStore store(session.workspace());
        auto watch = store.running();
        if (const auto all = store.list(); !watch && !all.empty()) watch = all.back();
        return [this, round, known = known_of(session, std::move(watch))] {
            if (round == round_) takeUp(known);
        };
    });
}

void WatchDesk::takeUp(Known known) {
    opening_ = false;
    watch_ = std::move(known.watch);
    settling_ = std::make_shared<SettlingFiles>(std::move(known.files));
    set_aside_ = settling_->set_aside();
    done_ = settling_->done_count();
    stop_ = std::stop_source();
    ShownWatch shown;
    if (watch_) {
        const WatchSettings& settings = watch_->settings;
        if (panel_.watch().folder != path_text(settings.folder)) recent_.clear();
        shown = {path_text(settings.folder), settings.running, static_cast<double>(settings.interval_ms) / kMs,
                 static_cast<int>(settings.retrain_every), settings.notify_from};
    }
    panel_.setWatch(shown);
    showFiles();
    showState();
    if (watching() && !read_only_) lookNow();
}

void WatchDesk::watch(const QString& folder) {
    WatchSettings settings;
    settings.folder = QFileInfo(folder).canonicalFilePath().toStdString();
    if (settings.folder.empty()) return emit said(folder + " is not there. Choose a folder that is.");
    const ShownWatch& shown = panel_.watch();
    settings.interval_ms = static_cast<std::int64_t>(shown.interval_s * kMs);
    settings.retrain_every = shown.retrain_every;
    settings.notify_from = shown.notify_from;
    settings.running = true;
    trouble_.clear();
    put(std::move(settings));
}

void WatchDesk::stop() {
    if (!watch_) return;
    WatchSettings settings = watch_->settings;
    settings.running = false;
    trouble_.clear();
    put(std::move(settings));
}

// What is on its way is stopped first; what it has stored by then is known again.
void WatchDesk::put(WatchSettings settings) {
    pause();
    opening_ = true;
    const auto round = ++round_;
    job_.write(
        [this, settings = std::move(settings), round](WorkspaceSession& session, const std::string& who) {
            Watch watch = WatchStore(session.workspace()).put(settings, who);
            return CommandQueue::Answer([this, round, known = known_of(session, std::move(watch))] {
                if (round == round_) takeUp(known);
            });
        },
        [this, round](const Error& error) {
            if (round != round_) return;
            opening_ = false;
            emit said(QString::fromUtf8(error.what()));
            lookLater();
        });
}

void WatchDesk::changeSettings(double interval_s, int retrain_every, Severity notify_from) {
    if (!watch_ || !open_ || read_only_) return;  // they hold for the first folder, too
    WatchSettings settings = watch_->settings;
    settings.interval_ms = static_cast<std::int64_t>(interval_s * kMs);
    settings.retrain_every = retrain_every;
    settings.notify_from = notify_from;
    watch_->settings = settings;
    if (timer_.isActive()) lookLater();
    job_.write([settings](WorkspaceSession& session, const std::string& who) {
        WatchStore(session.workspace()).put(settings, who);
        return CommandQueue::Answer();
    });
}

void WatchDesk::lookNow() {
    if (!watching() || reading_) return;
    reading_ = true;
    timer_.stop();
    for (const QString& name : std::exchange(again_, {})) settling_->again(name.toStdString());
    look_.start(
        [folder = watch_->settings.folder, settling = settling_](std::stop_token) {
            Look look;
            look.settled = settling->look(list_folder(folder));
            look.waiting = settling->waiting();
            look.done = settling->done_count();
            look.set_aside = settling->set_aside();
            return look;
        },
        [this](Look look) { take(std::move(look)); }, [this](const Error& error) { fail(error); });
}

void WatchDesk::take(Look look) {
    last_look_ = QDateTime::currentDateTime().toString("HH:mm:ss");
    trouble_.clear();
    waiting_ = look.waiting;
    done_ = look.done;
    set_aside_ = std::move(look.set_aside);
    left_ = std::move(look.settled);
    of_ = left_.size();
    read_now_ = 0;
    readNext();
}

void WatchDesk::readNext() {
    if (hold_grown_ && hold_grown_()) std::erase_if(left_, [](const SeenFile& file) { return file.before.has_value(); });
    if (left_.empty()) {
        reading_ = false;
        showState();
        return lookLater();
    }
    showState();
    const auto next = next_batch(left_, kBatch);
    std::vector<SeenFile> files(next.begin(), next.end());
    left_.erase(left_.begin(), left_.begin() + static_cast<std::ptrdiff_t>(files.size()));
    const auto round = round_;
    job_.change(
        [this, round, watch = *watch_, files = std::move(files), stop = stop_.get_token()](WorkspaceSession& session,
                                                                                           const std::string&) {
            Batch batch;
            batch.reports = read_watched(session, watch.id, files, Progress(stop, {}));
            batch.training_due = training_due(session, watch);
            return CommandQueue::Answer([this, round, batch = std::move(batch)] {
                if (round == round_) handle(batch);
            });
        },
        [this, round](const Error& error) {
            if (round == round_) fail(error);
        });
}

void WatchDesk::handle(const Batch& batch) {
    for (const WatchReport& report : batch.reports) {
        settling_->done(report.file);
        ++read_now_;
        if (report.file.outcome != WatchOutcome::failed) recent_.insert(recent_.begin(), shown_of(report));
    }
    if (recent_.size() > kMostShown) recent_.resize(kMostShown);
    done_ = settling_->done_count();
    set_aside_ = settling_->set_aside();
    showFiles();
    tellWorst(batch.reports);
    if (batch.training_due) train();
    readNext();
}

void WatchDesk::tellWorst(const std::vector<WatchReport>& reports) {
    const Severity from = watch_->settings.notify_from;
    if (from == Severity::none) return;
    const WatchReport* worst = nullptr;
    std::int64_t files = 0;
    for (const WatchReport& report : reports) {
        if (!is_news(report.file.outcome) || report.worst < from) continue;
        ++files;
        if (!worst || report.worst > worst->worst) worst = &report;
    }
    if (!worst) return;
    const ShownWatchedFile shown = shown_of(*worst);
    QString words = QStringLiteral("%1 in %2: %3").arg(qstring(name_of(worst->worst)), shown.name, shown.what);
    words[0] = words[0].toUpper();
    if (files > 1) words += QStringLiteral(" And %1 more.").arg(counted(files - 1, "file", "files"));
    emit found(words, shown.record, worst->worst);
}

// The folder is not there now, somebody else writes to the workspace: it may be better at the next look.
void WatchDesk::fail(const Error& error) {
    reading_ = false;
    left_.clear();
    if (error.code() == ErrorCode::Cancelled) return;
    trouble_ = QString::fromUtf8(error.what());
    if (!trouble_.endsWith('.')) trouble_ += '.';
    trouble_ += QStringLiteral(" It is tried again.");
    showState();
    lookLater();
}

void WatchDesk::lookLater() {
    if (watching() && !reading_) timer_.start(static_cast<int>(std::min<std::int64_t>(watch_->settings.interval_ms, 86'400'000)));
}

void WatchDesk::train() {
    training_due_ = job_.training();  // asked again when that has ended
    if (training_due_) return;
    asked_to_train_ = true;
    job_.trainAndDecide([watch = watch_->id](WorkspaceSession& session, const TrainedModel& trained, const std::string& who) {
        const WatchTraining training = keep_watched(session, watch, trained, who);
        return WorkspaceJob::Kept{training.model, qstring(words_of(training))};
    });
}

// Whether it is still due when another training has ended: it may have been this one.
void WatchDesk::askTraining() {
    training_due_ = false;
    if (!watch_) return;
    job_.read([this, watch = *watch_, round = round_](WorkspaceSession& session, const std::string&) {
        return CommandQueue::Answer([this, round, due = training_due(session, watch)] {
            if (due && round == round_) train();
        });
    });
}

void WatchDesk::showFiles() {
    shown_.clear();
    for (const WatchedFile& file : set_aside_) shown_.push_back(shown_of(file));
    shown_.insert(shown_.end(), recent_.begin(), recent_.end());
    panel_.setFiles(shown_);
}

void WatchDesk::showState() {
    panel_.setBlocked(!open_       ? QStringLiteral("Open a workspace first: what is read of a watched folder is kept in it.")
                      : read_only_ ? QStringLiteral("This workspace can only be read, so that nothing can be read into it.")
                                   : QString());
    if (!watch_) return panel_.setStatus({});
    QStringList parts;
    if (!watching()) parts.append("Stopped");
    if (watching() && reading_ && of_ > 0)
        parts.append(QStringLiteral("Reading %1 of %2")
                         .arg(count_text(read_now_), counted(static_cast<std::int64_t>(of_), "file", "files")));
    if (watching() && !(reading_ && of_ > 0)) parts.append("Watching");
    if (!last_look_.isEmpty() && watching()) parts.append("last look " + last_look_);
    parts.append(counted(done_, "file", "files") + " done");
    if (waiting_ > 0 && watching()) parts.append(count_text(waiting_) + " still being written");
    if (!set_aside_.empty()) parts.append(count_text(std::ssize(set_aside_)) + " set aside");
    QString words = parts.join(" · ");
    if (!model_words_.isEmpty()) words += "\n" + model_words_;
    panel_.setStatus(words, trouble_);
}

}  // namespace abm
