// What the models see.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace abm {

using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct FeatureMatrix {
    RowMatrix values;                ///< [n, d]; NaN: unknown
    std::vector<std::string> names;  ///< [d], unit in the name: "pin_to_host_s"

    Eigen::Index rows() const { return values.rows(); }
    Eigen::Index columns() const { return values.cols(); }
    /// Hash of the names in order; a model refuses a matrix of another schema.
    std::uint64_t schema() const;
};

/// Every so many rows, evenly spaced, are at most `most` of them. most: at least 1.
inline Eigen::Index even_stride(Eigen::Index rows, Eigen::Index most) {
    return std::max<Eigen::Index>(1, (rows + most - 1) / most);
}

}  // namespace abm
