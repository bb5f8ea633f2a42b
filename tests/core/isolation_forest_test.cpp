#include "core/detect/isolation_forest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/core/detector_checks.h"
#include "tests/core/feature_test_data.h"

namespace abm {
namespace {

using test::code_of;
using test::kInfinity;
using test::kNan;
using test::normal_table;

IsolationForest fit_forest(const FeatureMatrix& data, ForestParams params = {}, int threads = 1) {
    return IsolationForest::fit(data, params, threads, {});
}

/// Straightforward recursive scoring of the saved trees, sharing no code with the heap layout.
class ReferenceScorer {
public:
    explicit ReferenceScorer(const Json& document) : document_(document) {}

    double score(const Eigen::VectorXf& row) const {
        double sum = 0;
        for (const Json& tree : document_["trees"]) {
            std::size_t node = 0;
            std::size_t split = 0;
            sum += path(tree, row, node, split, 0, true);
        }
        const double mean = sum / static_cast<double>(document_["trees"].size());
        return std::pow(2.0, -mean / expected(document_["sample"]));
    }

    static double expected(double n) {
        return n <= 1 ? 0 : n <= 2 ? 1 : 2 * (std::log(n - 1) + 0.5772156649015329) - 2 * (n - 1) / n;
    }

private:
    /// Walks the whole preorder and adds up the leaf on the row's side.
    double path(const Json& tree, const Eigen::VectorXf& row, std::size_t& node, std::size_t& split, int depth, bool mine) const {
        const int size = tree["leaves"][node++];
        if (size > 0) return mine ? depth + expected(size) : 0;
        const std::size_t each = document_["extension"].get<std::size_t>() + 1;
        double value = 0;
        for (std::size_t term = split * each; term < (split + 1) * each; ++term) {
            const float x = row[tree["features"][term].get<Eigen::Index>()];
            value += each == 1 ? static_cast<double>(x) : tree["weights"][term].get<double>() * static_cast<double>(x);
        }
        const bool right = static_cast<float>(value) >= tree["thresholds"][split++].get<float>();
        const double left_path = path(tree, row, node, split, depth + 1, mine && !right);
        return left_path + path(tree, row, node, split, depth + 1, mine && right);
    }

