// The hot loop of a forest: many rows down every tree. What is done at the leaves is the visitor's business.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "core/data/feature_matrix.h"
#include "core/detect/forest_grow.h"
#include "core/detect/forest_table.h"

namespace abm {

// Trees outside, rows inside: the 3 KB of a tree stay in the first-level cache while 64 rows pass, and eight independent walks
// hide each other's load latency. Measured at 5 to 11 ns a row and tree; vector gathers were no better.
inline constexpr int kForestGroups = 8;
inline constexpr int kForestBlockRows = kForestGroups * kForestLanes;
inline constexpr Eigen::Index kForestRowsPerTask = 16 * kForestBlockRows;

/// Slot of the leaf, 0..255, each row of a group ended in. An early leaf has one slot too: its padded splits go always left.
using LeafSlots = std::array<std::uint32_t, kForestLanes>;

/// Lays rows [begin, end) out as groups of eight: [group][feature][lane]. Lanes beyond the end hold zeros.
inline void interleave_rows(const RowMatrix& values, const std::vector<float>& medians, Eigen::Index begin, Eigen::Index end,
                            std::vector<float>& lanes) {
    const auto d = static_cast<std::size_t>(values.cols());
    std::fill(lanes.begin(), lanes.end(), 0.0F);
    for (Eigen::Index row = begin; row < end; ++row) {
        const float* from = values.data() + row * values.cols();
        const auto slot = static_cast<std::size_t>(row - begin);
        float* to = lanes.data() + slot / kForestLanes * d * kForestLanes + slot % kForestLanes;
        for (std::size_t feature = 0; feature < d; ++feature)
            to[feature * kForestLanes] = plain_value(from[feature], medians[feature]);
    }
}

inline LeafSlots walk_group(const ForestSplit* tree, const float* group) {
    LeafSlots at;
    at.fill(1);
    for (int level = 0; level < kForestDepth; ++level) {
        for (std::size_t lane = 0; lane < kForestLanes; ++lane) {
            const ForestSplit& split = tree[at[lane]];
            const float value = group[static_cast<std::size_t>(split.lane_offset) + lane];
            at[lane] = 2 * at[lane] + static_cast<std::uint32_t>(value >= split.threshold);
        }
    }
    for (std::uint32_t& slot : at) slot -= static_cast<std::uint32_t>(kForestNodes);
    return at;
}

inline std::uint32_t walk_hyperplanes(const ForestTable& table, std::size_t tree, const float* plain) {
    std::size_t at = 1;
    while (!table.is_leaf(tree, at)) {
        const float threshold = table.splits[tree * kForestNodes + at].threshold;
        at = 2 * at + static_cast<std::size_t>(table.projection(tree, at, plain) >= threshold);
    }
    while (at < kForestNodes) at *= 2;
    return static_cast<std::uint32_t>(at - kForestNodes);
}

/// Calls visitor.start(first, last) for blocks of at most kForestBlockRows rows, then visitor.take(tree, group, slots) for every
/// tree, ascending, and every group of eight in the block, then visitor.finish(). Lanes beyond the last row hold some slot.
template <class Visitor>
void walk_forest(const ForestTable& table, const std::vector<float>& medians, const RowMatrix& values, Eigen::Index begin,
                 Eigen::Index end, Visitor& visitor) {
    const auto trees = static_cast<std::size_t>(table.trees);
    if (table.terms_per_split > 1) {
        std::vector<float> plain(medians.size());
        for (Eigen::Index row = begin; row < end; ++row) {
            for (std::size_t feature = 0; feature < plain.size(); ++feature)
                plain[feature] = plain_value(values(row, static_cast<Eigen::Index>(feature)), medians[feature]);
            visitor.start(row, row + 1);
            for (std::size_t tree = 0; tree < trees; ++tree)
                visitor.take(tree, 0, LeafSlots{walk_hyperplanes(table, tree, plain.data())});
            visitor.finish();
        }
        return;
    }
    const std::size_t stride = static_cast<std::size_t>(values.cols()) * kForestLanes;
    std::vector<float> lanes(stride * kForestGroups);
    for (Eigen::Index first = begin; first < end; first += kForestBlockRows) {
        const Eigen::Index last = std::min(first + kForestBlockRows, end);
        const auto groups = static_cast<std::size_t>((last - first + kForestLanes - 1) / kForestLanes);
        interleave_rows(values, medians, first, last, lanes);
        visitor.start(first, last);
        for (std::size_t tree = 0; tree < trees; ++tree) {
            const ForestSplit* splits = table.splits.data() + tree * kForestNodes;
            for (std::size_t group = 0; group < groups; ++group)
                visitor.take(tree, group, walk_group(splits, lanes.data() + group * stride));
        }
        visitor.finish();
    }
}

}  // namespace abm
