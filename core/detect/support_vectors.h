// The exact one-class support vector machine, solved by libsvm's SMO.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "core/data/feature_matrix.h"
#include "core/features/model_document.h"

namespace abm {

/// Scaled values are cut to +- so many deviations: the kernel of such a distance is 0 whatever else a row holds.
inline constexpr float kFarthestScaled = 1'000;

/// s(x) = rho - sum of a_i exp(-gamma |x - v_i|^2), the weights a_i > 0 summing to 1: above 0 is outside of the learned region.
/// Immutable once fitted.
class SupportVectors {
public:
    /// More rows are refused by the caller: time and kernel evaluations grow with their square.
    static constexpr int kMostRows = 10'000;

    /// rows: [n, d] scaled, finite; n 1..kMostRows. 0 < nu <= 1, gamma > 0. Takes seconds at 10,000 rows and cannot be
    /// interrupted: libsvm has no way to stop. Deterministic, one thread, at most 200 MB. Throws Error{Invalid} with libsvm's
    /// word.
    static SupportVectors fit(const RowMatrix& rows, double nu, double gamma);
    /// Throws Error{Corrupt}.
    static SupportVectors load(const Json& document, Eigen::Index columns);
    Json save() const;

    /// row: [d] scaled. The same bits wherever the row stands.
    double score(const float* row) const;
    /// [d] how the score grows with each feature at a point.
    Eigen::VectorXd gradient(const Eigen::VectorXd& point) const;
    double gamma() const { return gamma_; }
    Eigen::Index columns() const { return vectors_.rows(); }

private:
    void place(Eigen::Index columns, const std::vector<double>& weights);
    /// [padded] weight_i k(x, v_i) at a point.
    Eigen::ArrayXd terms(const Eigen::VectorXd& point) const;

    double gamma_ = 1;
    double rho_ = 0;
    Eigen::Index count_ = 0;
    // Feature after feature, padded with vectors of weight 0: distances grow a feature at a time, many vectors side by side.
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> vectors_;  // [d, padded]
    Eigen::ArrayXd weights_;                                                          // [padded]
};

}  // namespace abm
