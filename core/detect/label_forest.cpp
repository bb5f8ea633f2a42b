#include "core/detect/label_forest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/detect/damaged_model.h"
#include "core/detect/parallel.h"

namespace abm {
namespace {

constexpr Eigen::Index kRowsPerTreeTask = 256;  // a tree stays in the first-level cache while they pass
constexpr std::size_t kMostNodes = 4'096;       // of a tree: twice the largest sample a tree is grown from, and more

float checked_float(double value) {
    const auto narrow = static_cast<float>(value);
    if (!std::isfinite(narrow)) refuse_damaged("classifier", "a threshold is too large");
    return narrow;
}

}  // namespace

Eigen::VectorXd LabelForest::probabilities(const RowMatrix& rows, int threads, const Progress& progress) const {
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(rows.rows());
    parallel_blocks(rows.rows(), kRowsPerTreeTask, threads, progress, "scoring", [&](Eigen::Index begin, Eigen::Index end) {
        for (const Tree& tree : trees_) {
            for (Eigen::Index row = begin; row < end; ++row) {
                std::size_t node = 0;
                while (tree[node].column >= 0) node = next_of(tree, node, rows.data() + row * rows.cols());
                sums[row] += static_cast<double>(tree[node].share);
            }
        }
    });
    return sums / static_cast<double>(trees_.size());
}

Eigen::VectorXd LabelForest::contributions(const float* row) const {
    Eigen::VectorXd parts = Eigen::VectorXd::Zero(columns_);
    for (const Tree& tree : trees_) {
        for (std::size_t node = 0; tree[node].column >= 0;) {
            const std::size_t next = next_of(tree, node, row);
            parts[tree[node].column] += static_cast<double>(tree[next].share) - static_cast<double>(tree[node].share);
            node = next;
        }
    }
    return parts / static_cast<double>(trees_.size());
}

double LabelForest::base_rate() const {
    double sum = 0;
    for (const Tree& tree : trees_) sum += static_cast<double>(tree.front().share);
    return sum / static_cast<double>(trees_.size());
}

/// Nodes in preorder: "columns" with -1 for a leaf, "thresholds" of the splits, "shares" of all nodes.
Json LabelForest::save() const {
    Json trees = Json::array();
    for (const Tree& tree : trees_) {
        std::vector<std::int32_t> columns;
        std::vector<float> thresholds;
        std::vector<float> shares;
        for (const Node& node : tree) {
            columns.push_back(node.column);
            if (node.column >= 0) thresholds.push_back(node.threshold);
            shares.push_back(node.share);
        }
        trees.push_back({{"columns", columns}, {"thresholds", thresholds}, {"shares", shares}});
    }
    return {{"trees", trees}};
}

/// A split waits for its right child until its left one is complete.
LabelForest::Tree LabelForest::loaded_tree(const Json& document, Eigen::Index columns) {
    const auto splits = integers(document, "columns", -1, columns - 1);
    const auto thresholds = finite_numbers(document, "thresholds");
    const auto shares = finite_numbers(document, "shares");
    if (splits.empty() || splits.size() > kMostNodes || shares.size() != splits.size())
        refuse_damaged("classifier", "the lists of a tree differ");
    Tree tree;
    std::vector<std::size_t> waiting;
    std::size_t split = 0;
    bool complete = false;
    for (std::size_t at = 0; at < splits.size(); ++at) {
        if (complete) refuse_damaged("classifier", "a tree has more entries than nodes");
        if (!(shares[at] >= 0 && shares[at] <= 1)) refuse_damaged("classifier", "a share is not between 0 and 1");
        Node node{static_cast<std::int32_t>(splits[at]), 0, 0, static_cast<float>(shares[at])};
        if (node.column >= 0) {
            if (split == thresholds.size()) refuse_damaged("classifier", "a tree has more splits than thresholds");
            node.threshold = checked_float(thresholds[split++]);
            waiting.push_back(at);
        } else if (waiting.empty()) {
            complete = true;
        } else {
            tree[waiting.back()].right = static_cast<std::uint32_t>(at + 1);
            waiting.pop_back();
        }
        tree.push_back(node);
    }
    if (!complete || split != thresholds.size()) refuse_damaged("classifier", "a tree ends too early");
    return tree;
}

LabelForest LabelForest::load(const Json& document, Eigen::Index columns) {
    const Json& trees = member(document, "trees");
    if (!trees.is_array() || trees.empty() || trees.size() > static_cast<std::size_t>(kMostTrees))
        refuse_damaged("classifier", "it has no trees, or too many");
    LabelForest forest;
    forest.columns_ = columns;
    for (const Json& tree : trees) forest.trees_.push_back(loaded_tree(tree, columns));
    return forest;
}

}  // namespace abm
