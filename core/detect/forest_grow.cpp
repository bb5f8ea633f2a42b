#include "core/detect/forest_grow.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "core/base/error.h"
#include "core/base/order_statistic.h"
#include "core/detect/parallel.h"
#include "core/detect/split_mix.h"

namespace abm {
namespace {

constexpr Eigen::Index kMedianRows = 8192;

struct Range {
    float least;
    float most;
    bool constant() const { return !(least < most); }
};

/// Somewhere in (least, most], so that both sides of `value >= threshold` get a row.
float draw_threshold(const Range& range, SplitMix& random) {
    const double width = static_cast<double>(range.most) - range.least;
    const auto drawn = static_cast<float>(range.least + random.unit() * width);
    const float lowest = std::nextafter(range.least, std::numeric_limits<float>::infinity());
    return std::clamp(drawn, lowest, range.most);
}

/// Floyd's sampling without replacement: `taken` [n] is all zero before and after.
std::vector<Eigen::Index> draw_rows(Eigen::Index n, int sample, SplitMix& random, std::vector<char>& taken) {
    std::vector<Eigen::Index> rows;
    rows.reserve(static_cast<std::size_t>(sample));
    for (Eigen::Index last = n - sample; last < n; ++last) {
        const auto drawn = static_cast<Eigen::Index>(random.below(static_cast<std::uint64_t>(last) + 1));
        const Eigen::Index row = taken[static_cast<std::size_t>(drawn)] != 0 ? last : drawn;
        taken[static_cast<std::size_t>(row)] = 1;
        rows.push_back(row);
    }
    for (const Eigen::Index row : rows) taken[static_cast<std::size_t>(row)] = 0;
    return rows;
}

class TreeGrower {
public:
    TreeGrower(const RowMatrix& sample, std::size_t tree, SplitMix& random, ForestTable& table)
        : sample_(sample), tree_(tree), random_(random), table_(table), features_(static_cast<std::size_t>(sample.cols())) {
        std::iota(features_.begin(), features_.end(), 0);
        const auto rows = static_cast<unsigned>(sample.rows());
        depth_limit_ = std::min(kForestDepth, static_cast<int>(std::bit_width(rows - 1U)));  // ceil(log2 rows)
    }

    void grow() {
        std::vector<int> rows(static_cast<std::size_t>(sample_.rows()));
        std::iota(rows.begin(), rows.end(), 0);
        grow_node(1, 0, rows);
    }

private:
    const float* row(int index) const { return sample_.data() + static_cast<Eigen::Index>(index) * sample_.cols(); }

    void grow_node(std::size_t node, int depth, std::span<int> rows) {
        const auto size = static_cast<std::uint32_t>(rows.size());
        if (depth >= depth_limit_ || size <= 1 || !draw_split(node, rows)) return table_.set_leaf(tree_, node, size);
        table_.sizes[tree_ * 2 * kForestNodes + node] = size;
        const float threshold = table_.splits[tree_ * kForestNodes + node].threshold;
        const auto right = std::partition(rows.begin(), rows.end(),
                                          [&](int index) { return table_.projection(tree_, node, row(index)) < threshold; });
        const auto left_size = static_cast<std::size_t>(right - rows.begin());
        grow_node(2 * node, depth + 1, rows.first(left_size));
        grow_node(2 * node + 1, depth + 1, rows.subspan(left_size));
    }

    /// False when the rows cannot be told apart.
    bool draw_split(std::size_t node, std::span<const int> rows) {
        return table_.terms_per_split == 1 ? draw_axis(node, rows) : draw_hyperplane(node, rows);
    }

    bool draw_axis(std::size_t node, std::span<const int> rows) {
        std::size_t drawn = 0;
        Range range{};
        const int feature = next_varying(drawn, rows, range);
        if (feature < 0) return false;
        table_.splits[tree_ * kForestNodes + node] = {feature * kForestLanes, draw_threshold(range, random_)};
        return true;
    }

