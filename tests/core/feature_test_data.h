// Small tables for the tests of features, detectors and calibration.
#pragma once

#include <fmt/format.h>

#include <limits>
#include <random>

#include "core/data/feature_matrix.h"

namespace abm::test {

inline constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
inline constexpr float kInfinity = std::numeric_limits<float>::infinity();

/// n x d of a standard normal; column names f0, f1, ...
inline FeatureMatrix normal_table(Eigen::Index rows, Eigen::Index columns, unsigned seed = 7) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    FeatureMatrix data;
    data.values.resize(rows, columns);
    for (float& value : data.values.reshaped()) value = normal(random);
    for (Eigen::Index column = 0; column < columns; ++column) data.names.push_back(fmt::format("f{}", column));
    return data;
}

}  // namespace abm::test
