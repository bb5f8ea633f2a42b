// Models of the open workspace: training, the search of settings, and what is decided on them.
#include <mutex>
#include <utility>

#include "app/workbench/workspace_job.h"
#include "app/workbench/workspace_worker.h"

namespace abm {

void WorkspaceJob::train(std::optional<ModelSettings> settings, bool adopt) {
    trainAndDecide(
        [adopt](WorkspaceSession& session, const TrainedModel& trained, const std::string&) {
            const ModelId id = session.keep(trained);
            if (adopt) session.adopt(id, {});
            return Kept{id, adopt ? QStringLiteral("Model %1 is adopted.").arg(raw(id)) : QString()};
        },
        std::move(settings));
}

void WorkspaceJob::trainAndDecide(Keep how, std::optional<ModelSettings> settings) {
    if (training()) return;
    keeping_ = true;  // from here until the candidate is stored, or is not
    const auto over = [this](const Error& error) {
        keeping_ = false;
        if (error.code() != ErrorCode::Cancelled) emit trainingFailed(QString::fromUtf8(error.what()));
        emit trainingEnded();
    };
    const auto keep = [this, over, how = std::move(how)](TrainedModel trained) {
        run(
            [this, how, trained = std::move(trained)](Worker& worker) {
                const Kept kept = how(worker.writable(), trained, worker.expert);
                return answerChange(worker, [this, kept, comparison = trained.comparison] {
                    keeping_ = false;
                    if (kept.words.isEmpty()) {
                        emit this->trained(raw(kept.id), comparison);
                    } else {
                        emit decided(raw(kept.id), comparison, kept.words);
                    }
                    emit trainingEnded();
                });
            },
            over);
    };
    run(
        [this, keep, over, settings = std::move(settings)](Worker& worker) -> CommandQueue::Answer {
            TrainingInput input = worker.writable().training_input(SessionOptions().seed);
            input.settings = settings;
            return [this, keep, over, input = std::move(input)] {
                const auto records = std::ssize(input.investigation->records);
                const auto report = std::make_shared<Report>();
                training_report_ = report;
                training_job_.start(
                    [input, report](std::stop_token stop) {
                        return train_models(input, Progress(stop, [report](double fraction, std::string_view stage) {
                                                report->progress(fraction, stage);
                                            }));
                    },
                    keep, over);
                poll_.start();
                emit trainingBegan(records);
            };
        },
        over);
}

void WorkspaceJob::cancelTraining() {
    if (!training()) return;
    training_job_.cancel();
    keeping_ = false;
    emit trainingEnded();
}

void WorkspaceJob::searchSettings(double seconds) {
    if (searching()) return;
    const auto failed = [this](const Error& error) {
        if (error.code() != ErrorCode::Cancelled) emit searchFailed(QString::fromUtf8(error.what()));
        emit searchEnded();
    };
    const auto done = [this](const SettingsSearch& found) {
        emit searchDone(found);
        emit searchEnded();
    };
    run(
        [this, seconds, done, failed](Worker& worker) -> CommandQueue::Answer {
            return [this, seconds, done, failed, input = worker.writable().training_input(SessionOptions().seed)] {
                if (search_job_.running()) return;  // asked for twice before the first began
                const auto report = std::make_shared<Report>();
                search_report_ = report;
                search_job_.start(
                    [input, seconds, report](std::stop_token stop) {
                        return search_settings(input, seconds, Progress(stop, [report](double fraction, std::string_view stage) {
                                                   report->progress(fraction, stage);
                                               }));
                    },
                    done, failed);
                poll_.start();
                emit searchBegan();
            };
        },
        failed);
}

void WorkspaceJob::cancelSearch() {
    if (!searching()) return;
    search_job_.cancel();
    emit searchEnded();
}

void WorkspaceJob::adopt(ModelId id) {
    run([this, id](Worker& worker) {
        worker.writable().adopt(id, {});
        return answerChange(worker);
    });
}

void WorkspaceJob::discard(ModelId id) {
    run([this, id](Worker& worker) {
        worker.writable().discard(id);
        return answerChange(worker);
    });
}

void WorkspaceJob::rollBack() {
    run([this](Worker& worker) {
        worker.writable().roll_back({});
        return answerChange(worker);
    });
}

void WorkspaceJob::setRetrainRule(const WorkspaceSession::RetrainRule& rule) {
    run([this, rule](Worker& worker) {
        worker.writable().set_retrain_rule(rule);
        return answerChange(worker);
    });
}

}  // namespace abm
