// Where every row ends in every tree of a forest: what two rows share is how alike the forest finds them.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/progress.h"
#include "core/detect/isolation_forest.h"

namespace abm {

/// Trees outside: a pass over all rows reads it front to back while the table of one tree stays in the first-level cache.
struct LeafIds {
    std::size_t trees = 0;
    std::size_t rows = 0;
    std::vector<std::uint8_t> slots;  ///< [trees, rows]: slot of the leaf, equal if and only if the leaf is the same

    const std::uint8_t* of_tree(std::size_t tree) const { return slots.data() + tree * rows; }
    std::uint8_t at(std::size_t tree, std::size_t row) const { return slots[tree * rows + row]; }
    std::vector<std::uint8_t> of_row(std::size_t row) const;  ///< [trees]
};

/// Unknown and infinite values are treated as score() treats them. The same for any number of threads; memory: trees * rows
/// bytes. Throws Error{Mismatch} for another schema, Error{Cancelled}.
LeafIds leaf_ids(const IsolationForest& forest, const FeatureMatrix& data, int threads, const Progress& progress);

}  // namespace abm
