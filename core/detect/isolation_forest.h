// Isolation Forest (Liu, Ting, Zhou, ICDM 2008), with the hyperplane splits of Hariri et al. (IEEE TKDE 2019) as an option.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/detect/detector.h"
#include "core/detect/forest_table.h"

namespace abm {

struct ForestParams {
    int trees = 100;         ///< 1..10,000
    int sample = 256;        ///< rows a tree is grown from, 2..65,536; all rows when there are fewer
    int extension = 0;       ///< further features in each split: 0 is axis-parallel, d - 1 the fully extended forest
    std::uint64_t seed = 1;  ///< equal seeds and data give bit-equal forests
};

/// From {"trees":, "sample":, "extension":, "seed":}, each optional. Throws Error{Invalid} naming the unknown or impossible
/// member.
ForestParams forest_params(const Json& params);

class IsolationForest final : public Detector {
public:
    static constexpr std::string_view kKind = "iforest";

    /// data [n, d]: NaN is replaced by the column's training median, infinity by +-1e30. Constant columns are never split on.
    /// Time O(trees * sample * depth), depth <= 8, whatever n is.
    /// Throws Error{Invalid} when there are no rows or columns, names and columns disagree, no value is known, or a parameter is
    /// out of its range (extension > d - 1 included), Error{Cancelled} at a checkpoint.
    static IsolationForest fit(const FeatureMatrix& data, const ForestParams& params, int threads, const Progress& progress);
    /// Throws Error{Mismatch} for another kind or a newer format, Error{Corrupt} for anything damaged.
    static IsolationForest load(const Json& document);

    /// 2^(-E[h] / c(psi)): about 0.5 is ordinary, towards 1 is easily isolated. 0.5 for every row of a forest grown from one row.
    /// A value beyond all training values counts like the most extreme of them: splits lie within the training range.
    Eigen::VectorXd score(const Dataset& data, int threads, const Progress& progress) const override;
    /// Each step of a path says how much sooner or later than expected its split isolates the row: 1 + c(child) - c(node),
    /// averaged over the trees and turned round. Sums to margin_of(score(row)). Hyperplane steps are shared by |weight * (value -
    /// median)|.
    Eigen::VectorXd contributions(std::span<const float> row) const;
    Eigen::VectorXd contributions(const Dataset& data, Eigen::Index row) const override;
    Json save() const override;

    /// c(psi) - E[h]: the raw margin behind a score, in steps of a path.
    double margin_of(double score) const;
    const std::vector<std::string>& names() const { return names_; }

    /// Throws Error{Mismatch} unless the columns are those of the fit.
    void require_schema(const FeatureMatrix& data) const;
    const ForestTable& table() const { return table_; }
    const std::vector<float>& medians() const { return medians_; }  ///< [d]: what stands for an unknown value

private:
    IsolationForest() = default;

    std::vector<std::string> names_;  // [d]
    std::string schema_;              // hash of names_
    std::vector<float> medians_;      // [d] of the training rows
    int sample_ = 0;                  // psi: rows each tree was really grown from
    std::uint64_t seed_ = 0;          // kept for the record
    ForestTable table_;
};

}  // namespace abm
