// Growing the trees of a random forest.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/detect/label_forest.h"
#include "core/detect/parallel.h"
#include "core/detect/split_mix.h"

namespace abm {
namespace {

constexpr int kMostDepth = 40;
constexpr std::size_t kMostOfAClass = 512;  // in the sample of a tree: thousands of labels would cost seconds and gain nothing

/// Rows of each class, to draw from.
struct Classes {
    std::vector<std::int32_t> anomalies;
    std::vector<std::int32_t> normals;
};

Classes classes_of(const std::vector<bool>& anomaly) {
    Classes classes;
    for (std::size_t row = 0; row < anomaly.size(); ++row)
        (anomaly[row] ? classes.anomalies : classes.normals).push_back(static_cast<std::int32_t>(row));
    return classes;
}

std::vector<std::int32_t> balanced_sample(const Classes& classes, SplitMix& random) {
    const std::size_t all = classes.anomalies.size() + classes.normals.size();
    const std::size_t each = std::min((all + 1) / 2, kMostOfAClass);
    std::vector<std::int32_t> sample;
    for (const auto* of : {&classes.anomalies, &classes.normals}) {
        for (std::size_t draw = 0; draw < each; ++draw) sample.push_back((*of)[random.below(of->size())]);
    }
    return sample;
}

struct Split {
    double purity = 0;  ///< sum over both sides of (anomalies^2 + normals^2) / rows: the larger, the less Gini impurity
    std::int32_t column = -1;
    float threshold = 0;
};

double purity_of(double anomalies, double rows) {
    return (anomalies * anomalies + (rows - anomalies) * (rows - anomalies)) / rows;
}

}  // namespace

class LabelForest::Grower {
public:
    Grower(const RowMatrix& rows, const std::vector<bool>& anomaly, std::vector<std::int32_t> sample, SplitMix random)
        : rows_(rows), anomaly_(anomaly), sample_(std::move(sample)), random_(random) {
        columns_.resize(static_cast<std::size_t>(rows.cols()));
        std::iota(columns_.begin(), columns_.end(), 0);
        tried_least_ = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(std::sqrt(rows.cols()))));
    }
    Tree grow() {
        grow_node(0, sample_.size(), 0);
        return std::move(tree_);
    }

private:
    void grow_node(std::size_t first, std::size_t last, int depth) {
        const auto anomalies =
            std::count_if(sample_.begin() + static_cast<std::ptrdiff_t>(first),
                          sample_.begin() + static_cast<std::ptrdiff_t>(last), [&](std::int32_t row) { return anomalous(row); });
        const auto rows = static_cast<std::ptrdiff_t>(last - first);
        const std::size_t node = tree_.size();
        tree_.push_back({.share = static_cast<float>(anomalies) / static_cast<float>(rows)});
        if (anomalies == 0 || anomalies == rows || depth == kMostDepth) return;
        const Split split = best_split(first, last, static_cast<double>(anomalies));
        if (split.column < 0) return;
        const auto middle = std::stable_partition(sample_.begin() + static_cast<std::ptrdiff_t>(first),
                                                  sample_.begin() + static_cast<std::ptrdiff_t>(last),
                                                  [&](std::int32_t row) { return rows_(row, split.column) < split.threshold; });
        const auto border = static_cast<std::size_t>(middle - sample_.begin());
        tree_[node].column = split.column;
        tree_[node].threshold = split.threshold;
        grow_node(first, border, depth + 1);
        tree_[node].right = static_cast<std::uint32_t>(tree_.size());
        grow_node(border, last, depth + 1);
    }

    bool anomalous(std::int32_t row) const { return anomaly_[static_cast<std::size_t>(row)]; }

    /// Of sqrt(c) columns that tell the rows apart at all, drawn without replacement.
    Split best_split(std::size_t first, std::size_t last, double anomalies) {
        Split best;
        std::size_t useful = 0;
        for (std::size_t tried = 0; tried < columns_.size() && useful < tried_least_; ++tried) {
            std::swap(columns_[tried], columns_[tried + random_.below(columns_.size() - tried)]);
            if (try_column(columns_[tried], first, last, anomalies, best)) ++useful;
        }
        return best;
    }

    /// Whether the column is not constant here.
    bool try_column(std::int32_t column, std::size_t first, std::size_t last, double anomalies, Split& best) {
        values_.clear();
        for (std::size_t at = first; at < last; ++at) values_.emplace_back(rows_(sample_[at], column), anomalous(sample_[at]));
        std::sort(values_.begin(), values_.end());
        if (values_.front().first == values_.back().first) return false;
        const auto rows = static_cast<double>(values_.size());
        double left = 0;
        for (std::size_t at = 0; at + 1 < values_.size(); ++at) {
            left += values_[at].second ? 1 : 0;
            const float below = values_[at].first;
            const float above = values_[at + 1].first;
            if (below == above) continue;
            const auto count = static_cast<double>(at + 1);
            const double purity = purity_of(left, count) + purity_of(anomalies - left, rows - count);
            if (purity <= best.purity) continue;
            const float middle = below / 2 + above / 2;
            best = {purity, column, middle > below ? middle : above};
        }
        return true;
    }

    const RowMatrix& rows_;
    const std::vector<bool>& anomaly_;
    std::vector<std::int32_t> sample_;
    SplitMix random_;
    std::vector<std::int32_t> columns_;
    std::size_t tried_least_ = 1;
    std::vector<std::pair<float, bool>> values_;
    Tree tree_;
};

LabelForest LabelForest::fit(const RowMatrix& rows, const std::vector<bool>& anomaly, const LabelForestParams& params,
                             int threads, const Progress& progress) {
    const Classes classes = classes_of(anomaly);
    if (classes.anomalies.empty() || classes.normals.empty() || rows.cols() == 0)
        throw Error(ErrorCode::Invalid, "A classifier needs labels of both classes, and features.");
    if (params.trees < 1 || params.trees > kMostTrees)
        throw Error(ErrorCode::Invalid, fmt::format("trees = {}, allowed are 1 to {}.", params.trees, kMostTrees));
    LabelForest forest;
    forest.columns_ = rows.cols();
    forest.trees_.resize(static_cast<std::size_t>(params.trees));
    parallel_blocks(params.trees, 1, threads, progress, "fitting", [&](Eigen::Index tree, Eigen::Index) {
        SplitMix random = stream_of(params.seed, static_cast<std::uint64_t>(tree));
        std::vector<std::int32_t> sample = balanced_sample(classes, random);
        forest.trees_[static_cast<std::size_t>(tree)] = Grower(rows, anomaly, std::move(sample), random).grow();
    });
    return forest;
}

}  // namespace abm
