// k nearest neighbours (Ramaswamy, Rastogi, Shim, SIGMOD 2000): a row is as odd as its k-th nearest row of the reference is far.
#pragma once

#include <cstdint>

#include "core/detect/detector.h"
#include "core/detect/reference_rows.h"

namespace abm {

struct KnnParams {
    std::int64_t k = 5;                       ///< 1..1,000; one less than there are reference rows when that is less
    std::int64_t reference = kReferenceRows;  ///< rows to compare with, drawn from the training rows; 0: all
    std::uint64_t seed = 1;                   ///< equal seeds and data draw equal rows
};

class KnnDetector final : public Detector {
public:
    static constexpr std::string_view kKind = "knn";

    /// From {"k":, "reference":, "seed":}, each optional. Throws Error{Invalid}.
    static KnnParams params(const Json& params);
    /// Columns are z-scored; scaled_columns.h says what unknown, infinite and constant values count as. Throws Error{Invalid} as
    /// ReferenceRows::choose does, and for a parameter out of its range.
    static KnnDetector fit(const FeatureMatrix& data, const KnnParams& params, const Progress& progress);
    /// Throws Error{Corrupt | Mismatch}.
    static KnnDetector load(const Json& document);

    /// Distance to the k-th neighbour, in standard deviations. A row that equals a reference row bit for bit (once scaled) is not
    /// its own neighbour, whether or not it is that very row: training rows are scored as if left out. 0 for every row when the
    /// reference has one row. Time O(n m d) above 8 varying columns.
    Eigen::VectorXd score(const Dataset& data, int threads, const Progress& progress) const override;
    /// Shares of the squared distance to the k-th neighbour; they sum to the distance, the score.
    Eigen::VectorXd contributions(const Dataset& data, Eigen::Index row) const override;
    Json save() const override;
    std::int64_t k() const { return k_; }

private:
    KnnDetector(ReferenceRows reference, std::int64_t k, std::uint64_t seed)
        : reference_(std::move(reference)), k_(k), seed_(seed) {}

    ReferenceRows reference_;
    std::int64_t k_;
    std::uint64_t seed_;  // kept for the record
};

}  // namespace abm
