#include "core/detect/forest_table.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

namespace abm {

ForestTable ForestTable::padded(int trees, int terms_per_split) {
    const auto count = static_cast<std::size_t>(trees);
    ForestTable table;
    table.trees = trees;
    table.terms_per_split = terms_per_split;
    table.splits.assign(count * kForestNodes, {0, std::numeric_limits<float>::infinity()});
    if (terms_per_split > 1) table.terms.assign(count * kForestNodes * static_cast<std::size_t>(terms_per_split), {});
    table.sizes.assign(count * 2 * kForestNodes, 0);
    table.leaves.assign(count * kForestLeaves, 0.0F);
    return table;
}

std::span<ForestTerm> ForestTable::terms_of(std::size_t tree, std::size_t node) {
    const auto each = static_cast<std::size_t>(terms_per_split);
    return {terms.data() + (tree * kForestNodes + node) * each, each};
}

std::span<const ForestTerm> ForestTable::terms_of(std::size_t tree, std::size_t node) const {
    const auto each = static_cast<std::size_t>(terms_per_split);
    return {terms.data() + (tree * kForestNodes + node) * each, each};
}

void ForestTable::set_leaf(std::size_t tree, std::size_t node, std::uint32_t size) {
    sizes[tree * 2 * kForestNodes + node] = size;
    const int depth = static_cast<int>(std::bit_width(node)) - 1;
    const auto path = static_cast<float>(depth + average_path(size));
    const std::size_t first = node << static_cast<unsigned>(kForestDepth - depth);
    const std::size_t covered = std::size_t{1} << static_cast<unsigned>(kForestDepth - depth);
    std::fill_n(leaves.begin() + static_cast<std::ptrdiff_t>(tree * kForestLeaves + first - kForestNodes), covered, path);
}

float ForestTable::projection(std::size_t tree, std::size_t node, const float* values) const {
    if (terms_per_split == 1) return values[splits[tree * kForestNodes + node].lane_offset / kForestLanes];
    double sum = 0;
    for (const ForestTerm& term : terms_of(tree, node)) sum += static_cast<double>(term.weight) * values[term.feature];
    constexpr double kMost = std::numeric_limits<float>::max();
    return static_cast<float>(std::clamp(sum, -kMost, kMost));
}

bool forest_fits(std::int64_t trees, std::int64_t terms_per_split) {
    constexpr std::int64_t kMostTerms = std::int64_t{1} << 26;  // half a gigabyte
    return terms_per_split == 1 || trees * terms_per_split * static_cast<std::int64_t>(kForestNodes) <= kMostTerms;
}

double average_path(double size) {
    if (size <= 1) return 0;
    if (size <= 2) return 1;
    return 2.0 * (std::log(size - 1.0) + std::numbers::egamma) - 2.0 * (size - 1.0) / size;
}

}  // namespace abm
