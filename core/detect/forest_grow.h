// Growing the trees of an isolation forest.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/progress.h"
#include "core/data/feature_matrix.h"
#include "core/detect/forest_table.h"

namespace abm {

/// [d] median of the known, finite values of each column; 0 for a column without any. From 8,192 evenly spaced rows when there
/// are more: a fill-in for missing values needs no more precision. Throws Error{Invalid} when not one value of the matrix is
/// known.
std::vector<float> column_medians(const RowMatrix& values);

/// The one treatment of what is not a plain number, at fit and at score: NaN becomes the median, the rest is clamped.
inline float plain_value(float value, float median) {
    if (value != value) return median;
    return value > kForestLargest ? kForestLargest : (value < -kForestLargest ? -kForestLargest : value);
}

/// Fills the trees of `table` (padded, sized), each from `sample` rows drawn without replacement. Tree t depends on seed and t
/// only. Throws Error{Cancelled}.
void grow_forest(const RowMatrix& values, const std::vector<float>& medians, int sample, std::uint64_t seed, int threads,
                 const Progress& progress, ForestTable& table);

}  // namespace abm
