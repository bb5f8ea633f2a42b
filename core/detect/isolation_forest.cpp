#include "core/detect/isolation_forest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/detect/fit_input.h"
#include "core/detect/forest_grow.h"
#include "core/detect/forest_score.h"

namespace abm {
namespace {

constexpr std::string_view kAForest = "A forest";

void check_forest_input(const FeatureMatrix& data, const ForestParams& params) {
    require_table(kAForest, data, kForestMostFeatures);
    require_fit(params.trees >= 1 && params.trees <= kForestMostTrees, kAForest,
                fmt::format("trees = {}, allowed are 1 to {}.", params.trees, kForestMostTrees));
    require_fit(params.sample >= 2 && params.sample <= kForestMostSample, kAForest,
                fmt::format("sample = {}, allowed are 2 to {}.", params.sample, kForestMostSample));
    require_fit(params.extension >= 0 && params.extension < data.columns(), kAForest,
                fmt::format("extension = {}, allowed are 0 to {}.", params.extension, data.columns() - 1));
    require_fit(forest_fits(params.trees, params.extension + 1), kAForest, "trees times extension is too large.");
}

/// Shares one step of a path among the features of the split.
void share_step(const ForestTable& table, std::size_t tree, std::size_t node, const std::vector<float>& plain,
                const std::vector<float>& medians, double step, Eigen::VectorXd& shares) {
    if (table.terms_per_split == 1) {
        shares[table.splits[tree * kForestNodes + node].lane_offset / kForestLanes] += step;
        return;
    }
    const auto pull = [&](const ForestTerm& term) {
        const auto feature = static_cast<std::size_t>(term.feature);
        return std::abs(static_cast<double>(term.weight) * (static_cast<double>(plain[feature]) - medians[feature]));
    };
    const auto terms = table.terms_of(tree, node);
    double total = 0;
    for (const ForestTerm& term : terms) total += pull(term);
    for (const ForestTerm& term : terms)
        shares[term.feature] += total > 0 ? step * pull(term) / total : step / static_cast<double>(terms.size());
}

}  // namespace

IsolationForest IsolationForest::fit(const FeatureMatrix& data, const ForestParams& params, int threads,
                                     const Progress& progress) {
    check_forest_input(data, params);
    IsolationForest forest;
    forest.names_ = data.names;
    forest.schema_ = hex_text(data.schema());
    forest.medians_ = column_medians(data.values);
    forest.sample_ = static_cast<int>(std::min<Eigen::Index>(params.sample, data.rows()));
    forest.seed_ = params.seed;
    forest.table_ = ForestTable::padded(params.trees, params.extension + 1);
    grow_forest(data.values, forest.medians_, forest.sample_, params.seed, threads, progress, forest.table_);
    return forest;
}

void IsolationForest::require_schema(const FeatureMatrix& data) const {
    if (data.columns() == static_cast<Eigen::Index>(names_.size()) && data.names == names_) return;
    throw Error(ErrorCode::Mismatch,
                fmt::format("The model was fitted on {} other features than these {} columns. Train it again.", names_.size(),
                            data.columns()));
}

Eigen::VectorXd IsolationForest::score(const Dataset& dataset, int threads, const Progress& progress) const {
    const FeatureMatrix& data = dataset.features;
    require_schema(data);
    const double expected = average_path(sample_);
    if (expected <= 0) return Eigen::VectorXd::Constant(data.rows(), 0.5);  // grown from one row: nothing to compare with
    Eigen::VectorXd scores = mean_paths(table_, medians_, data.values, threads, progress);
    for (double& score : scores) score = std::exp2(-score / expected);
    return scores;
}

double IsolationForest::margin_of(double score) const {
    const double expected = average_path(sample_);
    return expected + expected * std::log2(score);
}

Eigen::VectorXd IsolationForest::contributions(std::span<const float> row) const {
    if (row.size() != names_.size())
        throw Error(ErrorCode::Mismatch, fmt::format("The model has {} features, the row {}.", names_.size(), row.size()));
    std::vector<float> plain(row.size());
    for (std::size_t feature = 0; feature < row.size(); ++feature) plain[feature] = plain_value(row[feature], medians_[feature]);
    Eigen::VectorXd shares = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(row.size()));
    for (std::size_t tree = 0; tree < static_cast<std::size_t>(table_.trees); ++tree) {
        for (std::size_t node = 1; !table_.is_leaf(tree, node);) {
            const float threshold = table_.splits[tree * kForestNodes + node].threshold;
            const std::size_t child =
                2 * node + static_cast<std::size_t>(table_.projection(tree, node, plain.data()) >= threshold);
            const double step = 1.0 + average_path(table_.size_of(tree, child)) - average_path(table_.size_of(tree, node));
            share_step(table_, tree, node, plain, medians_, step, shares);
            node = child;
        }
    }
    return -shares / table_.trees;
}

Eigen::VectorXd IsolationForest::contributions(const Dataset& data, Eigen::Index row) const {
    require_schema(data.features);
    return contributions({data.features.values.row(row).data(), names_.size()});
}

}  // namespace abm
