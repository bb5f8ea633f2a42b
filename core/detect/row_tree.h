// A k-d tree over the rows of a table (nanoflann), for tables of few columns.
#pragma once

#include <memory>
#include <vector>

#include "core/data/feature_matrix.h"
#include "core/detect/nearest_list.h"

namespace abm {

class RowTree {
public:
    /// rows: [m, d], m and d at least 1, finite; must outlive the tree.
    explicit RowTree(const RowMatrix& rows);
    ~RowTree();
    RowTree(const RowTree&) = delete;
    RowTree& operator=(const RowTree&) = delete;

    /// Offers every row that can be among the nearest of query [d]. Squares are those of steady_distance.h.
    void nearest(const float* query, NearestList& list) const;
    /// Every row with a square not above the given one, in no order.
    std::vector<std::int32_t> within(const float* query, double square) const;

private:
    struct Tree;
    std::unique_ptr<Tree> tree_;
};

}  // namespace abm
