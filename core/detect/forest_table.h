// How the trees of a forest lie in memory: complete heaps of fixed depth, so that scoring has no branch to mispredict.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace abm {

inline constexpr int kForestDepth = 8;
inline constexpr std::size_t kForestNodes = 256;  ///< slots for splits per tree: the root is 1, children of i are 2i and 2i + 1
inline constexpr std::size_t kForestLeaves = 256;
inline constexpr int kForestLanes = 8;          ///< rows walked down a tree together
inline constexpr float kForestLargest = 1e30F;  ///< values are clamped to +- this: sums of them stay finite in double

/// Right when value >= threshold. The threshold of a padded slot, below an early leaf, is +inf: always left.
struct ForestSplit {
    std::int32_t lane_offset = 0;  ///< feature * kForestLanes: where the feature lies in an interleaved group of rows
    float threshold = 0;
};

/// One feature of a hyperplane split: sum of weight * value.
struct ForestTerm {
    std::int32_t feature = 0;
    float weight = 0;
};

struct ForestTable {
    int trees = 0;
    int terms_per_split = 1;           ///< 1: axis-parallel, `terms` is empty
    std::vector<ForestSplit> splits;   ///< [trees, kForestNodes]
    std::vector<ForestTerm> terms;     ///< [trees, kForestNodes, terms_per_split]
    std::vector<std::uint32_t> sizes;  ///< [trees, 2 * kForestNodes] training rows in a node; 0: there is none
    std::vector<float> leaves;         ///< [trees, kForestLeaves] path length: depth + c(size)

    /// Empty trees of padded slots. Size them once, then fill every tree.
    static ForestTable padded(int trees, int terms_per_split);

    std::span<ForestTerm> terms_of(std::size_t tree, std::size_t node);
    std::span<const ForestTerm> terms_of(std::size_t tree, std::size_t node) const;
    std::uint32_t size_of(std::size_t tree, std::size_t node) const { return sizes[tree * 2 * kForestNodes + node]; }
    bool is_leaf(std::size_t tree, std::size_t node) const { return node >= kForestNodes || size_of(tree, 2 * node) == 0; }
    /// Marks a node as a leaf: every slot it covers on the lowest level gets its path length.
    void set_leaf(std::size_t tree, std::size_t node, std::uint32_t size);
    /// The value a split compares: the feature, or the hyperplane's sum. values: [d], finite.
    float projection(std::size_t tree, std::size_t node, const float* values) const;
};

inline constexpr int kForestMostTrees = 10'000;
inline constexpr int kForestMostSample = 65'536;
inline constexpr int kForestMostFeatures = 1'000'000;
/// Whether the hyperplanes of so many trees stay within half a gigabyte.
bool forest_fits(std::int64_t trees, std::int64_t terms_per_split);

/// Mean path length of an unsuccessful search in a binary tree of `size` rows (Liu 2008, equation 1): c(0) = c(1) = 0, c(2) = 1.
double average_path(double size);

}  // namespace abm
