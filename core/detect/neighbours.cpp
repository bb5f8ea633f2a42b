#include "core/detect/neighbours.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "core/detect/parallel.h"
#include "core/detect/row_scan.h"
#include "core/detect/row_tree.h"
#include "core/detect/steady_distance.h"

namespace abm {
namespace {

constexpr Eigen::Index kBlock = 64;  // queries: enough for a chunk of tiles to pay, few enough to answer a cancel soon

/// No row whose true square is at most `square` has a float square above this. 2^-23 more than the slack: the rounding here.
float float_bound(double square, float slack) { return static_cast<float>(square * (1.0 + slack + 0x1.0p-23) + kSquareSpeck); }

/// The rows that may be among the nearest, by their float squares alone: a true square costs as much as a scan of some dozen
/// rows, so it is taken only of what is left at the end.
class NearCandidates {
public:
    NearCandidates(std::size_t count, float slack) : count_(count), full_(4 * count + 64), slack_(slack) {
        nearest_.reserve(count);
    }

    /// Nothing with a float square above it is among the nearest: `count` rows are surely nearer.
    float bound() const { return bound_; }

    void add(float square, std::int32_t row) {
        rows_.push_back({square, row});
        if (nearest_.size() == count_) {
            if (square >= nearest_.front()) return;
            std::pop_heap(nearest_.begin(), nearest_.end());
            nearest_.back() = square;
        } else {
            nearest_.push_back(square);
        }
        std::push_heap(nearest_.begin(), nearest_.end());
        if (nearest_.size() < count_) return;
        const double farthest = static_cast<double>(nearest_.front()) * (1.0 + slack_) + kSquareSpeck;
        bound_ = float_bound(farthest, slack_);
        if (rows_.size() >= full_) prune();
    }
    void visit(const auto& each) {
        prune();
        for (const Candidate& candidate : rows_) each(candidate.row);
    }

private:
    struct Candidate {
        float square;
        std::int32_t row;
    };
    void prune() {
        std::erase_if(rows_, [this](const Candidate& candidate) { return candidate.square > bound_; });
        full_ = std::max(full_, 2 * rows_.size());  // of rows that are all equally near none goes
    }

    std::size_t count_;
    std::size_t full_;  // candidates before they are sifted
    float slack_;
    float bound_ = std::numeric_limits<float>::infinity();
    std::vector<float> nearest_;  // the `count` smallest squares, the largest in front
    std::vector<Candidate> rows_;
};

}  // namespace

Neighbours::Neighbours(RowMatrix rows, Search search) : rows_(std::move(rows)) {
    const bool few = rows_.cols() > 0 && rows_.cols() <= kMostTreeColumns;
    if (search == Search::tree || (search == Search::automatic && few))
        tree_ = std::make_unique<const RowTree>(rows_);
    else
        tiles_ = std::make_unique<const RowTiles>(rows_);
}

Neighbours::~Neighbours() = default;

double Neighbours::square_to(const float* query, Eigen::Index row) const {
    return steady_square_distance(query, rows_.row(row).data(), static_cast<std::size_t>(rows_.cols()));
}

void Neighbours::scan_nearest(const RowMatrix& queries, Eigen::Index begin, std::span<NearestList> lists) const {
    const float slack = square_slack(rows_.cols());
    std::vector<float> bounds(lists.size(), std::numeric_limits<float>::infinity());
    std::vector<NearCandidates> near;
    for (const NearestList& list : lists) near.emplace_back(list.count(), slack);
    const auto on_tile = [&](Eigen::Index query, Eigen::Index first, const float* squares) {
        const auto at = static_cast<std::size_t>(query);
        const Eigen::Index end = std::min(kTileRows, rows_.rows() - first);
        for (Eigen::Index lane = 0; lane < end; ++lane) {
            const auto row = static_cast<std::int32_t>(first + lane);
            if (squares[lane] <= near[at].bound() && row != lists[at].skipped()) near[at].add(squares[lane], row);
        }
        return near[at].bound();
    };
    tiles_->scan(queries.row(begin).data(), static_cast<Eigen::Index>(lists.size()), bounds, on_tile);
    for (std::size_t query = 0; query < lists.size(); ++query) {
        const float* const values = queries.row(begin + static_cast<Eigen::Index>(query)).data();
        near[query].visit([&](std::int32_t row) { lists[query].add(square_to(values, row), row); });
    }
}

void Neighbours::nearest(const RowMatrix& queries, std::size_t each, std::span<const std::int32_t> skipped, int threads,
                         const Progress& progress, const VisitNearest& visit) const {
    parallel_blocks(queries.rows(), kBlock, threads, progress, "neighbours", [&](Eigen::Index begin, Eigen::Index end) {
        std::vector<NearestList> lists;
        for (Eigen::Index query = begin; query < end; ++query)
            lists.emplace_back(each, skipped.empty() ? kNoRow : skipped[static_cast<std::size_t>(query)]);
        if (tree_ == nullptr && each > 0) scan_nearest(queries, begin, lists);
        for (Eigen::Index query = begin; query < end; ++query) {
            NearestList& list = lists[static_cast<std::size_t>(query - begin)];
            if (tree_ != nullptr && each > 0) tree_->nearest(queries.row(query).data(), list);
            visit(query, std::move(list).sorted());
        }
    });
}

void Neighbours::scan_within(const RowMatrix& queries, Eigen::Index begin, double square,
                             std::span<std::vector<std::int32_t>> found) const {
    const float slack = square_slack(rows_.cols());
    const float bound = float_bound(square, slack);
    const double surely = square * (1.0 - slack) - kSquareSpeck;
    std::vector<float> bounds(found.size(), bound);
    const auto on_tile = [&](Eigen::Index query, Eigen::Index first, const float* squares) {
        const Eigen::Index end = std::min(kTileRows, rows_.rows() - first);
        for (Eigen::Index lane = 0; lane < end; ++lane) {
            const bool inside = squares[lane] <= surely ||
                                (squares[lane] <= bound && square_to(queries.row(begin + query).data(), first + lane) <= square);
            if (inside) found[static_cast<std::size_t>(query)].push_back(static_cast<std::int32_t>(first + lane));
        }
        return bound;
    };
    tiles_->scan(queries.row(begin).data(), static_cast<Eigen::Index>(found.size()), bounds, on_tile);
}

void Neighbours::within(const RowMatrix& queries, double square, int threads, const Progress& progress,
                        const VisitWithin& visit) const {
    parallel_blocks(queries.rows(), kBlock, threads, progress, "neighbours", [&](Eigen::Index begin, Eigen::Index end) {
        std::vector<std::vector<std::int32_t>> found(static_cast<std::size_t>(end - begin));
        if (tree_ == nullptr) scan_within(queries, begin, square, found);
        for (Eigen::Index query = begin; query < end; ++query) {
            auto& rows = found[static_cast<std::size_t>(query - begin)];
            if (tree_ != nullptr) rows = tree_->within(queries.row(query).data(), square);
            visit(query, rows);
        }
    });
}

}  // namespace abm
