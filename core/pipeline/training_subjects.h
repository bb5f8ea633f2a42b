// What training and the search for settings share: which labels teach which model, and what figures on them describe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/pipeline/train.h"

namespace abm {

/// The labels that train one model, each with what is learned from it.
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

/// One kind of record: what it is taught, and its models before and after.
struct Subject {
    std::size_t table = 0;
    Lessons lessons;
    std::shared_ptr<const JournalModel> before;  ///< null: none
    std::shared_ptr<JournalModel> fitted;        ///< until the comparison has given it its probabilities
    std::shared_ptr<const JournalModel> after;   ///< the same
};

/// Of every table that has rows. Labels on records of others weigh rules only, and go with the first. Throws Error{Invalid} when
/// there is none.
std::vector<Subject> subjects_of(const TrainingInput& input);
/// Of all, one behind the other.
std::vector<LearnedLabel> labels_of(const std::vector<Subject>& subjects);
/// labels, anomalies and normals of a comparison.
void count_labels(const std::vector<LearnedLabel>& labels, Comparison& comparison);
/// What figures on so many labels describe, in one sentence.
std::string caveat_of(const Comparison& comparison);

}  // namespace abm
