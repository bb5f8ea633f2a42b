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

namespace abm {
namespace {

constexpr std::size_t kMostChanged = 200;
constexpr std::int64_t kFewOfAClass = 15;  ///< fewer: an interval of resamples is too narrow, too

/// The labels that train, each with what is learned from it.
struct Lessons {
    std::vector<const StandingLabel*> standing;
    std::vector<RecordIndex> records;
    std::vector<LearnedLabel> learned;
    std::vector<LearnedLabel> elsewhere;  ///< only the current model still knows these

    std::vector<LearnedLabel> all() const {
        std::vector<LearnedLabel> both = learned;
        both.insert(both.end(), elsewhere.begin(), elsewhere.end());
        return both;
    }
};

Lessons lessons_of(const TrainingInput& input) {
    Lessons lessons;
    for (const StandingLabel& label : input.investigation->labels) {
        if (!trains(label.label.label)) continue;
        lessons.standing.push_back(&label);
        lessons.records.push_back(label.record);
    }
    lessons.learned = learned_labels(*input.investigation, input.investigation->labels);
    if (input.current) lessons.elsewhere = labels_from_elsewhere(*input.current, *input.investigation);
    return lessons;
}

// ---- Before and after on held-out labels -----------------------------------------------------------------------------------

std::string caveat_of(const Comparison& comparison) {
    const std::int64_t least = std::min(comparison.anomalies, comparison.normals);
    if (comparison.labels == 0) return "No record is labelled anomaly or normal yet, so there is nothing to compare on.";
    if (comparison.normals == 0)
        return fmt::format(
            "All {} labels say anomaly: without at least {} normal records nobody can tell false alarms from found faults.",
            comparison.labels, kLeastOfEach);
    if (comparison.anomalies == 0)
        return fmt::format("All {} labels say normal: at least {} anomalies are needed to tell whether they are found.",
                           comparison.labels, kLeastOfEach);
    if (least < kLeastOfEach)
        return fmt::format(
            "Only {} anomalies and {} normal records are labelled: at least {} of each are needed to hold some out.",
            comparison.anomalies, comparison.normals, kLeastOfEach);
    return fmt::format("The figures describe the {} reviewed records, not all of the list, of which experts see the top first{}.",
                       comparison.labels,
                       least < kFewOfAClass
                           ? "; with so few labels of one class chance plays a large part, and the intervals are "
                             "too narrow rather than too wide"
                           : "");
}

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

/// Gives `after` its probabilities on the way: they need the same scores of models that were not given a label.
void compare_held_out(const TrainingInput& input, JournalModel& after, const Lessons& lessons, Comparison& comparison,
                      const Progress& progress) {
    comparison.before = comparison.after = no_metrics();
    const std::vector<int> folds = folds_of(lessons.learned);
    if (folds.empty()) return;
    comparison.folds = *std::max_element(folds.begin(), folds.end()) + 1;
    std::vector<bool> anomaly;
    for (const LearnedLabel& label : lessons.learned) anomaly.push_back(label.anomaly);
    const auto scores_of = [&](const JournalModel& model) {
        return held_out_scores(*input.investigation, lessons.records, lessons.learned, folds, model, model.labels, input.threads,
                               progress);
    };
    const auto metrics_of = [&](const HeldOutScores& scores) {
        return held_out_metrics(scores.displayed, anomaly, comparison.threshold, input.seed);
    };
    const HeldOutScores scores = scores_of(after);
    comparison.after = metrics_of(scores);
    after.probability = probability_of(scores, anomaly);
    if (input.current) comparison.before = metrics_of(scores_of(*input.current));
}

// ---- What adopting would change --------------------------------------------------------------------------------------------

class Reasons {
public:
    Reasons(const Investigation& before, const Investigation& after, const Lessons& lessons, const LiveModel& live,
            const std::vector<const StandingLabel*>& teachers, const RuleWeights& weights)
        : before_(before), after_(after), lessons_(lessons), live_(live), teachers_(teachers), weights_(weights) {}

