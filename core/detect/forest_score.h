// The hot loop: path lengths of many rows.
#pragma once

#include <vector>

#include "core/base/progress.h"
#include "core/data/feature_matrix.h"
#include "core/detect/forest_table.h"

namespace abm {

/// [n] mean path length of each row over the trees. medians: [d], d = columns of values.
/// Throws Error{Cancelled}.
Eigen::VectorXd mean_paths(const ForestTable& table, const std::vector<float>& medians, const RowMatrix& values, int threads,
                           const Progress& progress);

}  // namespace abm