    /// Weights are per unit of the feature's range in this node, so that a feature in cents does not drown one in hours. The
    /// threshold is uniform over the projected rows rather than through a point of their bounding box: no branch stays empty.
    bool draw_hyperplane(std::size_t node, std::span<const int> rows) {
        const std::span<ForestTerm> terms = table_.terms_of(tree_, node);
        std::fill(terms.begin(), terms.end(), ForestTerm{});
        std::size_t drawn = 0;
        for (ForestTerm& term : terms) {
            Range range{};
            const int feature = next_varying(drawn, rows, range);
            if (feature < 0) break;
            const double width = std::max(static_cast<double>(range.most) - range.least, 1e-30);
            term = {feature, static_cast<float>(random_.normal() / width)};
        }
        Range range{std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest()};
        for (const int index : rows) {
            const float value = table_.projection(tree_, node, row(index));
            range = {std::min(range.least, value), std::max(range.most, value)};
        }
        if (range.constant()) return false;
        table_.splits[tree_ * kForestNodes + node] = {0, draw_threshold(range, random_)};
        return true;
    }

    /// The next feature of a random order that varies among the rows, -1 when none is left. `drawn` counts those looked at.
    int next_varying(std::size_t& drawn, std::span<const int> rows, Range& range) {
        while (drawn < features_.size()) {
            std::swap(features_[drawn], features_[drawn + random_.below(features_.size() - drawn)]);
            const int feature = features_[drawn++];
            range = range_of(feature, rows);
            if (!range.constant()) return feature;
        }
        return -1;
    }

    Range range_of(int feature, std::span<const int> rows) const {
        Range range{row(rows.front())[feature], row(rows.front())[feature]};
        for (const int index : rows) {
            const float value = row(index)[feature];
            range = {std::min(range.least, value), std::max(range.most, value)};
        }
        return range;
    }

    const RowMatrix& sample_;
    std::size_t tree_;
    SplitMix& random_;
    ForestTable& table_;
    std::vector<int> features_;
    int depth_limit_;
};

std::vector<float> known_of_column(const RowMatrix& values, Eigen::Index column, Eigen::Index stride) {
    std::vector<float> known;
    for (Eigen::Index row = 0; row < values.rows(); row += stride) {
        if (const float value = values(row, column); std::isfinite(value)) known.push_back(value);
    }
    return known;
}

}  // namespace

std::vector<float> column_medians(const RowMatrix& values) {
    std::vector<float> medians;
    bool any = false;
    const Eigen::Index stride = std::max<Eigen::Index>(1, values.rows() / kMedianRows);
    for (Eigen::Index column = 0; column < values.cols(); ++column) {
        std::vector<float> known = known_of_column(values, column, stride);
        if (known.empty() && stride > 1) known = known_of_column(values, column, 1);
        if (known.empty()) {
            medians.push_back(0.0F);
            continue;
        }
        any = true;
        medians.push_back(plain_value(upper_median(known), 0.0F));
    }
    if (!any) throw Error(ErrorCode::Invalid, "A forest cannot be fitted: not one value of the features is known.");
    return medians;
}

void grow_forest(const RowMatrix& values, const std::vector<float>& medians, int sample, std::uint64_t seed, int threads,
                 const Progress& progress, ForestTable& table) {
    constexpr Eigen::Index kTreesPerBlock = 4;
    parallel_blocks(table.trees, kTreesPerBlock, threads, progress, "fitting", [&](Eigen::Index begin, Eigen::Index end) {
        std::vector<char> taken(static_cast<std::size_t>(values.rows()), 0);
        RowMatrix drawn(sample, values.cols());
        for (Eigen::Index tree = begin; tree < end; ++tree) {
            SplitMix random = stream_of(seed, static_cast<std::uint64_t>(tree));
            Eigen::Index at = 0;
            for (const Eigen::Index row : draw_rows(values.rows(), sample, random, taken)) {
                for (Eigen::Index column = 0; column < values.cols(); ++column)
                    drawn(at, column) = plain_value(values(row, column), medians[static_cast<std::size_t>(column)]);
                ++at;
            }
            TreeGrower(drawn, static_cast<std::size_t>(tree), random, table).grow();
        }
    });
}

}  // namespace abm
