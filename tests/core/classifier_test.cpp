// The detectors that learn from labels: random forest, and the kernel ridge behind the same interface.
#include "core/detect/classifier.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/decide/metrics.h"
#include "core/detect/feedback_detector.h"
#include "core/detect/split_mix.h"
#include "tests/core/detector_checks.h"
#include "tests/core/feature_test_data.h"

namespace abm {
namespace {

using test::code_of;
using test::kInfinity;
using test::kNan;
using test::normal_table;

/// 600 rows; every fifth is an anomaly: features 0 and 1 near each other, which no single feature and no outlier score tells.
struct LabelledWorld {
    FeatureMatrix data = normal_table(600, 6);
    std::vector<bool> anomalous;
    std::vector<TrainingLabel> labels;

    explicit LabelledWorld(std::size_t labelled = 200) {
        for (Eigen::Index row = 0; row < data.rows(); ++row) {
            anomalous.push_back(row % 5 == 0);
            const float side = data.values(row, 0) > 0 ? 0.9F : -0.9F;
            data.values(row, 1) = (anomalous.back() ? side : -side) + 0.3F * data.values(row, 1);
        }
        data.values(7, 2) = kNan;
        data.values(8, 3) = kInfinity;
        for (std::size_t row = 0; row < labelled; ++row) labels.push_back({static_cast<std::int32_t>(row), anomalous[row]});
    }
    Dataset dataset() const { return {data, nullptr, labels}; }
    /// Of the rows without labels.
    double auroc_beyond(const Detector& detector) const {
        const Eigen::VectorXd scores = detector.score(data, 1, {});
        const auto first = static_cast<std::ptrdiff_t>(labels.size());
        return auroc({scores.data() + first, anomalous.size() - labels.size()}, {anomalous.begin() + first, anomalous.end()});
    }
};

class Taught : public testing::TestWithParam<const char*> {
protected:
    std::unique_ptr<const Detector> fit(const LabelledWorld& world, int threads = 1, const Json& params = {}) const {
        return fit_detector(GetParam(), params, world.dataset(), threads, {});
    }
    /// What contributions of a row add up to, beside its score.
    static double base_of(const Detector& detector) {
        const auto* classifier = dynamic_cast<const Classifier*>(&detector);
        return classifier == nullptr ? 0 : classifier->base_rate();
    }
};
INSTANTIATE_TEST_SUITE_P(ByLabels, Taught, testing::Values("classifier", "feedback"),
                         [](const auto& kind) { return std::string(kind.param); });

TEST_P(Taught, TellsRowsApartThatItWasNotGiven) {
    const LabelledWorld world;
    const double unsupervised = world.auroc_beyond(*fit_detector("iforest", {}, world.data, 1, {}));
    EXPECT_LT(unsupervised, 0.65);
    EXPECT_GT(world.auroc_beyond(*fit(world)), GetParam() == Classifier::kKind ? 0.9 : 0.8);
}

TEST_P(Taught, SurvivesSaveAndLoadBitEqual) {
    LabelledWorld world(60);
    const auto detector = fit(world);
    test::expect_saved_and_loaded(*detector, world.data);
    EXPECT_EQ(detector->contributions(world.data, 7), load_detector(detector->save())->contributions(world.data, 7));
}

TEST_P(Taught, EqualSeedsAndAnyThreadCountScoreBitEqual) {
    const LabelledWorld world;
    const Eigen::VectorXd alone = fit(world)->score(world.data, 1, {});
    for (const int threads : {0, 2, 5}) EXPECT_EQ(alone, fit(world, threads)->score(world.data, threads, {}));
    EXPECT_NE(alone, fit(world, 1, {{"seed", 2}})->score(world.data, 1, {}));
}

TEST_P(Taught, ContributionsSumToTheScore) {
    const LabelledWorld world;
    const auto detector = fit(world);
    const Eigen::VectorXd scores = detector->score(world.data, 1, {});
    EXPECT_TRUE(scores.allFinite());
    for (Eigen::Index row = 0; row < world.data.rows(); row += 7)
        EXPECT_NEAR(detector->contributions(world.data, row).sum(), scores[row] - base_of(*detector), 1e-6) << row;
    EXPECT_NEAR(detector->contributions(world.data, 8).sum(), scores[8] - base_of(*detector), 1e-6);
}

TEST_P(Taught, ContributionsPointAtWhatTheLabelsAreAbout) {
    LabelledWorld world;
    for (std::size_t row = 0; row < 600; ++row) {  // now feature 4 alone decides
        world.data.values(static_cast<Eigen::Index>(row), 4) += world.anomalous[row] ? 2.5F : 0.0F;
    }
    const auto detector = fit(world);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(6);
    for (Eigen::Index row = 200; row < 600; row += 5) sum += detector->contributions(world.data, row);
    Eigen::Index strongest = 0;
    sum.maxCoeff(&strongest);
    EXPECT_EQ(strongest, 4);
}

TEST_P(Taught, RefusesBadLabelsOtherSchemasAndParameters) {
    LabelledWorld world;
    const auto detector = fit(world);
    FeatureMatrix renamed = world.data;
    renamed.names[1] = "other";
    EXPECT_EQ(code_of([&] { detector->score(renamed, 1, {}); }), ErrorCode::Mismatch);
    EXPECT_EQ(code_of([&] { detector->contributions(renamed, 0); }), ErrorCode::Mismatch);
    EXPECT_EQ(code_of([&] { fit(world, 1, {{"trees", 0}}); }), ErrorCode::Invalid);
    EXPECT_EQ(code_of([&] { fit(world, 1, {{"tree", 5}}); }), ErrorCode::Invalid);
    EXPECT_EQ(code_of([&] { fit(world, 1, {{"trees", "many"}}); }), ErrorCode::Invalid);
    for (const TrainingLabel bad : {TrainingLabel{600, true}, TrainingLabel{-1, false}, TrainingLabel{0, true}}) {
        LabelledWorld wrong = world;
        wrong.labels.push_back(bad);
        EXPECT_EQ(code_of([&] { fit(wrong); }), ErrorCode::Invalid) << bad.feature_row;
    }
    FeatureMatrix none;
    EXPECT_EQ(code_of([&] { fit_detector(GetParam(), {}, none, 1, {}); }), ErrorCode::Invalid);
}

TEST_P(Taught, StopsWhenCancelled) {
    const LabelledWorld world;
    std::stop_source stop;
    stop.request_stop();
    const Progress cancelled(stop.get_token(), {});
    EXPECT_EQ(code_of([&] { fit_detector(GetParam(), {}, world.dataset(), 2, cancelled); }), ErrorCode::Cancelled);
    EXPECT_EQ(code_of([&] { fit(world)->score(world.data, 2, cancelled); }), ErrorCode::Cancelled);
}

TEST_P(Taught, RefusesDamagedDocuments) {
    const LabelledWorld world(60);
    const Json good = fit(world, 1, {{"trees", 3}})->save();
    test::expect_damage_refused(good);
    Json newer = good;
    newer["format"] = 2;
    EXPECT_EQ(code_of([&] { load_detector(newer); }), ErrorCode::Mismatch);
}

TEST(Classifier, NeedsTenLabelsOfEachClass) {
    EXPECT_EQ(code_of([] { fit_detector("classifier", {}, LabelledWorld(45).dataset(), 1, {}); }), ErrorCode::Invalid);
    EXPECT_NO_THROW(fit_detector("classifier", {}, LabelledWorld(46).dataset(), 1, {}));
    EXPECT_EQ(code_of([] { fit_detector("classifier", {}, LabelledWorld(0).dataset(), 1, {}); }), ErrorCode::Invalid);
}

TEST(Classifier, GivesEitherClassTheSameWeight) {
    LabelledWorld world(0);
    int anomalies = 0;
    for (std::int32_t row = 0; row < 600; ++row) {  // 12 against 480
        const bool anomaly = world.anomalous[static_cast<std::size_t>(row)];
        if (!anomaly || anomalies++ < 12) world.labels.push_back({row, anomaly});
    }
    const Classifier classifier = Classifier::fit(world.dataset(), {}, 1, {});
    EXPECT_NEAR(classifier.base_rate(), 0.5, 1e-6);
    const Eigen::VectorXd scores = classifier.score(world.data, 1, {});
    EXPECT_GE(scores.minCoeff(), 0);
    EXPECT_LE(scores.maxCoeff(), 1);
    double given = 0;
    for (const TrainingLabel& label : world.labels) given += label.anomaly ? scores[label.feature_row] / 12 : 0;
    EXPECT_GT(given, 0.7);
}

TEST(Classifier, GrownOnRowsNothingTellsApartSaysTheBaseRate) {
    LabelledWorld world(60);
    world.data.values.setConstant(3.0F);
    const Classifier classifier = Classifier::fit(world.dataset(), {}, 1, {});
    EXPECT_NEAR(classifier.score(world.data, 1, {})[0], classifier.base_rate(), 1e-12);
    EXPECT_LT(classifier.contributions(world.data, 0).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(FeedbackDetector, WithoutLabelsIsTheStandardisedForest) {
    const LabelledWorld world(0);
    const Eigen::VectorXd scores = fit_detector("iforest", {}, world.data, 1, {})->score(world.data, 1, {});
    const double mean = scores.mean();
    const double deviation = std::sqrt((scores.array() - mean).square().mean());
    const Eigen::VectorXd f = fit_detector("feedback", {}, world.dataset(), 1, {})->score(world.data, 1, {});
    EXPECT_LT((f.array() - (scores.array() - mean) / deviation).abs().maxCoeff(), 1e-12);
}

}  // namespace
}  // namespace abm
