#include "core/detect/feedback.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <utility>

#include "core/detect/parallel.h"
#include "core/detect/steady_dot.h"

namespace abm {
namespace {

// Sums and leaf slots of a block stay in the first-level cache while the trees pass.
constexpr std::size_t kBlockRows = 1024;
constexpr Eigen::Index kBlockedRowsPerTask = 8 * kBlockRows;
constexpr std::size_t kLabelsPerBatch = 16;  // their rows of the factor stay in the second-level cache

void add_leaves(const LeafIds& ids, const std::vector<double>& leaf_weights, std::size_t first, std::size_t last, double* sums) {
    for (std::size_t tree = 0; tree < ids.trees; ++tree) {
        const double* weights = leaf_weights.data() + tree * kForestLeaves;
        const std::uint8_t* slots = ids.of_tree(tree);
        for (std::size_t row = first; row < last; ++row) sums[row] += weights[slots[row]];
    }
}

}  // namespace

void Feedback::truncate(std::size_t size) {
    assert(size <= labels_.size());
    labels_.resize(size);
    factor_.truncate(size);
}

/// Up to and with the diagonal, ridge included.
std::vector<double> Feedback::kernel_row(std::size_t index) const {
    std::vector<double> row(index + 1);
    for (std::size_t at = 0; at <= index; ++at) row[at] = kernel_(labels_[index].point, labels_[at].point);
    row[index] += params_.ridge;
    return row;
}

void Feedback::append(LabelledPoint label) {
    std::vector<LabelledPoint> one;
    one.push_back(std::move(label));
    append_all(std::move(one));
}

void Feedback::append_all(std::vector<LabelledPoint> labels) {
    labels_.insert(labels_.end(), std::move_iterator(labels.begin()), std::move_iterator(labels.end()));
    while (factor_.size() < labels_.size()) {
        const std::size_t last = std::min(factor_.size() + kLabelsPerBatch, labels_.size());
        std::vector<std::vector<double>> rows;
        for (std::size_t index = factor_.size(); index < last; ++index) rows.push_back(kernel_row(index));
        factor_.append(rows);
    }
}

void Feedback::solve() {
    std::vector<double> right(labels_.size());
    for (std::size_t at = 0; at < labels_.size(); ++at) right[at] = target(labels_[at]) - labels_[at].prior;
    weights_ = factor_.solve(right);
    const std::size_t trees = labels_.empty() ? 0 : labels_.front().point.leaves.size();
    leaf_weights_.assign(trees * kForestLeaves, 0);
    linear_weights_.assign(kernel_.columns(), 0);
    for (std::size_t at = 0; at < labels_.size(); ++at) {
        const KernelPoint& point = labels_[at].point;
        const double leaf_weight = weights_[at] / static_cast<double>(trees);
        const double linear_weight = kernel_.linear() * weights_[at] / static_cast<double>(kernel_.columns());
        for (std::size_t tree = 0; tree < trees; ++tree) leaf_weights_[tree * kForestLeaves + point.leaves[tree]] += leaf_weight;
        for (std::size_t feature = 0; feature < kernel_.columns(); ++feature)
            linear_weights_[feature] += linear_weight * static_cast<double>(point.scaled[feature]);
    }
}

Eigen::VectorXd Feedback::corrections(const LeafIds& ids, const RowMatrix& values, int threads) const {
    assert(static_cast<std::size_t>(values.rows()) == ids.rows && static_cast<std::size_t>(values.cols()) == kernel_.columns());
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(values.rows());
    if (labels_.empty()) return sums;
    parallel_blocks(values.rows(), kBlockedRowsPerTask, threads, {}, "learning", [&](Eigen::Index begin, Eigen::Index end) {
        std::vector<float> scaled(kernel_.columns());
        for (Eigen::Index first = begin; first < end; first += kBlockRows) {
            const Eigen::Index last = std::min<Eigen::Index>(first + kBlockRows, end);
            add_leaves(ids, leaf_weights_, static_cast<std::size_t>(first), static_cast<std::size_t>(last), sums.data());
            if (kernel_.linear() == 0) continue;
            for (Eigen::Index row = first; row < last; ++row) {
                kernel_.scale(values.data() + row * values.cols(), scaled.data());
                sums[row] += steady_dot(scaled.data(), linear_weights_.data(), scaled.size());
            }
        }
    });
    return sums;
}

}  // namespace abm
