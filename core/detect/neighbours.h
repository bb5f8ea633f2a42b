// Exact nearest rows of a reference table: a k-d tree up to 8 columns, a scan of all rows above, where trees no longer help.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/data/feature_matrix.h"
#include "core/detect/nearest_list.h"

namespace abm {

class RowTiles;
class RowTree;

/// Immutable, thread-safe. Squares are those of steady_distance.h whichever way is taken: results are bit-identical for both, for
/// any number of threads and for the instructions of any machine.
class Neighbours {
public:
    enum class Search { automatic, tree, scan };
    static constexpr Eigen::Index kMostTreeColumns = 8;

    /// rows: [m, d], finite, m > 0; a table without columns is scanned, every row 0 away.
    explicit Neighbours(RowMatrix rows, Search search = Search::automatic);
    ~Neighbours();
    Neighbours(Neighbours&&) = delete;

    /// Calls visit once for each query with its `each` nearest rows, nearest first, of equally near rows the first; from several
    /// threads. queries: [n, d], finite. skipped: empty, or for each query the row that is never its neighbour (itself), kNoRow
    /// for none. each: at most m, and at most m - 1 where a row is skipped. Time O(n m d) by scan. Throws Error{Cancelled}.
    using VisitNearest = std::function<void(Eigen::Index query, std::span<const Neighbour> nearest)>;
    void nearest(const RowMatrix& queries, std::size_t each, std::span<const std::int32_t> skipped, int threads,
                 const Progress& progress, const VisitNearest& visit) const;

    /// Calls visit once for each query with all rows whose square is not above the given one, in no order, from several threads.
    /// Throws Error{Cancelled}.
    using VisitWithin = std::function<void(Eigen::Index query, std::span<const std::int32_t> rows)>;
    void within(const RowMatrix& queries, double square, int threads, const Progress& progress, const VisitWithin& visit) const;

    const RowMatrix& rows() const { return rows_; }

private:
    void scan_nearest(const RowMatrix& queries, Eigen::Index begin, std::span<NearestList> lists) const;
    void scan_within(const RowMatrix& queries, Eigen::Index begin, double square,
                     std::span<std::vector<std::int32_t>> found) const;
    double square_to(const float* query, Eigen::Index row) const;

    RowMatrix rows_;
    std::unique_ptr<const RowTree> tree_;  // one of the two
    std::unique_ptr<const RowTiles> tiles_;
};

}  // namespace abm
