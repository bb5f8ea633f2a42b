// Runs work off the UI thread and delivers the result of the latest run only.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <QtConcurrent>
#include <functional>
#include <memory>
#include <stop_token>
#include <variant>

#include "core/base/error.h"
#include "widgets/give_way.h"

namespace abm {

/// The work may throw; here, in the job runner, exceptions of any kind become an Error value and are handed to `failed` on the
/// UI thread. (In Qt 6.4 an exception that leaves QtConcurrent::run arrives wrapped, and typed handlers never fire.)
/// A newer run, cancel() or the death of the owner asks the older work to stop and drops its result: neither callback runs.
/// The destructor waits for the work, so work may refer to whatever outlives the job.
template <class Result>
class LatestJob {
public:
    using Work = std::function<Result(std::stop_token)>;
    using Done = std::function<void(Result)>;
    using Failed = std::function<void(const Error&)>;

    LatestJob() { pool_.setMaxThreadCount(2); }
    LatestJob(const LatestJob&) = delete;
    LatestJob& operator=(const LatestJob&) = delete;
    ~LatestJob() {
        cancel();
        pool_.waitForDone();
    }

    void start(Work work, Done done, Failed failed) {
        cancel();
        stop_ = std::stop_source();
        watcher_ = std::make_unique<QFutureWatcher<Outcome>>();
        auto* const watcher = watcher_.get();
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [this, watcher, done, failed] {
            // Out of the watcher before the callback: it may start the next run, which deletes the watcher.
            Outcome outcome = watcher->future().takeResult();
            const auto keep_done = done;
            const auto keep_failed = failed;
            watcher_.release()->deleteLater();
            if (auto* const result = std::get_if<Result>(&outcome)) {
                keep_done(std::move(*result));
            } else {
                keep_failed(std::get<Error>(outcome));
            }
        });
        watcher->setFuture(
            QtConcurrent::run(&pool_, [work = std::move(work), token = stop_.get_token()] { return run(work, token); }));
    }

    void cancel() {
        stop_.request_stop();
        watcher_.reset();  // a finished signal on its way is dropped with it
    }

    bool running() const { return watcher_ != nullptr; }

private:
    using Outcome = std::variant<Result, Error>;
    static_assert(std::is_nothrow_move_constructible_v<Outcome>, "Qt would copy it, on the UI thread");

    static Outcome run(const Work& work, std::stop_token token) {
        give_way();
        try {
            return work(token);
        } catch (const Error& error) {
            return error;
        } catch (const std::bad_alloc&) {
            return Error(ErrorCode::Io, "Not enough memory. Close other programs or open fewer files at once.");
        } catch (const std::exception& error) {
            return Error(ErrorCode::Invalid, error.what());
        }
    }

    QThreadPool pool_;
    std::stop_source stop_;
    std::unique_ptr<QFutureWatcher<Outcome>> watcher_;
};

}  // namespace abm
