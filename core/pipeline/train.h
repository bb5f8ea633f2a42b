// A new model version, and what it would change: fitted on all records, compared with the current one on held-out labels.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/investigation.h"
#include "core/pipeline/model_set.h"

namespace abm {

/// A figure with its 95 % bootstrap interval over the labelled records; NaN when it cannot be told.
struct Estimate {
    double value = 0, low = 0, high = 0;
};

struct HeldOutMetrics {
    Estimate auroc, average_precision,
        found_in_first;     ///< share of the labelled anomalies among the first k = number of anomalies
    Estimate false_alarms;  ///< share of the labelled normal at or above the threshold
    std::int64_t true_positives = 0, false_positives = 0, true_negatives = 0, false_negatives = 0;  ///< at the threshold
};

struct ChangedRecord {
    RecordIndex record{};
    float before = 0, after = 0;  ///< displayed scores
    std::string because;          ///< "like #212, #219 (deposit_fault)"
};

/// On labels neither model has seen: every fold is scored by a model that was not given its labels.
struct Comparison {
    std::int64_t labels = 0, anomalies = 0, normals = 0;
    int folds = 0;  ///< 0: too few labels of one class (kLeastOfEach) to hold any out; metrics are NaN
    double threshold = 0.5;
    bool has_before = false;  ///< there was a current model
    HeldOutMetrics before, after;
    std::int64_t changed_sides = 0;      ///< records that cross the threshold
    std::vector<ChangedRecord> changed;  ///< those of them, the largest changes first, at most 200
    std::string caveat;                  ///< what the figures describe, in one sentence
    std::string detectors;               ///< settings_text() of the new model
};
inline constexpr std::int64_t kLeastOfEach = 3;

struct TrainingInput {
    std::shared_ptr<const Investigation> investigation;  ///< records as shown now, with labels
    std::shared_ptr<const ModelSet> current;             ///< null: none
    std::uint64_t seed = 1;
    double threshold = 0.5;
    int threads = 0;
    std::optional<ModelSettings> settings = std::nullopt;  ///< none: those of the current model go on
};

/// What the model will be fitted with.
ModelSettings settings_of(const TrainingInput& input);

struct TrainedModel {
    std::shared_ptr<const ModelSet> models;
    Comparison comparison;
};

/// Pure: stores nothing, may run beside labelling. The same input gives the same model and figures.
/// Throws Error{Invalid} when there is nothing to fit and as check_settings_to_keep(), Error{Cancelled}.
TrainedModel train_models(const TrainingInput& input, const Progress& progress);

/// For models.metrics; comparison_from_text() gives nullopt-like defaults for what is absent. `changed` is not kept.
std::string comparison_text(const Comparison& comparison);
/// Throws Error{Corrupt}.
Comparison comparison_from_text(std::string_view text);

}  // namespace abm
