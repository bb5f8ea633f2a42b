// DBSCAN (Ester, Kriegel, Sander, Xu, KDD 1996): what lies in no dense region is noise; odder the farther from one.
#pragma once

#include <cstdint>
#include <vector>

#include "core/detect/detector.h"
#include "core/detect/reference_rows.h"

namespace abm {

struct DbscanParams {
    double eps = 0;                           ///< in standard deviations; 0: chosen by fit()
    std::int64_t min_samples = 5;             ///< 1..1,000 rows within eps, itself among them, make a row a core point
    std::int64_t reference = kReferenceRows;  ///< rows clusters are found in, drawn from the training rows; 0: all
    std::uint64_t seed = 1;                   ///< equal seeds and data draw equal rows
};

class DbscanDetector final : public Detector {
public:
    static constexpr std::string_view kKind = "dbscan";
    static constexpr int kNoise = -1;

    /// From {"eps":, "min_samples":, "reference":, "seed":}, each optional. Throws Error{Invalid}.
    static DbscanParams params(const Json& params);
    /// Columns are z-scored; scaled_columns.h says what unknown, infinite and constant values count as. Without eps it is the
    /// distance that nine rows of ten have at most to their (min_samples - 1)-th neighbour: those nine are core points. When
    /// there are fewer rows than min_samples, all of them together are enough. Time O(m^2 d) above 8 varying columns. Throws
    /// Error{Invalid} as ReferenceRows::choose does, for a parameter out of its range, and when eps leaves no core point;
    /// Error{Cancelled}.
    static DbscanDetector fit(const FeatureMatrix& data, const DbscanParams& params, int threads, const Progress& progress);
    /// Throws Error{Corrupt | Mismatch}.
    static DbscanDetector load(const Json& document);

    /// Distance to the nearest core point, in standard deviations: 0 for core points themselves, at most eps in a cluster.
    Eigen::VectorXd score(const Dataset& data, int threads, const Progress& progress) const override;
    /// Shares of the squared distance to the nearest core point; they sum to the distance, the score.
    Eigen::VectorXd contributions(const Dataset& data, Eigen::Index row) const override;
    Json save() const override;

    /// [n] for each row the lowest number of a cluster with a core point within eps, or kNoise. For the training rows, with all
    /// of them as reference, these are the labels of the clustering itself. Clusters are numbered from 0 by their first row.
    /// Throws Error{Mismatch | Cancelled}.
    std::vector<int> labels(const Dataset& data, int threads, const Progress& progress) const;
    double eps() const { return eps_; }
    int clusters() const;

private:
    DbscanDetector(ReferenceRows core, double eps) : core_(std::move(core)), eps_(eps) {}
    void find_clusters(int threads, const Progress& progress);

    ReferenceRows core_;  // the core points alone
    double eps_;
    std::int64_t min_samples_ = 0;  // kept for the record,
    std::uint64_t seed_ = 0;        // and this
    std::vector<int> cluster_of_;   // [core points]
};

}  // namespace abm
