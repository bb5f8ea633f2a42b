// How alike two rows are: the share of trees that cannot tell them apart, and a little of whether they deviate in the same way.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/data/feature_matrix.h"
#include "core/features/scaler.h"

namespace abm {

/// A row as the kernel sees it.
struct KernelPoint {
    std::vector<std::uint8_t> leaves;  ///< [trees]
    std::vector<float> scaled;         ///< [d] clipped z-scores; unknown is 0: as ordinary as can be
    bool operator==(const KernelPoint&) const = default;
};

/// k(x, y) = leaf_share(x, y) + linear * <x~, y~> / d; a valid kernel, as a sum of two. Immutable.
class ForestKernel {
public:
    /// scaler: of the training rows, [d]. linear >= 0, clip > 0.
    ForestKernel(const Scaler& scaler, double linear, float clip);

    /// [d] row -> out [d].
    void scale(const float* row, float* out) const;
    KernelPoint point(std::vector<std::uint8_t> leaves, std::span<const float> row) const;

    /// Both of one forest.
    static double leaf_share(const KernelPoint& a, const KernelPoint& b);
    double operator()(const KernelPoint& a, const KernelPoint& b) const;

    double linear() const { return linear_; }
    std::size_t columns() const { return centre_.size(); }

private:
    std::vector<float> centre_;    // [d]
    std::vector<float> per_unit_;  // [d] 1 / scale
    double linear_;
    float clip_;
};

}  // namespace abm
