// One-class support vector machine (Schoelkopf et al., Neural Computation 2001) with a Gaussian kernel.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "core/detect/detector.h"
#include "core/detect/fourier_margin.h"
#include "core/detect/support_vectors.h"
#include "core/features/scaler.h"

namespace abm {

struct OneClassParams {
    double nu = 0.5;   ///< above 0, to 1: bounds the share of training rows left outside
    double gamma = 0;  ///< 0: "scale", 1 / (d * variance of the scaled values), as scikit-learn has it; to 1e6
    int exact_rows = SupportVectors::kMostRows;  ///< 0..10,000: more rows are fitted by random Fourier features
    int frequencies = 256;                       ///< of these, 1..4,096
    std::uint64_t seed = 1;                      ///< of these; the exact machine needs none
};

/// From {"nu":, "gamma": number or "scale", "exact_rows":, "frequencies":, "seed":}, each optional. Throws Error{Invalid} naming
/// the unknown or impossible member.
OneClassParams one_class_params(const Json& params);

class OneClassSvm final : public Detector {
public:
    static constexpr std::string_view kKind = "ocsvm";

    /// data [n, d]: columns are z-scored here; NaN becomes the column's mean, infinity 1,000 deviations.
    /// Up to exact_rows rows exact (libsvm: seconds at 10,000 rows, not to be interrupted), above in about half a second whatever
    /// n is. One thread. Throws Error{Invalid} when there are no rows or columns, names and columns disagree, no value is known,
    /// or a parameter is out of its range; Error{Cancelled} at a checkpoint.
    static OneClassSvm fit(const FeatureMatrix& data, const OneClassParams& params, const Progress& progress);
    /// Throws Error{Mismatch} for another kind or a newer format, Error{Corrupt} for anything damaged.
    static OneClassSvm load(const Json& document);

    /// rho - <w, phi(x)>: above 0 is outside of the learned region. O(n d m), m support vectors or frequencies.
    Eigen::VectorXd score(const Dataset& data, int threads, const Progress& progress) const override;
    /// Integrated gradients (Sundararajan et al. 2017) on the way from the mean of all columns to the row: sums to score(row) -
    /// score(mean). What 64 points of the way miss is shared in proportion to the size of the parts.
    Eigen::VectorXd contributions(const Dataset& data, Eigen::Index row) const override;
    Json save() const override;

    const std::vector<std::string>& names() const { return names_; }
    /// Of the mean of all columns: where contributions begin.
    double score_of_mean() const;
    bool exact() const { return std::holds_alternative<SupportVectors>(margin_); }
    double gamma() const;

private:
    using Margin = std::variant<SupportVectors, FourierMargin>;
    OneClassSvm(std::vector<std::string> names, Scaler scaler, Margin margin)
        : names_(std::move(names)), scaler_(std::move(scaler)), margin_(std::move(margin)) {}
    void require_schema(const FeatureMatrix& data) const;
    double score_of(const float* scaled) const;
    Eigen::VectorXd gradient(const Eigen::VectorXd& point) const;

    std::vector<std::string> names_;  // [d]
    Scaler scaler_;
    Margin margin_;
};

}  // namespace abm
