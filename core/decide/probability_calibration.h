// From the margin of a model taught by labels to the probability that an expert would call the record an anomaly.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/features/model_document.h"

namespace abm {

/// Of the reviewed records: labels asked for from the top of a list are no sample of all records. Never falls with the margin,
/// never 0 or 1. Immutable once fitted.
class ProbabilityCalibration {
public:
    static constexpr std::size_t kLeastLabels = 30;
    static constexpr std::size_t kMostForPlatt = 200;  ///< above, isotonic regression has enough to bend with

    /// margins: finite, of labels the model was not taught with (out of fold); anomaly: [margins]. A logistic curve (Platt 1999,
    /// targets of Platt, Newton steps of Lin, Lin, Weng 2007) up to kMostForPlatt labels, isotonic regression above; nothing with
    /// fewer than kLeastLabels or without both classes. O(n log n).
    static std::optional<ProbabilityCalibration> fit(std::span<const double> margins, const std::vector<bool>& anomaly);
    /// Throws Error{Mismatch} for another kind or a newer format, Error{Corrupt}.
    static ProbabilityCalibration load(const Json& document);
    Json save() const;

    double probability(double margin) const;
    bool isotonic() const { return !margins_.empty(); }

private:
    std::size_t labels_ = 0;
    // p = 1 / (1 + exp(slope * margin + offset)), slope <= 0
    double slope_ = 0;
    double offset_ = 0;
    // Isotonic: knots, linear between them, constant beyond. Both rising.
    std::vector<double> margins_;
    std::vector<double> probabilities_;
};

}  // namespace abm
