#include "core/decide/probability_calibration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/random.h"

namespace abm {
namespace {

struct MarginSample {
    std::vector<double> margins;
    std::vector<bool> anomaly;
};

/// Anomalous with probability 1 / (1 + exp(2 - 1.5 margin)).
MarginSample logistic_sample(int labels, std::uint64_t seed = 5) {
    Random random(seed);
    MarginSample sample;
    for (int at = 0; at < labels; ++at) {
        sample.margins.push_back(random.uniform() * 6 - 2);
        sample.anomaly.push_back(random.chance(1 / (1 + std::exp(2 - 1.5 * sample.margins.back()))));
    }
    return sample;
}

TEST(ProbabilityCalibration, NeedsThirtyLabelsAndBothClasses) {
    MarginSample sample = logistic_sample(30);
    EXPECT_TRUE(ProbabilityCalibration::fit(sample.margins, sample.anomaly).has_value());
    EXPECT_FALSE(ProbabilityCalibration::fit(sample.margins, std::vector<bool>(30, true)).has_value());
    EXPECT_FALSE(ProbabilityCalibration::fit(sample.margins, std::vector<bool>(30, false)).has_value());
    sample = logistic_sample(29);
    EXPECT_FALSE(ProbabilityCalibration::fit(sample.margins, sample.anomaly).has_value());
}

// The minimum of a convex loss is where its gradient is zero, whatever the way there.
TEST(ProbabilityCalibration, PlattsCurveStandsAtTheMinimumOfItsLoss) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const MarginSample sample = logistic_sample(150, seed);
        const auto fitted = ProbabilityCalibration::fit(sample.margins, sample.anomaly);
        ASSERT_TRUE(fitted && !fitted->isotonic());
        const auto positives = static_cast<double>(std::count(sample.anomaly.begin(), sample.anomaly.end(), true));
        const double high = (positives + 1) / (positives + 2);
        const double low = 1 / (150 - positives + 2);
        const double slope = fitted->save()["slope"];
        const double offset = fitted->save()["offset"];
        double by_offset = 0;
        double by_slope = 0;
        for (std::size_t at = 0; at < 150; ++at) {
            const double beyond = (sample.anomaly[at] ? high : low) - 1 / (1 + std::exp(slope * sample.margins[at] + offset));
            by_offset += beyond;
            by_slope += beyond * sample.margins[at];
        }
        EXPECT_NEAR(by_offset, 0, 1e-6);
        EXPECT_NEAR(by_slope, 0, 1e-6);
        EXPECT_NEAR(slope, -1.5, 0.6);
    }
}

TEST(ProbabilityCalibration, PlattIsSureOfNothingEvenWhereMarginsSeparate) {
    MarginSample sample;
    for (int at = 0; at < 40; ++at) {
        sample.margins.push_back(at < 20 ? -1e3 : 1e3);
        sample.anomaly.push_back(at >= 20);
    }
    const auto fitted = ProbabilityCalibration::fit(sample.margins, sample.anomaly);
    ASSERT_TRUE(fitted);
    EXPECT_NEAR(fitted->probability(1e3), 21.0 / 22, 0.01);  // Platt's target
    EXPECT_NEAR(fitted->probability(-1e3), 1.0 / 22, 0.03);  // the limits of 40 labels: 1 / 42
    EXPECT_GE(fitted->probability(-1e300), 1.0 / 42);
    EXPECT_LE(fitted->probability(1e300), 41.0 / 42);
}

TEST(ProbabilityCalibration, MarginsThatRankTheWrongWaySayTheBaseRate) {
    MarginSample sample = logistic_sample(100);
    for (double& margin : sample.margins) margin = -margin;
    const auto fitted = ProbabilityCalibration::fit(sample.margins, sample.anomaly);
    ASSERT_TRUE(fitted);
    EXPECT_EQ(fitted->probability(-5), fitted->probability(5));
    const auto positives = static_cast<double>(std::count(sample.anomaly.begin(), sample.anomaly.end(), true));
    EXPECT_NEAR(fitted->probability(0), (positives + 1) / 102, 1e-9);
}

