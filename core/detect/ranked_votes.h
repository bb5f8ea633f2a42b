// A classifier on the scale of the margin it is blended with: what counts is its order, not its own numbers.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "core/detect/label_forest.h"

namespace abm {

/// A share of votes becomes the margin that stands at the same rank among the reference rows: two orders of one scale can be
/// averaged, and a row's value depends on nothing but the row. Immutable once fitted.
class RankedVotes {
public:
    static constexpr std::int64_t kLeastOfEach = 10;  ///< labels of each class

    /// rows, anomaly: what LabelForest::fit takes; reference: [r, c] rows of the list, with their margins [r], r > 0.
    /// Throws as LabelForest::fit.
    static RankedVotes fit(const RowMatrix& rows, const std::vector<bool>& anomaly, const RowMatrix& reference,
                           const Eigen::VectorXd& margins, std::uint64_t seed, int threads, const Progress& progress);
    /// Throws Error{Corrupt}.
    static RankedVotes load(const Json& document, Eigen::Index columns);
    Json save() const;

    /// [n] rows: [n, c].
    Eigen::VectorXd margins(const RowMatrix& rows, int threads, const Progress& progress) const;

private:
    RankedVotes(LabelForest votes) : votes_(std::move(votes)) {}
    double margin_of(double share) const;

    LabelForest votes_;
    // Knots, linear between them, constant beyond. Shares rise strictly, margins rise.
    std::vector<double> shares_;
    std::vector<double> margins_;
};

}  // namespace abm