    Json document_;
};

class ForestKinds : public testing::TestWithParam<int> {
protected:
    ForestParams params() const { return {.trees = 40, .extension = GetParam()}; }
};
INSTANTIATE_TEST_SUITE_P(AxisAndHyperplanes, ForestKinds, testing::Values(0, 1, 4));

TEST_P(ForestKinds, RanksAPlantedOutlierFirst) {
    FeatureMatrix data = normal_table(500, 5);
    data.values.row(123).setConstant(9.0F);
    Eigen::Index first = 0;
    fit_forest(data, params()).score(data, 1, {}).maxCoeff(&first);
    EXPECT_EQ(first, 123);
}

TEST_P(ForestKinds, SurvivesSaveAndLoadBitEqual) {
    const FeatureMatrix data = normal_table(301, 5);
    const IsolationForest forest = fit_forest(data, params());
    const auto loaded = load_detector(parse_model_text(forest.save().dump()));
    EXPECT_EQ(forest.score(data, 1, {}), loaded->score(data, 1, {}));
    EXPECT_EQ(forest.save(), loaded->save());
    EXPECT_EQ(forest.contributions({data.values.data(), 5}), loaded->contributions(data, 0));
}

TEST_P(ForestKinds, EqualSeedsAndAnyThreadCountScoreBitEqual) {
    const FeatureMatrix data = normal_table(5000, 5);
    const Eigen::VectorXd alone = fit_forest(data, params(), 1).score(data, 1, {});
    for (const int threads : {0, 2, 3, 7}) EXPECT_EQ(alone, fit_forest(data, params(), threads).score(data, threads, {}));
    ForestParams other = params();
    other.seed = 2;
    EXPECT_NE(alone, fit_forest(data, other).score(data, 1, {}));
}

TEST_P(ForestKinds, AgreesWithAStraightforwardScorer) {
    for (const Eigen::Index rows : {2, 3, 9, 300}) {
        const FeatureMatrix data = normal_table(rows, 5);
        const IsolationForest forest = fit_forest(data, params());
        const ReferenceScorer reference(forest.save());
        const FeatureMatrix fresh = normal_table(77, 5, 99);  // not a multiple of the group of eight
        const Eigen::VectorXd scores = forest.score(fresh, 1, {});
        for (Eigen::Index row = 0; row < fresh.rows(); ++row)
            EXPECT_NEAR(scores[row], reference.score(fresh.values.row(row)), 1e-6) << rows << " training rows, row " << row;
    }
}

TEST_P(ForestKinds, ContributionsSumToTheMargin) {
    const FeatureMatrix data = normal_table(400, 5);
    const IsolationForest forest = fit_forest(data, params());
    const Eigen::VectorXd scores = forest.score(data, 1, {});
    for (Eigen::Index row = 0; row < 50; ++row) {
        const Eigen::VectorXd parts = forest.contributions({data.values.row(row).data(), 5});
        EXPECT_NEAR(parts.sum(), forest.margin_of(scores[row]), 1e-5);
    }
}

TEST_P(ForestKinds, TreatsMissingValuesAsTheMedianAndInfinityAsHuge) {
    FeatureMatrix data = normal_table(400, 5);
    data.values(3, 2) = kNan;
    data.values(4, 2) = kInfinity;
    const IsolationForest forest = fit_forest(data, params());
    FeatureMatrix rows = normal_table(4, 5, 5);
    for (Eigen::Index row = 1; row < 4; ++row) rows.values.row(row) = rows.values.row(0);
    const auto medians = forest.save()["medians"];
    rows.values(0, 2) = kNan;
    rows.values(1, 2) = medians[2].get<float>();
    rows.values(2, 2) = kInfinity;
    rows.values(3, 2) = 1e30F;
    const Eigen::VectorXd scores = forest.score(rows, 1, {});
    EXPECT_TRUE(scores.allFinite());
    EXPECT_EQ(scores[0], scores[1]);
    EXPECT_EQ(scores[2], scores[3]);
}

TEST(IsolationForest, ContributionsPointAtTheOddFeature) {
    FeatureMatrix data = normal_table(500, 5);
    data.values(10, 3) = 12.0F;
    Eigen::Index strongest = 0;
    fit_forest(data).contributions({data.values.row(10).data(), 5}).maxCoeff(&strongest);
    EXPECT_EQ(strongest, 3);
}

TEST(IsolationForest, ScoresAreHalfForOrdinaryAndHigherForOddRows) {
    FeatureMatrix data = normal_table(1000, 3);
    data.values.row(0).setConstant(50.0F);
    const Eigen::VectorXd scores = fit_forest(data).score(data, 1, {});
    EXPECT_GT(scores[0], 0.7);
    EXPECT_NEAR(scores.mean(), 0.47, 0.05);
    EXPECT_GT(scores.minCoeff(), 0.3);
}

TEST(IsolationForest, StaysSaneOnTinyTables) {
    for (const Eigen::Index rows : {1, 2, 3, 8}) {
        const FeatureMatrix data = normal_table(rows, 4);
        const Eigen::VectorXd scores = fit_forest(data).score(data, 1, {});
        EXPECT_TRUE(scores.allFinite()) << rows;
        EXPECT_GE(scores.minCoeff(), 0.0) << rows;
        EXPECT_LE(scores.maxCoeff(), 1.0) << rows;
    }
    EXPECT_EQ(fit_forest(normal_table(1, 4)).score(normal_table(1, 4), 1, {})[0], 0.5);
}

TEST(IsolationForest, ConstantRowsCannotBeToldApart) {
    FeatureMatrix data = normal_table(100, 3);
    data.values.setConstant(4.0F);
    const Eigen::VectorXd scores = fit_forest(data).score(data, 1, {});
    EXPECT_NEAR(scores[0], 0.5, 1e-6);
    EXPECT_EQ(scores.minCoeff(), scores.maxCoeff());
}

TEST(IsolationForest, RefusesBadInput) {
    const FeatureMatrix good = normal_table(50, 3);
    for (const FeatureMatrix& bad : test::tables_without_a_model(good))
        EXPECT_EQ(code_of([&] { fit_forest(bad); }), ErrorCode::Invalid);
    for (const ForestParams& bad : {ForestParams{.trees = 0}, ForestParams{.trees = 10'001}, ForestParams{.sample = 1},
                                    ForestParams{.sample = 65'537}, ForestParams{.extension = 3}, ForestParams{.extension = -1}})
        EXPECT_EQ(code_of([&] { fit_forest(good, bad); }), ErrorCode::Invalid);
    EXPECT_EQ(code_of([&] { fit_detector("abacus", {}, good, 1, {}); }), ErrorCode::Invalid);
    EXPECT_EQ(code_of([&] { fit_detector("iforest", {{"tree", 5}}, good, 1, {}); }), ErrorCode::Invalid);
    EXPECT_EQ(code_of([&] { fit_detector("iforest", {{"trees", "many"}}, good, 1, {}); }), ErrorCode::Invalid);
}

TEST(IsolationForest, RefusesRowsOfAnotherSchema) {
    const IsolationForest forest = fit_forest(normal_table(50, 3));
    FeatureMatrix renamed = normal_table(5, 3);
    renamed.names[1] = "other";
    EXPECT_EQ(code_of([&] { forest.score(renamed, 1, {}); }), ErrorCode::Mismatch);
    EXPECT_EQ(code_of([&] { forest.score(normal_table(5, 4), 1, {}); }), ErrorCode::Mismatch);
    const std::vector<float> short_row(2);
    EXPECT_EQ(code_of([&] { forest.contributions(short_row); }), ErrorCode::Mismatch);
}

TEST(IsolationForest, StopsWhenCancelled) {
    std::stop_source stop;
    stop.request_stop();
    const Progress cancelled(stop.get_token(), {});
    const FeatureMatrix data = normal_table(3000, 3);
    const IsolationForest forest = fit_forest(data);
    EXPECT_EQ(code_of([&] { IsolationForest::fit(data, {}, 2, cancelled); }), ErrorCode::Cancelled);
    EXPECT_EQ(code_of([&] { forest.score(data, 2, cancelled); }), ErrorCode::Cancelled);
}

TEST(IsolationForest, StopsInTheMiddleWhenCancelled) {
    std::stop_source stop;
    const Progress progress(stop.get_token(), [&](double fraction, std::string_view) {
        if (fraction > 0.3) stop.request_stop();
    });
    const FeatureMatrix data = normal_table(20'000, 3);
    const IsolationForest forest = fit_forest(data);
    EXPECT_EQ(code_of([&] { forest.score(data, 2, progress); }), ErrorCode::Cancelled);
}

TEST(IsolationForest, FitDetectorHonoursItsParameters) {
    const FeatureMatrix data = normal_table(200, 4);
    const auto detector = fit_detector("iforest", {{"trees", 7}, {"sample", 64}, {"extension", 1}, {"seed", 42}}, data, 1, {});
    const Json saved = detector->save();
    EXPECT_EQ(saved["trees"].size(), 7U);
    EXPECT_EQ(saved["sample"], 64);
    EXPECT_EQ(saved["extension"], 1);
    EXPECT_EQ(saved["seed"], 42);
}

}  // namespace
}  // namespace abm
