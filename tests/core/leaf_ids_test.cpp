#include "core/detect/leaf_ids.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "core/detect/forest_grow.h"
#include "core/detect/split_mix.h"

namespace abm {
namespace {

/// Rounded normal values, so that many rows share leaves; a few unknown and infinite.
FeatureMatrix rough_rows(Eigen::Index n, Eigen::Index d, std::uint64_t seed) {
    SplitMix random(seed);
    FeatureMatrix data;
    data.values.resize(n, d);
    for (Eigen::Index at = 0; at < data.values.size(); ++at)
        data.values.data()[at] = static_cast<float>(std::round(4 * random.normal()) / 4);
    for (Eigen::Index column = 0; column < d; ++column) data.names.push_back("f" + std::to_string(column));
    data.values(3, 0) = std::numeric_limits<float>::quiet_NaN();
    data.values(4, d - 1) = std::numeric_limits<float>::infinity();
    data.values(5, 1 % d) = -std::numeric_limits<float>::infinity();
    return data;
}

/// Down one tree by the plain definition, without lanes, blocks or padding. The node of the leaf.
std::size_t leaf_by_definition(const IsolationForest& forest, std::size_t tree, const float* row) {
    const ForestTable& table = forest.table();
    std::vector<float> plain;
    for (std::size_t feature = 0; feature < forest.medians().size(); ++feature)
        plain.push_back(plain_value(row[feature], forest.medians()[feature]));
    std::size_t node = 1;
    while (!table.is_leaf(tree, node)) {
        const bool right = table.projection(tree, node, plain.data()) >= table.splits[tree * kForestNodes + node].threshold;
        node = 2 * node + (right ? 1 : 0);
    }
    return node;
}

void expect_leaves_by_definition(const FeatureMatrix& data, const ForestParams& params) {
    const IsolationForest forest = IsolationForest::fit(data, params, 1, {});
    const LeafIds ids = leaf_ids(forest, data, 1, {});
    ASSERT_EQ(ids.rows, static_cast<std::size_t>(data.rows()));
    ASSERT_EQ(ids.trees, static_cast<std::size_t>(params.trees));
    for (std::size_t tree = 0; tree < ids.trees; ++tree) {
        for (std::size_t row = 0; row < ids.rows; ++row) {
            std::size_t node = leaf_by_definition(forest, tree, data.values.row(static_cast<Eigen::Index>(row)).data());
            while (node < kForestNodes) node *= 2;  // the first slot it covers
            ASSERT_EQ(ids.at(tree, row), node - kForestNodes) << "tree " << tree << ", row " << row;
        }
    }
}

TEST(LeafIds, AreTheLeavesOfTheTreesWhateverTheBlock) {
    for (const Eigen::Index rows : {7, 64, 65, 1031}) expect_leaves_by_definition(rough_rows(rows, 6, 5), {.trees = 9});
}

TEST(LeafIds, AreTheLeavesOfHyperplaneTreesToo) {
    expect_leaves_by_definition(rough_rows(133, 5, 6), {.trees = 7, .extension = 3});
}

TEST(LeafIds, AreTheSameForAnyNumberOfThreads) {
    const FeatureMatrix data = rough_rows(5'000, 4, 7);
    const IsolationForest forest = IsolationForest::fit(data, {.trees = 12}, 1, {});
    EXPECT_EQ(leaf_ids(forest, data, 1, {}).slots, leaf_ids(forest, data, 5, {}).slots);
}

TEST(LeafIds, OfARowAreOneOfEachTree) {
    const FeatureMatrix data = rough_rows(50, 3, 8);
    const LeafIds ids = leaf_ids(IsolationForest::fit(data, {.trees = 4}, 1, {}), data, 1, {});
    EXPECT_EQ(ids.of_row(17), (std::vector<std::uint8_t>{ids.at(0, 17), ids.at(1, 17), ids.at(2, 17), ids.at(3, 17)}));
}

TEST(LeafIds, RefuseOtherFeaturesAndStopWhenAsked) {
    FeatureMatrix data = rough_rows(300, 3, 9);
    const IsolationForest forest = IsolationForest::fit(data, {}, 1, {});
    std::stop_source stop;
    stop.request_stop();
    try {
        leaf_ids(forest, data, 1, Progress(stop.get_token(), nullptr));
        FAIL() << "was not cancelled";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Cancelled);
    }
    data.names[1] = "other";
    try {
        leaf_ids(forest, data, 1, {});
        FAIL() << "took another schema";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Mismatch);
    }
}

}  // namespace
}  // namespace abm
