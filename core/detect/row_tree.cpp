#include "core/detect/row_tree.h"

#include <nanoflann.hpp>

#include "core/detect/steady_distance.h"

namespace abm {
namespace {

/// A branch is passed over by a bound that is a sum of its own; its last bits must not cost a row that is equally near.
double with_slack(double square) { return square * (1 + 1e-12) + 1e-300; }

struct Rows {
    const RowMatrix& values;
    std::size_t kdtree_get_point_count() const { return static_cast<std::size_t>(values.rows()); }
    float kdtree_get_pt(std::size_t row, std::size_t column) const {
        return values(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column));
    }
    template <class Box>
    bool kdtree_get_bbox(Box&) const {
        return false;
    }
};

struct SteadyMetric {
    using ElementType = float;
    using DistanceType = double;
    explicit SteadyMetric(const Rows& rows) : rows_(rows) {}
    double evalMetric(const float* query, std::uint32_t row, std::size_t count) const {
        return steady_square_distance(query, rows_.values.row(row).data(), count);
    }
    double accum_dist(double a, double b, std::size_t) const { return (a - b) * (a - b); }

private:
    const Rows& rows_;
};

struct NearestResult {
    using DistanceType = double;
    NearestList& list;
    double worstDist() const { return with_slack(list.worst()); }
    bool full() const { return list.full(); }
    bool addPoint(double square, std::uint32_t row) const {
        list.add(square, static_cast<std::int32_t>(row));
        return true;
    }
};

struct WithinResult {
    using DistanceType = double;
    double square;
    std::vector<std::int32_t>& rows;
    double worstDist() const { return with_slack(square); }
    bool full() const { return true; }
    bool addPoint(double found, std::uint32_t row) const {
        if (found <= square) rows.push_back(static_cast<std::int32_t>(row));
        return true;
    }
};

}  // namespace

struct RowTree::Tree {
    using Index = nanoflann::KDTreeSingleIndexAdaptor<SteadyMetric, Rows, -1, std::uint32_t>;
    explicit Tree(const RowMatrix& values)
        : rows{values}, index(static_cast<int>(values.cols()), rows, nanoflann::KDTreeSingleIndexAdaptorParams(kLeafRows)) {}
    static constexpr std::size_t kLeafRows = 16;
    Rows rows;
    Index index;
};

RowTree::RowTree(const RowMatrix& rows) : tree_(std::make_unique<Tree>(rows)) {}
RowTree::~RowTree() = default;

void RowTree::nearest(const float* query, NearestList& list) const {
    NearestResult result{list};
    tree_->index.findNeighbors(result, query, nanoflann::SearchParams());
}

std::vector<std::int32_t> RowTree::within(const float* query, double square) const {
    std::vector<std::int32_t> rows;
    WithinResult result{square, rows};
    tree_->index.findNeighbors(result, query, nanoflann::SearchParams());
    return rows;
}

}  // namespace abm