/// 210 labels at margins 1..7, thirty each. By hand: shares 0, .2, .1, .5, .5, .4, 1 pool to 0, .15, .15, then (15 + 15 + 12)
/// / 90.
TEST(ProbabilityCalibration, IsotonicPoolsWhatContradictsTheOrder) {
    MarginSample sample;
    const std::vector<int> anomalies{0, 6, 3, 15, 15, 12, 30};
    for (std::size_t level = 0; level < 7; ++level) {
        for (int at = 0; at < 30; ++at) {
            sample.margins.push_back(static_cast<double>(level + 1));
            sample.anomaly.push_back(at < anomalies[level]);
        }
    }
    const auto fitted = ProbabilityCalibration::fit(sample.margins, sample.anomaly);
    ASSERT_TRUE(fitted && fitted->isotonic());
    const double least = 1.0 / 212;
    const double middle = 42.0 / 90;
    for (const auto& [margin, p] : std::vector<std::pair<double, double>>{{-9, least},
                                                                          {1, least},
                                                                          {2, 0.15},
                                                                          {2.5, 0.15},
                                                                          {3, 0.15},
                                                                          {3.5, (0.15 + middle) / 2},
                                                                          {4, middle},
                                                                          {5.3, middle},
                                                                          {6, middle},
                                                                          {6.25, middle + (1 - middle) / 4},
                                                                          {7, 1 - least},
                                                                          {99, 1 - least}})
        EXPECT_NEAR(fitted->probability(margin), p, 1e-12) << margin;
}

TEST(ProbabilityCalibration, IsTrueToTheRatesItWasDrawnFrom) {
    for (const int labels : {200, 2'000}) {
        const MarginSample sample = logistic_sample(labels);
        const auto fitted = ProbabilityCalibration::fit(sample.margins, sample.anomaly);
        ASSERT_TRUE(fitted);
        EXPECT_EQ(fitted->isotonic(), labels > 200);
        double last = 0;
        for (double margin = -2; margin <= 4; margin += 0.25) {
            const double p = fitted->probability(margin);
            EXPECT_NEAR(p, 1 / (1 + std::exp(2 - 1.5 * margin)), 0.17) << margin;
            EXPECT_GE(p, last);
            last = p;
        }
    }
}

TEST(ProbabilityCalibration, SurvivesSaveAndLoadAndRefusesDamage) {
    for (const int labels : {60, 400}) {
        const MarginSample sample = logistic_sample(labels);
        const auto fitted = ProbabilityCalibration::fit(sample.margins, sample.anomaly);
        const Json good = fitted->save();
        const auto loaded = ProbabilityCalibration::load(parse_model_text(good.dump()));
        for (double margin = -4; margin < 5; margin += 0.1) EXPECT_EQ(loaded.probability(margin), fitted->probability(margin));
        for (const auto& [name, value] : good.items()) {
            Json bad = good;
            bad[name] = "nonsense";
            EXPECT_THROW(ProbabilityCalibration::load(bad), Error) << name;
            bad.erase(name);
            EXPECT_THROW(ProbabilityCalibration::load(bad), Error) << name;
        }
    }
    Json falling{{"kind", "probability"}, {"format", 1}, {"labels", 300}, {"margins", {1, 2}}, {"probabilities", {0.5, 0.4}}};
    EXPECT_THROW(ProbabilityCalibration::load(falling), Error);
    falling["probabilities"] = {0.4, 0.5};
    EXPECT_NO_THROW(ProbabilityCalibration::load(falling));
    falling["margins"] = {2, 2};
    EXPECT_THROW(ProbabilityCalibration::load(falling), Error);
    EXPECT_THROW(
        ProbabilityCalibration::load({{"kind", "probability"}, {"format", 1}, {"labels", 40}, {"slope", 1}, {"offset", 0}}),
        Error);
}

}  // namespace
}  // namespace abm
