#include "core/decide/calibration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "core/base/error.h"

namespace abm {
namespace {

Eigen::VectorXd exponential_scores(Eigen::Index n, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::exponential_distribution<double> draw(1.0);
    Eigen::VectorXd scores(n);
    for (double& score : scores) score = draw(random);
    return scores;
}

TEST(Calibration, CountsTheReferenceAtOrAboveAScore) {
    const Calibration calibration = Calibration::fit(Eigen::VectorXd::LinSpaced(9, 1.0, 9.0));
    EXPECT_DOUBLE_EQ(calibration.tail_probability(0.0), 1.0);
    EXPECT_NEAR(calibration.tail_probability(5.0), 0.6, 1e-12);
    EXPECT_NEAR(calibration.tail_probability(5.5), 0.5, 1e-12);
    EXPECT_NEAR(calibration.tail_probability(9.0), 0.2, 1e-12);
}

TEST(Calibration, JoinsTheTailAtTheLargestScore) {
    const Eigen::VectorXd scores = exponential_scores(1000);
    const Calibration calibration = Calibration::fit(scores);
    EXPECT_NEAR(calibration.tail_probability(scores.maxCoeff() + 1e-9), 1.0 / 1001.0, 1e-9);
    EXPECT_NEAR(calibration.tail_probability(scores.maxCoeff()), 2.0 / 1001.0, 1e-12);
}

TEST(Calibration, NeverRisesAndNeverSaturates) {
    const Eigen::VectorXd scores = exponential_scores(1000);
    const Calibration calibration = Calibration::fit(scores);
    double before = calibration.surprise(-5.0);
    for (double score = -5.0; score < 60.0; score += 0.05) {
        const double now = calibration.surprise(score);
        EXPECT_GE(now, before);
        if (score - 0.05 > scores.maxCoeff()) {
            EXPECT_GT(now, before) << score;
        }
        before = now;
    }
    EXPECT_GT(calibration.surprise(1e12), calibration.surprise(1e9));
    EXPECT_GT(static_cast<float>(calibration.tail_probability(1e12)), 0.0F);
}

TEST(Calibration, ExtrapolatesAnExponentialTailAboutRight) {
    const Calibration calibration = Calibration::fit(exponential_scores(20'000));
    // P(X > 14) = e^-14: 6.08 digits. The fit may be off by some, not by the order of its order.
    EXPECT_NEAR(calibration.surprise(14.0), 14.0 / std::log(10.0), 1.0);
}

TEST(Calibration, StaysSaneOnTinyAndConstantReferences) {
    for (const Eigen::Index n : {1, 2, 3, 8}) {
        const Calibration calibration = Calibration::fit(Eigen::VectorXd::Constant(n, 0.5));
        EXPECT_DOUBLE_EQ(calibration.tail_probability(0.5), 1.0) << n;
        EXPECT_LE(calibration.tail_probability(0.6), 1.0 / static_cast<double>(n + 1)) << n;
        EXPECT_GT(calibration.tail_probability(0.6), 0.0) << n;
        EXPECT_TRUE(calibration.provisional());
    }
    const Calibration huge = Calibration::fit(Eigen::Vector2d(-1e308, 1e308));
    EXPECT_FALSE(std::isnan(huge.surprise(1.1e308)));
}

TEST(Calibration, UnknownScoresAreNoEvidence) {
    const Calibration calibration = Calibration::fit(exponential_scores(300));
    EXPECT_EQ(calibration.tail_probability(std::numeric_limits<double>::quiet_NaN()), 1.0);
    EXPECT_GT(calibration.tail_probability(std::numeric_limits<double>::infinity()), 0.0);
    EXPECT_TRUE(std::isfinite(calibration.surprise(std::numeric_limits<double>::infinity())));
    EXPECT_EQ(calibration.tail_probability(-std::numeric_limits<double>::infinity()), 1.0);
}

TEST(Calibration, IsProvisionalBelowTwoHundred) {
    EXPECT_TRUE(Calibration::fit(exponential_scores(199)).provisional());
    EXPECT_FALSE(Calibration::fit(exponential_scores(200)).provisional());
}

TEST(Calibration, RefusesNothingAndWhatIsNotFinite) {
    EXPECT_THROW(Calibration::fit(Eigen::VectorXd()), Error);
    Eigen::VectorXd scores = exponential_scores(10);
    scores[3] = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW(Calibration::fit(scores), Error);
}

TEST(Calibration, SurvivesSaveAndLoadBitEqual) {
    const Calibration calibration = Calibration::fit(exponential_scores(500));
    const Calibration loaded = Calibration::load(parse_model_text(calibration.save().dump()));
    for (double score = -1; score < 30; score += 0.1) EXPECT_EQ(calibration.surprise(score), loaded.surprise(score));
}

}  // namespace
}  // namespace abm
