#include "core/pipeline/train.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/pipeline/held_out.h"
#include "core/pipeline/label_votes.h"
#include "core/pipeline/learned_labels.h"
#include "core/pipeline/live_model.h"
#include "core/pipeline/score.h"
#include "core/pipeline/training_subjects.h"

namespace abm {
namespace {

constexpr std::size_t kMostChanged = 200;

// ---- Before and after on held-out labels -----------------------------------------------------------------------------------

/// Without records models do not look at.
std::optional<ProbabilityCalibration> probability_of(const HeldOutScores& scores, const std::vector<bool>& anomaly) {
    std::vector<double> margins;
    std::vector<bool> anomalous;
    for (std::size_t at = 0; at < anomaly.size(); ++at) {
        if (std::isnan(scores.margins[at])) continue;
        margins.push_back(scores.margins[at]);
        anomalous.push_back(anomaly[at]);
    }
    return ProbabilityCalibration::fit(margins, anomalous);
}

/// The labels of all subjects are one population: each is scored by the models of its own. `side` null where a kind is new: the
/// forest alone speaks for the time before. Models of `fit`, when given, get their probabilities on the way: they need the same
/// scores of models that were not given a label.
HeldOutMetrics metrics_of(const TrainingInput& input, const std::vector<Subject>& subjects, const std::vector<int>& folds,
                          std::shared_ptr<const JournalModel> Subject::*side, std::shared_ptr<JournalModel> Subject::*fit,
                          double threshold, const Progress& progress) {
    std::vector<double> scores;
    std::vector<bool> anomaly;
    for (const Subject& subject : subjects) {
        const Lessons& lessons = subject.lessons;
        const std::span<const int> own = std::span(folds).subspan(scores.size(), lessons.learned.size());
        const bool known = subject.*side != nullptr;
        const JournalModel& model = known ? *(subject.*side) : *subject.after;
        const std::span<const LearnedLabel> taught = known ? std::span(model.labels) : std::span<const LearnedLabel>();
        const HeldOutScores found =
            held_out_scores(*input.investigation, lessons.records, lessons.learned, own, model, taught, input.threads, progress);
        std::vector<bool> anomalous;
        for (const LearnedLabel& label : lessons.learned) anomalous.push_back(label.anomaly);
        if (fit) (subject.*fit)->probability = probability_of(found, anomalous);
        scores.insert(scores.end(), found.displayed.begin(), found.displayed.end());
        anomaly.insert(anomaly.end(), anomalous.begin(), anomalous.end());
    }
    return held_out_metrics(scores, anomaly, threshold, input.seed);
}

void compare_held_out(const TrainingInput& input, const std::vector<Subject>& subjects, Comparison& comparison,
                      const Progress& progress) {
    comparison.before = comparison.after = no_metrics();
    const std::vector<int> folds = folds_of(labels_of(subjects));
    if (folds.empty()) return;
    comparison.folds = *std::max_element(folds.begin(), folds.end()) + 1;
    const auto metrics = [&](auto side, auto fit) {
        return metrics_of(input, subjects, folds, side, fit, comparison.threshold, progress);
    };
    comparison.after = metrics(&Subject::after, &Subject::fitted);
    if (input.current)
        comparison.before = metrics(&Subject::before, static_cast<std::shared_ptr<JournalModel> Subject::*>(nullptr));
}

// ---- What adopting would change --------------------------------------------------------------------------------------------

/// A subject with its new model at work.
struct Taught {
    Taught(const TrainingInput& input, const Subject& taught, const Progress& progress)
        : subject(taught),
          live(taught.after, input.investigation->features.shared(taught.table), input.threads, progress,
               taught.lessons.elsewhere) {
        const Investigation& investigation = *input.investigation;
        std::vector<TrainingLabel> labels;
        for (const StandingLabel* label : subject.lessons.standing) {
            const std::int32_t row = investigation.records.at(raw(label->record)).feature_row;
            if (row < 0) continue;
            labels.push_back({investigation.features.place_of(row).row, label->label.label == LabelClass::anomaly});
            teachers.push_back(label);
        }
        live.set_labels(labels);
    }

    const Subject& subject;
    LiveModel live;
    std::vector<const StandingLabel*> teachers;  ///< in the order of LabelInfluence::label
};

class Reasons {
public:
    Reasons(const Investigation& before, const Investigation& after, const std::vector<Taught>& taught,
            const RuleWeights& weights)
        : before_(before), after_(after), taught_(taught), weights_(weights) {}

    std::string of(RecordIndex index) const {
        const Record& old = before_.records[raw(index)];
        const Record& now = after_.records[raw(index)];
        if (now.finding_count > 0 && now.severity != old.severity) return rule_reason(now);
        if (now.feature_row < 0) return "the labels on its rules";
        const FeatureTables::Place place = after_.features.place_of(now.feature_row);
        const auto taught = std::ranges::find_if(taught_, [&](const Taught& each) { return each.subject.table == place.table; });
        if (taught == taught_.end()) return "the labels on its rules";
        const double direction = now.score > old.score ? 1.0 : -1.0;
        if (std::string alike = label_reason(*taught, place.row, direction); !alike.empty()) return alike;
        return fmt::format("fitted anew on {} records", taught->live.model().records);
    }

private:
    static constexpr std::size_t kMostNamed = 3;
    static constexpr double kLeastMargin = 0.1;  // deviations of the forest's score: less moves nothing one can see

