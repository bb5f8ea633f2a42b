// Local Outlier Factor (Breunig, Kriegel, Ng, Sander, SIGMOD 2000): how much sparser a row lies than its neighbours do.
#pragma once

#include <cstdint>

#include "core/detect/detector.h"
#include "core/detect/reference_rows.h"

namespace abm {

struct LofParams {
    std::int64_t k = 20;                      ///< 1..1,000; one less than there are reference rows when that is less
    std::int64_t reference = kReferenceRows;  ///< rows to compare with, drawn from the training rows; 0: all
    std::uint64_t seed = 1;                   ///< equal seeds and data draw equal rows
};

class LofDetector final : public Detector {
public:
    static constexpr std::string_view kKind = "lof";

    /// From {"k":, "reference":, "seed":}, each optional. Throws Error{Invalid}.
    static LofParams params(const Json& params);
    /// Columns are z-scored; scaled_columns.h says what unknown, infinite and constant values count as. Of rows equally near the
    /// first are neighbours: always k, never more. Time O(m^2 d) above 8 varying columns, memory O(m (d + k)).
    /// Throws Error{Invalid} as ReferenceRows::choose does and for a parameter out of its range, Error{Cancelled}.
    static LofDetector fit(const FeatureMatrix& data, const LofParams& params, int threads, const Progress& progress);
    /// Throws Error{Corrupt | Mismatch}.
    static LofDetector load(const Json& document);

    /// Mean density of the k neighbours over the density of the row; about 1 is ordinary. Density = 1 / (mean reachability
    /// distance + 1e-10), so that rows with more than k duplicates have one. A row that equals a reference row bit for bit (once
    /// scaled) has the factor of that row, which is not its own neighbour. 1 for every row when the reference has one row.
    Eigen::VectorXd score(const Dataset& data, int threads, const Progress& progress) const override;
    /// Shares of the squared distances to the k neighbours, scaled to sum to score - 1: the excess over an ordinary row, negative
    /// for rows that lie denser than their neighbours.
    Eigen::VectorXd contributions(const Dataset& data, Eigen::Index row) const override;
    Json save() const override;
    std::int64_t k() const { return k_; }

private:
    explicit LofDetector(ReferenceRows reference) : reference_(std::move(reference)) {}

    double density(std::span<const Neighbour> nearest) const;
    double factor(std::span<const Neighbour> nearest, double own_density) const;
    void fit_densities(int threads, const Progress& progress);

    ReferenceRows reference_;
    std::int64_t k_ = 0;
    std::uint64_t seed_ = 0;         // kept for the record
    std::vector<double> reaches_;    // [m] distance of each reference row to its k-th neighbour
    std::vector<double> densities_;  // [m]
    std::vector<double> factors_;    // [m] their own scores
};

}  // namespace abm
