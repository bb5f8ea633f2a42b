// How good detectors are where the truth is known: figures per detector, and a simulated expert who answers questions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/pipeline/table.h"

namespace abm {

/// Names evaluate_detectors() knows: those that need no labels, "classifier" and "feedback", and `auto` last: what the program
/// itself would score with.
std::span<const std::string_view> detector_names();

struct DetectorFigures {
    std::string detector;
    double auroc = 0;
    double average_precision = 0;
    double fit_ms = 0;
    double score_ms = 0;
};

/// Each is fitted on and scores the whole table, labels unseen; those that learn from labels score each row with those of other
/// folds (score_held_out()). names: of detector_names(); empty: all that need no labels. In the order of detector_names(), each
/// once, and always `auto` at the end. assignments: parameters as set_param() takes them, of detectors that are measured; what
/// is said of iforest and of a channel of `auto` holds for that, too. Equal seeds give equal figures, times apart.
/// Throws Error{Invalid} for an unknown name or parameter or when a class has no row, Error{Cancelled}.
std::vector<DetectorFigures> evaluate_detectors(const LabelledTable& table, std::span<const std::string> names,
                                                std::uint64_t seed, int threads, const Progress& progress,
                                                std::span<const std::string> assignments = {});

/// A model without labels; then again and again the unlabelled row with the highest f(x) (the first of equals) is asked for, and
/// its label learned. [min(queries, n)] anomalies found after each answer. Deterministic per seed.
/// Throws Error{Invalid} when the table has no anomaly, Error{Cancelled}.
std::vector<std::int64_t> simulate_expert(const LabelledTable& table, std::size_t queries, std::uint64_t seed, int threads,
                                          const Progress& progress);

}  // namespace abm