    std::string rule_reason(const Record& record) const {
        for (const Finding& finding : after_.findings_of(record)) {
            const auto found = weights_.records().find(finding.rule);
            if (found == weights_.records().end() || weights_.weighed(finding) == finding.severity) continue;
            return fmt::format("rule {} weighed {} by {} of {}", finding.rule, name_of(weights_.weighed(finding)),
                               found->second.confirmed, found->second.labelled);
        }
        return fmt::format("rule {} keeps its word", after_.findings_of(record).front().rule);
    }

    static std::string label_reason(const Taught& taught, std::int32_t row, double direction) {
        std::vector<std::string> names;
        std::string type;
        for (const LabelInfluence& influence : taught.live.influences(row, kMostNamed)) {
            if (influence.margin * direction < kLeastMargin) continue;
            const StandingLabel& label = *taught.teachers[influence.label];
            if (names.empty()) type = label.label.type.empty() ? std::string(name_of(label.label.label)) : label.label.type;
            names.push_back(fmt::format("#{}", label.event));
        }
        if (!names.empty()) return fmt::format("like {} ({})", fmt::join(names, ", "), type);
        const auto remembered = taught.live.remembered_influences(row, 1);
        if (remembered.empty() || remembered.front().margin * direction < kLeastMargin) return {};
        const LearnedLabel& label = taught.subject.lessons.elsewhere[remembered.front().label];
        return fmt::format("like a record of another workspace ({})", label.anomaly ? "anomaly" : "normal");
    }

    const Investigation& before_;
    const Investigation& after_;
    const std::vector<Taught>& taught_;
    const RuleWeights& weights_;
};

/// Those that cross the threshold, the largest change first.
std::vector<ChangedRecord> crossing(const Investigation& before, const Investigation& after, double threshold) {
    std::vector<ChangedRecord> changed;
    for (std::size_t at = 0; at < before.records.size(); ++at) {
        const float old = before.records[at].score;
        const float now = after.records[at].score;
        if ((static_cast<double>(old) >= threshold) != (static_cast<double>(now) >= threshold))
            changed.push_back({static_cast<RecordIndex>(at), old, now, {}});
    }
    std::stable_sort(changed.begin(), changed.end(), [](const ChangedRecord& a, const ChangedRecord& b) {
        return std::abs(a.after - a.before) > std::abs(b.after - b.before);
    });
    return changed;
}

void compare_list(const TrainingInput& input, const std::vector<Subject>& subjects, const ModelSet& models,
                  Comparison& comparison, const Progress& progress) {
    const Investigation& before = *input.investigation;
    std::vector<Taught> taught;
    taught.reserve(subjects.size());
    std::vector<ModelEvidence> evidence(static_cast<std::size_t>(before.features.rows()));
    for (const Subject& subject : subjects) {
        const Taught& at_work = taught.emplace_back(input, subject, progress);
        std::ranges::copy(at_work.live.evidence(), evidence.begin() + before.features.first_row(subject.table));
    }
    progress.checkpoint(0.9, "comparing");
    Investigation after = before;
    const RuleWeights weights = rule_weights_of(models.all_labels());
    score_investigation(after, evidence, weights);
    comparison.changed = crossing(before, after, comparison.threshold);
    comparison.changed_sides = std::ssize(comparison.changed);
    comparison.changed.resize(std::min(comparison.changed.size(), kMostChanged));
    const Reasons reasons(before, after, taught, weights);
    for (ChangedRecord& changed : comparison.changed) changed.because = reasons.of(changed.record);
}

/// What the current version knows of records that are not here goes on as it is.
std::shared_ptr<const ModelSet> fit_all(const TrainingInput& input, std::vector<Subject>& subjects, const Progress& progress) {
    const Investigation& investigation = *input.investigation;
    const ModelSettings settings = settings_of(input);
    check_settings_to_keep(settings);
    ModelSet models;
    for (Subject& subject : subjects) {
        JournalModel fitted = fit_table(investigation, subject.table, input.seed, input.threads, progress, settings);
        fitted.labels = subject.lessons.all();
        fitted.votes = fit_votes(fitted, investigation.features[subject.table].features, fitted.labels, input.threads, progress);
        subject.fitted = std::make_shared<JournalModel>(std::move(fitted));
        subject.after = subject.fitted;
        models.parts.push_back(subject.after);
    }
    if (input.current) {
        for (const auto& part : input.current->parts) {
            if (!models.part_for(part->forest.names())) models.parts.push_back(part);
        }
    }
    return std::make_shared<const ModelSet>(std::move(models));
}

}  // namespace

ModelSettings settings_of(const TrainingInput& input) {
    if (input.settings) return *input.settings;
    return input.current ? input.current->settings() : ModelSettings();
}

TrainedModel train_models(const TrainingInput& input, const Progress& progress) {
    progress.checkpoint(0.0, "training");
    std::vector<Subject> subjects = subjects_of(input);
    TrainedModel trained{fit_all(input, subjects, progress), {}};
    Comparison& comparison = trained.comparison;
    count_labels(labels_of(subjects), comparison);
    comparison.threshold = input.threshold;
    comparison.has_before = input.current != nullptr;
    comparison.caveat = caveat_of(comparison);
    comparison.detectors = settings_text(trained.models->settings());
    compare_held_out(input, subjects, comparison, progress);
    compare_list(input, subjects, *trained.models, comparison, progress);
    return trained;
}

}  // namespace abm
