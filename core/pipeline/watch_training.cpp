#include "core/pipeline/watch_training.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace abm {
namespace {

constexpr double kTolerance = 0.01;   // of average precision and of the share of false alarms: below it figures say nothing
constexpr double kFewChanges = 0.01;  // of the records
constexpr std::string_view kActor = " (watched folder)";

/// By the answers of experts, each asked of a model that was not taught it.
Adoption by_labels(const Comparison& comparison) {
    const HeldOutMetrics& old = comparison.before;
    const HeldOutMetrics& now = comparison.after;
    const bool ranks = now.average_precision.value >= old.average_precision.value - kTolerance;
    const bool finds = now.true_positives >= old.true_positives;
    const bool calm = !(now.false_alarms.value > old.false_alarms.value + kTolerance);
    std::string because = fmt::format(
        "on held-out labels: average precision {:.3f} after {:.3f}, anomalies found {} after {} of {}, "
        "false alarms {:.1f} % after {:.1f} %",
        now.average_precision.value, old.average_precision.value, now.true_positives, old.true_positives, comparison.anomalies,
        100 * now.false_alarms.value, 100 * old.false_alarms.value);
    return {ranks && finds && calm, std::move(because)};
}

bool has_figures(const Comparison& comparison) {
    return comparison.folds > 0 && std::isfinite(comparison.before.average_precision.value) &&
           std::isfinite(comparison.after.average_precision.value);
}

void discard_older(WorkspaceSession& session, ModelId candidate) {
    for (const ModelInfo& model : session.models()) {
        if (model.id != candidate && model.state == ModelState::candidate && model.who.ends_with(kActor))
            session.discard(model.id);
    }
}

/// Acts under another name as long as it lives.
class ActingAs {
public:
    ActingAs(WorkspaceSession& session, std::string_view who) : session_(session), who_(who) {
        session.set_who(watch_actor(who));
    }
    ~ActingAs() { session_.set_who(who_); }
    ActingAs(const ActingAs&) = delete;
    ActingAs& operator=(const ActingAs&) = delete;

private:
    WorkspaceSession& session_;
    std::string who_;
};

}  // namespace

Adoption decide_adoption(const Comparison& comparison, std::int64_t before, std::int64_t after, std::int64_t shown) {
    if (!comparison.has_before) return {true, "there was no model before"};
    if (has_figures(comparison)) return by_labels(comparison);
    if (after >= 2 * before)
        return {true, fmt::format("too few labels to compare on; it knows {} records, the one before knew {}", after, before)};
    const auto few = static_cast<std::int64_t>(kFewChanges * static_cast<double>(shown));
    return {comparison.changed_sides <= few,
            fmt::format("too few labels to compare on; {} of {} records change sides, at most {} may", comparison.changed_sides,
                        shown, few)};
}

std::string watch_actor(std::string_view who) { return fmt::format("{}{}", who, kActor); }

bool training_due(WorkspaceSession& session, const Watch& watch) {
    const auto now = WatchStore(session.workspace()).find(watch.settings.folder);
    return now && watch.settings.retrain_every > 0 && now->untrained >= watch.settings.retrain_every &&
           session.snapshot()->investigation()->features.rows() > 0;
}

WatchTraining keep_watched(WorkspaceSession& session, WatchId watch, const TrainedModel& trained, std::string_view who) {
    std::int64_t before = 0;
    for (const ModelInfo& model : session.models()) {
        if (model.state == ModelState::current) before = model.records;
    }
    const auto shown = std::ssize(session.snapshot()->investigation()->records);
    WatchTraining training;
    training.adoption = decide_adoption(trained.comparison, before, trained.models->records(), shown);
    const ActingAs actor(session, who);
    training.model = session.keep(trained);
    discard_older(session, training.model);
    if (training.adoption.adopt) session.adopt(training.model, {});
    WatchStore(session.workspace())
        .trained(watch, training.model, training.adoption.adopt ? "adopted" : "held", training.adoption.because,
                 watch_actor(who));
    return training;
}

WatchTraining train_watched(WorkspaceSession& session, WatchId watch, std::uint64_t seed, std::string_view who,
                            const Progress& progress) {
    return keep_watched(session, watch, train_models(session.training_input(seed), progress), who);
}

std::string words_of(const WatchTraining& training) {
    return fmt::format("Model {} is {}: {}.", raw(training.model), training.adoption.adopt ? "adopted" : "held",
                       training.adoption.because);
}

}  // namespace abm