    std::string of(RecordIndex index) const {
        const Record& old = before_.records[raw(index)];
        const Record& now = after_.records[raw(index)];
        if (now.finding_count > 0 && now.severity != old.severity) return rule_reason(now);
        if (now.feature_row < 0) return "the labels on its rules";
        const double direction = now.score > old.score ? 1.0 : -1.0;
        if (std::string alike = label_reason(now.feature_row, direction); !alike.empty()) return alike;
        return fmt::format("fitted anew on {} records", live_.model().records);
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

    std::string label_reason(std::int32_t row, double direction) const {
        std::vector<std::string> names;
        std::string type;
        for (const LabelInfluence& influence : live_.influences(row, kMostNamed)) {
            if (influence.margin * direction < kLeastMargin) continue;
            const StandingLabel& label = *teachers_[influence.label];
            if (names.empty()) type = label.label.type.empty() ? std::string(name_of(label.label.label)) : label.label.type;
            names.push_back(fmt::format("#{}", label.event));
        }
        if (!names.empty()) return fmt::format("like {} ({})", fmt::join(names, ", "), type);
        const auto remembered = live_.remembered_influences(row, 1);
        if (remembered.empty() || remembered.front().margin * direction < kLeastMargin) return {};
        const LearnedLabel& label = lessons_.elsewhere[remembered.front().label];
        return fmt::format("like a record of another workspace ({})", label.anomaly ? "anomaly" : "normal");
    }

    const Investigation& before_;
    const Investigation& after_;
    const Lessons& lessons_;
    const LiveModel& live_;
    const std::vector<const StandingLabel*>& teachers_;
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

void compare_list(const TrainingInput& input, const std::shared_ptr<const JournalModel>& model, const Lessons& lessons,
                  Comparison& comparison, const Progress& progress) {
    const Investigation& before = *input.investigation;
    LiveModel live(model, before.features, input.threads, progress, lessons.elsewhere);
    std::vector<TrainingLabel> labels;
    std::vector<const StandingLabel*> teachers;
    for (const StandingLabel* label : lessons.standing) {
        const std::int32_t row = before.records.at(raw(label->record)).feature_row;
        if (row < 0) continue;
        labels.push_back({row, label->label.label == LabelClass::anomaly});
        teachers.push_back(label);
    }
    live.set_labels(labels);
    progress.checkpoint(0.9, "comparing");
    Investigation after = before;
    const RuleWeights weights = rule_weights_of(model->labels);
    score_investigation(after, live.evidence(), model->calibration.provisional(), weights);
    comparison.changed = crossing(before, after, comparison.threshold);
    comparison.changed_sides = std::ssize(comparison.changed);
    comparison.changed.resize(std::min(comparison.changed.size(), kMostChanged));
    const Reasons reasons(before, after, lessons, live, teachers, weights);
    for (ChangedRecord& changed : comparison.changed) changed.because = reasons.of(changed.record);
}

}  // namespace

TrainedModel train_journal_model(const TrainingInput& input, const Progress& progress) {
    const Investigation& investigation = *input.investigation;
    progress.checkpoint(0.0, "training");
    const Lessons lessons = lessons_of(input);
    JournalModel fitted = fit_journal_model(*investigation.features, machines_of_rows(investigation), investigation.machines,
                                            input.seed, input.threads, progress);
    fitted.labels = lessons.all();
    fitted.votes = fit_votes(fitted, *investigation.features, fitted.labels, input.threads, progress);
    Comparison comparison;
    comparison.labels = std::ssize(lessons.learned);
    comparison.anomalies =
        std::count_if(lessons.learned.begin(), lessons.learned.end(), [](const LearnedLabel& l) { return l.anomaly; });
    comparison.normals = comparison.labels - comparison.anomalies;
    comparison.threshold = input.threshold;
    comparison.has_before = input.current != nullptr;
    comparison.caveat = caveat_of(comparison);
    compare_held_out(input, fitted, lessons, comparison, progress);
    auto model = std::make_shared<const JournalModel>(std::move(fitted));
    compare_list(input, model, lessons, comparison, progress);
    return {std::move(model), std::move(comparison)};
}

}  // namespace abm
