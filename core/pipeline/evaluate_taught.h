// Detectors that learn from labels, judged on rows whose labels they were not given.
#pragma once

#include <Eigen/Core>
#include <string_view>

#include "core/base/progress.h"
#include "core/features/model_document.h"
#include "core/pipeline/table.h"

namespace abm {

struct TaughtScores {
    Eigen::VectorXd scores;  ///< [n] of each row by the detector that was not given the labels of its fold
    double fit_ms = 0, score_ms = 0;
};

/// The ridge solves for its labels at once: more than these, drawn evenly from either class, it is not given.
inline constexpr std::int64_t kMostTaught = 2'000;

/// Five folds (fewer when a class has fewer rows), each class dealt out evenly in an order drawn by the seed. Every fold fits on
/// the features of all rows and the labels of the others. kind: "classifier", "feedback"; params: with seed. Throws as
/// fit_detector(), Error{Invalid} with fewer than two rows of a class.
TaughtScores score_held_out(std::string_view kind, const Json& params, const LabelledTable& table, std::uint64_t seed,
                            int threads, const Progress& progress);

}  // namespace abm
