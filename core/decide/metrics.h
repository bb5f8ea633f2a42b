// How well scores rank what an expert called anomalous. Always on labels the model has not seen.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace abm {

struct Confusion {
    std::size_t true_positives = 0;
    std::size_t false_positives = 0;
    std::size_t true_negatives = 0;
    std::size_t false_negatives = 0;
    double precision() const;  ///< NaN when nothing was flagged
    double recall() const;     ///< NaN when nothing is positive
};

// All: scores and positive have the same length, scores are finite (assert).

/// Probability that a positive stands above a negative, ties count half (Mann-Whitney). NaN without both classes.
double auroc(std::span<const double> scores, const std::vector<bool>& positive);
/// Mean precision at each positive, equal scores taken as one step (as scikit-learn does). NaN without positives.
double average_precision(std::span<const double> scores, const std::vector<bool>& positive);
/// Share of positives among the k highest scores, and of all positives found there. Rows tied at the cut count in proportion, so
/// the order of the input does not matter. k is cut to n; NaN when k is 0, for recall also without positives.
double precision_at(std::span<const double> scores, const std::vector<bool>& positive, std::size_t k);
double recall_at(std::span<const double> scores, const std::vector<bool>& positive, std::size_t k);
/// Flagged is score >= threshold.
Confusion confusion_at(std::span<const double> scores, const std::vector<bool>& positive, double threshold);

}  // namespace abm
