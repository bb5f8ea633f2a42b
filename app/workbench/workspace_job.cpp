#include "app/workbench/workspace_job.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "app/workbench/workspace_worker.h"
#include "widgets/carried_record.h"

namespace abm {
namespace {

constexpr int kProgressPoll_ms = 60;

/// The window named them in what it had then; where a file has grown meanwhile, what stands behind it has moved.
std::vector<RecordIndex> as_now(std::vector<RecordIndex> records, const Snapshot& seen, const Snapshot& now) {
    if (!seen || seen == now || stands_in_front(*seen, *now)) return records;
    for (RecordIndex& record : records) {
        const auto carried = raw(record) < seen->records.size() ? carried_over(record, *seen, *now) : std::nullopt;
        if (!carried) throw Error(ErrorCode::Invalid, "The record is not in the workspace any more. Nothing was stored.");
        record = *carried;
    }
    return records;
}

}  // namespace

WorkspaceJob::WorkspaceJob(QObject* parent)
    : QObject(parent), latest_advice_(std::make_shared<std::atomic<std::uint64_t>>(0)), worker_(std::make_shared<Worker>()) {
    poll_.setInterval(kProgressPoll_ms);
    connect(&poll_, &QTimer::timeout, this, &WorkspaceJob::poll);
}

WorkspaceJob::~WorkspaceJob() {
    stop_.request_stop();
    training_job_.cancel();
    search_job_.cancel();
    latest_advice_->fetch_add(1);
    queue_.run([worker = worker_] {
        worker->session.reset();
        return CommandQueue::Answer();
    });
    queue_.finish();
}

void WorkspaceJob::poll() {
    std::optional<Loaded> news;
    double fraction = -1;
    QString stage;
    bool any = false;
    if (opening_ && report_) {
        const std::scoped_lock lock(report_->mutex);
        news = std::exchange(report_->partial, std::nullopt);
        any = std::exchange(report_->news, false);
        fraction = report_->fraction;
        stage = QString::fromStdString(report_->stage);
        if (std::exchange(report_->measured, false)) emit measured(report_->bytes);
    }
    if (any) emit progressed(fraction, stage);
    if (news) emit partial(*news);
    if (training_report_) {
        const std::scoped_lock lock(training_report_->mutex);
        if (std::exchange(training_report_->news, false)) fraction = training_report_->fraction;
    }
    if (training_job_.running()) emit trainingProgressed(fraction);
    if (search_report_ && search_job_.running()) {
        const std::scoped_lock lock(search_report_->mutex);
        if (std::exchange(search_report_->news, false)) emit searchProgressed(search_report_->fraction);
    }
    pollErrands();
    if (!opening_ && !training_job_.running() && !search_job_.running() && errands_.empty()) poll_.stop();
}

void WorkspaceJob::open(const std::filesystem::path& workspace, Paths files, ReadingChoice choice) {
    start(
        [workspace, files = std::move(files)](Worker& worker, const Progress& progress) {
            worker.open(workspace, progress);
            return files;
        },
        std::move(choice));
}

void WorkspaceJob::openSample(MakeSample make) {
    start([make = std::move(make)](Worker& worker, const Progress& progress) {
        const std::filesystem::path folder = make(progress);
        std::filesystem::path workspace = folder;
        worker.open(workspace += ".abmw", progress);
        Paths files;  // by name: tables in a folder beside other files would be left out
        for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
        std::ranges::sort(files);
        return files;
    });
}

void WorkspaceJob::start(std::function<Paths(Worker&, const Progress&)> prepare, ReadingChoice choice) {
    stop_.request_stop();  // of a loading that is still on
    stop_ = std::stop_source();
    leave();
    const auto request = ++request_;
    report_ = std::make_shared<Report>();
    opening_ = true;
    const auto work = [this, prepare = std::move(prepare), choice = std::move(choice), worker = worker_, report = report_,
                       stop = stop_.get_token(), request] {
        worker->report = report;
        worker->stop = stop;
        const Progress progress(stop, [report](double fraction, std::string_view stage) { report->progress(fraction, stage); });
        std::vector<ImportedSource> imported;
        Paths left_out;
        std::optional<Error> error;
        try {
            const Paths files = expand_inputs(prepare(*worker, progress), &left_out);
            report->measure(worker->bytes_to_read(files));
            if (!files.empty()) imported = worker->writable().import(files, progress, choice);
        } catch (const Error& caught) {  // told together with what is open now
            error = caught;
        } catch (const std::exception& caught) {
            error = Error(ErrorCode::Invalid, caught.what());
        }
        worker->report.reset();
        return [this, request, error, imported, left_out, loaded = worker->loaded(), facts = worker->facts()] {
            if (request != request_) return;
            seen_ = loaded.snapshot;
            const bool was_cancelled = !std::exchange(opening_, false);
            if (was_cancelled) {
                if (loaded.snapshot) emit changed(loaded, facts);
            } else if (error) {
                emit failed(QString::fromUtf8(error->what()), loaded, facts);
            } else {
                emit finished(loaded, facts, imported, left_out);
            }
        };
    };
    emit started();
    queue_.run(work, [this, request](const Error& error) {
        if (request != request_ || !std::exchange(opening_, false)) return;
        emit failed(QString::fromUtf8(error.what()), {}, {});
    });
    poll_.start();
}

// Answers about the workspace that was open will not come any more.
void WorkspaceJob::leave() {
    cancelTraining();
    seen_.reset();
    cancelSearch();
    ++generation_;
    labels_waiting_ = 0;
    advice_waiting_.reset();
}

void WorkspaceJob::close() {
    leave();
    ++request_;
    queue_.run([worker = worker_] {
        worker->session.reset();
        return CommandQueue::Answer();
    });
}

void WorkspaceJob::cancel() {
    if (!opening_) return;
    stop_.request_stop();
    poll();
    opening_ = false;
    emit cancelled();
}

void WorkspaceJob::refuse(const Error& error) { emit refused(QString::fromUtf8(error.what())); }

void WorkspaceJob::run(Step step, CommandQueue::Failed failed, CommandQueue::Turn turn) {
    const auto generation = generation_;
    const auto current = [this, generation] { return generation == generation_; };
    queue_.run(
        [step = std::move(step), worker = worker_, current] {
            auto answer = step(*worker);
            return [answer = std::move(answer), current] {
                if (answer && current()) answer();
            };
        },
        [this, failed = std::move(failed), current](const Error& error) {
            if (!current()) return;
            if (failed) {
                failed(error);
            } else {
                refuse(error);
            }
        },
        turn);
}

CommandQueue::Answer WorkspaceJob::answerChange(Worker& worker, std::function<void()> then) {
    return [this, loaded = worker.loaded(), facts = worker.facts(), then = std::move(then)] {
        seen_ = loaded.snapshot;
        emit changed(loaded, facts);
        if (then) then();
    };
}

void WorkspaceJob::setExpert(std::string name) {
    queue_.run([name = name.empty() ? system_user() : std::move(name), worker = worker_] {
        worker->expert = name;
        if (worker->session) worker->session->set_who(name);
        return CommandQueue::Answer();
    });
}

void WorkspaceJob::label(LabelCommand command) {
    ++labels_waiting_;
    run(
        [this, command, seen = seen_](Worker& worker) {
            WorkspaceSession& session = worker.writable();
            // The answer keeps the numbers of the question: by them the desk knows what has come.
            const auto records = as_now(command.records, seen, session.snapshot()->investigation());
            const LabelOutcome outcome = session.label(records, command.request);
            return [this, answer = answerChange(worker, [this, command, outcome] { emit labelled(command, outcome); })] {
                labelAnswered();
                answer();
            };
        },
        [this, command](const Error& error) {
            labelAnswered();
            emit labelFailed(command, QString::fromUtf8(error.what()));
        });
}

void WorkspaceJob::labelAnswered() {
    if (--labels_waiting_ == 0 && advice_waiting_) askAdvice(*advice_waiting_);
}

void WorkspaceJob::undo(bool go_back) {
    run([this, go_back](Worker& worker) {
        const auto outcome = worker.writable().undo();
        if (!outcome) throw Error(ErrorCode::Invalid, "There is no label to undo.");
        return answerChange(worker, [this, outcome = *outcome, go_back] { emit undone(outcome, go_back); });
    });
}

void WorkspaceJob::redo() {
    run([this](Worker& worker) {
        const auto outcome = worker.writable().redo();
        if (!outcome) throw Error(ErrorCode::Invalid, "There is nothing to redo.");
        return answerChange(worker, [this, outcome = *outcome] { emit redone(outcome); });
    });
}

void WorkspaceJob::read(SessionStep step) {
    run([step](Worker& worker) { return worker.session ? step(*worker.session, worker.expert) : CommandQueue::Answer(); });
}

void WorkspaceJob::write(SessionStep step, CommandQueue::Failed failed) {
    run([step](Worker& worker) { return step(worker.writable(), worker.expert); }, std::move(failed));
}

void WorkspaceJob::change(SessionStep step, CommandQueue::Failed failed) {
    run(
        [this, step](Worker& worker) {
            auto answer = step(worker.writable(), worker.expert);
            return answerChange(worker, std::move(answer));
        },
        std::move(failed));
}

void WorkspaceJob::refresh() {
    run([this](Worker& worker) {
        if (!worker.session || !worker.session->refresh({})) return CommandQueue::Answer();
        return answerChange(worker);
    });
}

void WorkspaceJob::askAdvice(RecordIndex record) {
    const auto wanted = latest_advice_->fetch_add(1) + 1;
    advice_waiting_.reset();
    if (labels_waiting_ > 0) {  // the labels change it: it would be found twice
        advice_waiting_ = record;
        return;
    }
    ask([this, record, wanted, latest = latest_advice_](Worker& worker) -> CommandQueue::Answer {
        if (*latest != wanted || !worker.session) return {};
        RecordAdvice advice;
        advice.suggestion = worker.session->suggestion(record);
        advice.first_score = worker.session->first_score(record);
        if (*latest != wanted) return {};
        advice.alike = worker.session->alike(record, kMostAlike);
        return [this, record, wanted, latest, advice = std::move(advice)] {
            if (*latest == wanted) emit advised(record, advice);
        };
    });
}

void WorkspaceJob::askQueue(const QueueMix& mix, std::size_t count) {
    ask([this, mix, count](Worker& worker) -> CommandQueue::Answer {
        if (!worker.session) return {};
        return [this, entries = worker.session->queue(mix, count)] { emit queued(entries); };
    });
}

void WorkspaceJob::askSources() {
    ask([this](Worker& worker) -> CommandQueue::Answer {
        if (!worker.session) return {};
        return [this, states = worker.session->look_at_sources()] { emit sourcesSeen(states); };
    });
}

}  // namespace abm
