// How detectors that measure distances see a table: columns on one scale, and nothing in them that is not a number.
#pragma once

#include <string>
#include <vector>

#include "core/data/feature_matrix.h"
#include "core/features/scaler.h"

namespace abm {

/// Scaled values lie within +-kFarthest: no distance overflows, and no training row without infinities is ever so far out.
inline constexpr float kFarthest = 1e6F;

/// Immutable once fitted. Columns that are constant, or never known, in the training rows are left out: whatever a row holds
/// there says nothing. An unknown value (NaN) counts as the centre of its column (the mean, or the median under `robust`), an
/// infinite one as +-kFarthest.
class ScaledColumns {
public:
    /// detector: as users call it, for messages. Throws Error{Invalid} when there are no rows or columns, more than 4,096
    /// columns, names and columns disagree, or no value is known.
    static ScaledColumns fit(std::string_view detector, const FeatureMatrix& data, Scaling scaling);
    /// Throws Error{Corrupt | Mismatch}.
    static ScaledColumns load(const Json& document);
    Json save() const;

    /// [n, used()]. Throws Error{Mismatch} when the columns are not those of the fit.
    RowMatrix apply(const FeatureMatrix& data) const;
    /// The same for one row, [1, used()].
    RowMatrix apply(const FeatureMatrix& data, Eigen::Index row) const;
    /// [d] from one value for each column in use; 0 for the others.
    Eigen::VectorXd spread(const Eigen::VectorXd& parts) const;

    Eigen::Index used() const { return static_cast<Eigen::Index>(used_.size()); }
    Eigen::Index columns() const { return static_cast<Eigen::Index>(names_.size()); }
    const std::vector<std::string>& names() const { return names_; }

private:
    explicit ScaledColumns(Scaler scaler) : scaler_(std::move(scaler)) {}

    std::vector<std::string> names_;  // [d]
    std::vector<Eigen::Index> used_;  // rising: columns that vary
    Scaler scaler_;
};

}  // namespace abm
