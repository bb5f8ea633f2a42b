// From a detector's raw score to a probability that can be compared across files: how often does training look at least so odd?
#pragma once

#include <Eigen/Core>
#include <vector>

#include "core/features/model_document.h"

namespace abm {

/// Immutable once fitted. Within the reference p = (1 + #{reference >= s}) / (n + 1), in steps of 1 / (n + 1). Beyond its largest
/// score p falls from 1 / (n + 1) along a generalised Pareto tail fitted to the top 5 % (probability-weighted moments, Hosking
/// and Wallis 1987; Pickands' theorem says why it fits). The shape is kept within 0..0.5: a negative one would end the tail at a
/// finite score and everything beyond would saturate. p is continuous beyond the largest score and never rises with s.
class Calibration {
public:
    static constexpr int kFirmReference = 200;  ///< fewer training scores: everything derived from them is provisional

    /// Throws Error{Invalid} when there are no scores or one is not finite.
    static Calibration fit(const Eigen::VectorXd& training_scores);
    /// Throws Error{Mismatch | Corrupt}.
    static Calibration load(const Json& document);
    Json save() const;

    struct Tail {
        /// In (0, 1]; 1 for NaN: what is not known is no evidence. Never below the least positive float, so that it survives
        /// narrowing.
        double probability = 1;
        /// -log10 p without that floor: still tells apart scores whose p is too small for a number. At most 1e300.
        double surprise = 0;
    };
    Tail tail(double score) const;
    double tail_probability(double score) const { return tail(score).probability; }
    double surprise(double score) const { return tail(score).surprise; }

    bool provisional() const { return reference_.size() < kFirmReference; }
    std::size_t reference_size() const { return reference_.size(); }

private:
    Calibration() = default;
    std::size_t below(double score) const;
    double share_of(std::size_t at_least) const;
    double log_beyond(double score) const;

    void make_table();

    std::vector<double> reference_;  // ascending, not empty
    std::vector<double>
        surprises_;         // by the number of reference scores at or above: a logarithm for each of them, not each record
    double threshold_ = 0;  // the tail starts here
    double shape_ = 0;      // xi, 0..0.5
    double scale_ = 1;      // sigma, > 0
};

}  // namespace abm
