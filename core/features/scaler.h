// Puts columns on one scale for detectors that measure distances. Forests need none.
#pragma once

#include <Eigen/Core>
#include <utility>
#include <vector>

#include "core/data/feature_matrix.h"
#include "core/features/model_document.h"

namespace abm {

enum class Scaling {
    z_score,  ///< (x - mean) / standard deviation
    robust,   ///< (x - median) / (1.4826 MAD): an outlier does not move its own yardstick
};

/// Centre and scale of finite values, {0, 1} of none. The scale of values that are all equal is 1; under `robust` the standard
/// deviation stands in for a MAD of 0.
std::pair<double, double> centre_and_scale(std::vector<double> values, Scaling scaling);

/// Immutable once fitted. Unknown (NaN) and infinite training values are left out; unknown values stay unknown.
class Scaler {
public:
    /// A column that is constant or never known keeps scale 1. Under `robust` a column whose MAD is 0 falls back to its standard
    /// deviation. Throws Error{Invalid} when there are no rows, no columns, or names and columns disagree.
    static Scaler fit(const FeatureMatrix& data, Scaling scaling);
    /// Throws Error{Corrupt | Mismatch}.
    static Scaler load(const Json& document);

    /// [n, d] scaled copy. Throws Error{Mismatch} when the schema is not that of the fit.
    RowMatrix transform(const FeatureMatrix& data) const;
    Json save() const;

    const Eigen::VectorXd& centre() const { return centre_; }
    const Eigen::VectorXd& scale() const { return scale_; }

private:
    Scaler() = default;
    std::string schema_;
    Eigen::VectorXd centre_;  // [d]
    Eigen::VectorXd scale_;   // [d], > 0
};

}  // namespace abm
