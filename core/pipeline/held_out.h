// Scores of labelled records by models that were not given their labels, and what such scores are worth.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/pipeline/journal_model.h"
#include "core/pipeline/train.h"

namespace abm {

inline constexpr int kMostFolds = 5;

/// Which fold holds out each label; empty when there are fewer than kLeastOfEach of a class. Each class is dealt out evenly, in
/// the order of a hash of (source, kind, offset): what a label's fold is does not depend on the order of the labels. Labels on
/// records with equal features (one session found in two files) share a fold, so that none gives the other away.
std::vector<int> folds_of(std::span<const LearnedLabel> labels);

struct HeldOutScores {
    std::vector<double> displayed;  ///< [labels]
    std::vector<double> margins;    ///< [labels] of the taught model alone; NaN for a record models do not look at
};

/// Displayed scores and margins of the investigation's labelled records (label i is on records[i]): each under the model's
/// forest, the labels it is taught and the rule weights of those, all without what is known of the label's own fold. taught:
/// labels on other records, or on the same ones; those of the fold are left out, known by place or by equal features. A model
/// with votes is given votes of the labels that are left. O(folds * taught^3); threads share the folds. Throws Error{Cancelled}.
HeldOutScores held_out_scores(const Investigation& investigation, std::span<const RecordIndex> records,
                              std::span<const LearnedLabel> labels, std::span<const int> folds, const JournalModel& model,
                              std::span<const LearnedLabel> taught, int threads, const Progress& progress);

/// Figures with 95 % intervals from 1,000 bootstrap resamples of each class (percentile method), the same for equal seeds. The
/// k of found_in_first is the number of anomalies. NaN where a class is missing. scores: finite.
HeldOutMetrics held_out_metrics(std::span<const double> scores, const std::vector<bool>& anomaly, double threshold,
                                std::uint64_t seed);
/// [candidates] average precision of each on the same labels, less that of the first: value and an interval that holds for all
/// of them together at 95 % (the largest difference of 1,000 resamples, each in its own deviations). Nothing is drawn but the
/// labels, once for all candidates. scores: [candidates][labels], finite; both classes present.
std::vector<Estimate> precision_differences(std::span<const std::vector<double>> scores, const std::vector<bool>& anomaly,
                                            std::uint64_t seed);
/// All NaN, no counts.
HeldOutMetrics no_metrics();

}  // namespace abm
