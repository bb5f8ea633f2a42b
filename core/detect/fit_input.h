// What every detector asks of the rows it is fitted on.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/data/feature_matrix.h"

namespace abm {

/// Throws Error{Invalid}: "A forest cannot be fitted: there are no rows." detector: with its article, at the head of a sentence.
inline void require_fit(bool holds, std::string_view detector, const std::string& problem) {
    if (!holds) throw Error(ErrorCode::Invalid, fmt::format("{} cannot be fitted: {}", detector, problem));
}

/// Rows, columns and a name for each; of the values nothing is asked.
inline void require_table(std::string_view detector, const FeatureMatrix& data, Eigen::Index most_columns) {
    require_fit(data.rows() > 0, detector, "there are no rows.");
    require_fit(data.columns() > 0, detector, "there are no features.");
    require_fit(static_cast<Eigen::Index>(data.names.size()) == data.columns(), detector,
                fmt::format("{} names for {} columns.", data.names.size(), data.columns()));
    require_fit(data.columns() <= most_columns, detector,
                fmt::format("{} features, at most {} are possible.", data.columns(), most_columns));
}

}  // namespace abm
