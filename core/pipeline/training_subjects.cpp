#include "core/pipeline/training_subjects.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/pipeline/label_votes.h"
#include "core/pipeline/learned_labels.h"

namespace abm {
namespace {

constexpr std::int64_t kFewOfAClass = 15;  ///< fewer: an interval of resamples is too narrow, too

}  // namespace

std::vector<Subject> subjects_of(const TrainingInput& input) {
    const Investigation& investigation = *input.investigation;
    std::vector<Subject> subjects;
    for (std::size_t table = 0; table < investigation.features.size(); ++table) {
        const FeatureMatrix& features = investigation.features[table].features;
        if (features.rows() == 0) continue;
        Subject& subject = subjects.emplace_back();
        subject.table = table;
        if (input.current) subject.before = input.current->part_for(features.names);
        if (subject.before) subject.lessons.elsewhere = labels_from_elsewhere(*subject.before, investigation);
    }
    if (subjects.empty()) throw Error(ErrorCode::Invalid, "There is nothing to train on: no record is scored by models.");
    for (const StandingLabel& label : investigation.labels) {
        if (!trains(label.label.label)) continue;
        const auto own = std::ranges::find(subjects, table_of(investigation, label.record), &Subject::table);
        Lessons& lessons = (own == subjects.end() ? subjects.begin() : own)->lessons;
        lessons.standing.push_back(&label);
        lessons.records.push_back(label.record);
        lessons.learned.push_back(learned_label(investigation, label));
    }
    return subjects;
}

std::vector<LearnedLabel> labels_of(const std::vector<Subject>& subjects) {
    std::vector<LearnedLabel> all;
    for (const Subject& subject : subjects) all.insert(all.end(), subject.lessons.learned.begin(), subject.lessons.learned.end());
    return all;
}

void count_labels(const std::vector<LearnedLabel>& labels, Comparison& comparison) {
    comparison.labels = std::ssize(labels);
    comparison.anomalies = std::ranges::count_if(labels, &LearnedLabel::anomaly);
    comparison.normals = comparison.labels - comparison.anomalies;
}

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

}  // namespace abm
