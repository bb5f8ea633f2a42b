// The one-class support vector machine for many rows: random Fourier features (Rahimi, Recht 2007) and stochastic subgradients.
#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "core/base/progress.h"
#include "core/data/feature_matrix.h"
#include "core/features/model_document.h"

namespace abm {

/// s(x) = rho - <w, phi(x)>, phi the cosines and sines of m random projections: <phi(x), phi(y)> is about exp(-gamma |x - y|^2),
/// within about 1 / sqrt(m). Projections are orthogonal in blocks of d (Yu et al. 2016), which halves that error where d is small
/// against m. Immutable once fitted.
class FourierMargin {
public:
    /// rows: [n, d] scaled, finite. 0 < nu <= 1, gamma > 0, frequencies m 1..kMostFrequencies. Visits 131,072 rows in an order
    /// drawn from the seed, the time does not depend on n; averages the second half of its way. One thread.
    /// Throws Error{Cancelled}.
    static FourierMargin fit(const RowMatrix& rows, double nu, double gamma, int frequencies, std::uint64_t seed,
                             const Progress& progress);
    /// Throws Error{Corrupt}.
    static FourierMargin load(const Json& document, Eigen::Index columns);
    Json save() const;

    static constexpr int kMostFrequencies = 4'096;

    /// row: [d] scaled. The same bits wherever the row stands.
    double score(const float* row) const;
    /// [d] how the score grows with each feature at a point.
    Eigen::VectorXd gradient(const Eigen::VectorXd& point) const;
    double gamma() const { return gamma_; }
    Eigen::Index columns() const { return projections_.rows(); }

private:
    class Descent;
    Eigen::Index frequencies() const { return projections_.cols(); }
    /// -> out [2 m]: cosines, then sines, each / sqrt(m).
    void features(const float* row, Eigen::VectorXf& out) const;

    double gamma_ = 1;
    double rho_ = 0;
    RowMatrix projections_;    // [d, m]
    Eigen::VectorXf weights_;  // [2 m]
};

}  // namespace abm
