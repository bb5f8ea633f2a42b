#include "core/detect/forest_kernel.h"

#include <algorithm>
#include <cassert>

#include "core/detect/steady_dot.h"

namespace abm {

ForestKernel::ForestKernel(const Scaler& scaler, double linear, float clip) : linear_(linear), clip_(clip) {
    assert(linear >= 0 && clip > 0);
    for (const double centre : scaler.centre()) centre_.push_back(static_cast<float>(centre));
    for (const double scale : scaler.scale()) per_unit_.push_back(static_cast<float>(1.0 / scale));
}

void ForestKernel::scale(const float* row, float* out) const {
    for (std::size_t feature = 0; feature < centre_.size(); ++feature) {
        const float z = (row[feature] - centre_[feature]) * per_unit_[feature];
        out[feature] = z != z ? 0.0F : std::min(std::max(z, -clip_), clip_);
    }
}

KernelPoint ForestKernel::point(std::vector<std::uint8_t> leaves, std::span<const float> row) const {
    assert(row.size() == columns());
    KernelPoint point{std::move(leaves), std::vector<float>(columns())};
    scale(row.data(), point.scaled.data());
    return point;
}

double ForestKernel::leaf_share(const KernelPoint& a, const KernelPoint& b) {
    assert(a.leaves.size() == b.leaves.size());
    int same = 0;
    for (std::size_t tree = 0; tree < a.leaves.size(); ++tree) same += static_cast<int>(a.leaves[tree] == b.leaves[tree]);
    return static_cast<double>(same) / static_cast<double>(a.leaves.size());
}

double ForestKernel::operator()(const KernelPoint& a, const KernelPoint& b) const {
    const double dot = steady_dot(a.scaled.data(), b.scaled.data(), columns());
    return leaf_share(a, b) + linear_ * dot / static_cast<double>(columns());
}

}  // namespace abm
