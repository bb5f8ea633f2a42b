#include "core/decide/metrics.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace abm {
namespace {

TEST(Metrics, AurocCountsPairsAndTiesAsHalf) {
    EXPECT_DOUBLE_EQ(auroc(std::array{0.1, 0.4, 0.35, 0.8}, {false, false, true, true}), 0.75);
    EXPECT_DOUBLE_EQ(auroc(std::array{1.0, 1.0, 1.0}, {false, true, false}), 0.5);
    EXPECT_DOUBLE_EQ(auroc(std::array{0.0, 1.0}, {false, true}), 1.0);
    EXPECT_DOUBLE_EQ(auroc(std::array{0.0, 1.0}, {true, false}), 0.0);
    EXPECT_TRUE(std::isnan(auroc(std::array{0.0, 1.0}, {true, true})));
}

TEST(Metrics, AurocAgreesWithCountingEveryPair) {
    std::mt19937 random(3);
    std::vector<double> scores;
    std::vector<bool> positive;
    for (int row = 0; row < 200; ++row) {
        scores.push_back(static_cast<double>(random() % 20));
        positive.push_back(random() % 4 == 0);
    }
    double wins = 0;
    double pairs = 0;
    for (std::size_t a = 0; a < 200; ++a) {
        for (std::size_t b = 0; b < 200; ++b) {
            if (!positive[a] || positive[b]) continue;
            pairs += 1;
            wins += scores[a] > scores[b] ? 1.0 : scores[a] == scores[b] ? 0.5 : 0.0;
        }
    }
    EXPECT_NEAR(auroc(scores, positive), wins / pairs, 1e-12);
}

TEST(Metrics, AveragePrecisionAgreesWithScikitLearn) {
    // sklearn.metrics.average_precision_score([0,0,1,1], [.1,.4,.35,.8]) = 0.8333...
    EXPECT_NEAR(average_precision(std::array{0.1, 0.4, 0.35, 0.8}, {false, false, true, true}), 0.8333333333, 1e-9);
    EXPECT_NEAR(average_precision(std::array{1.0, 1.0, 1.0, 1.0}, {true, false, false, false}), 0.25, 1e-12);
    EXPECT_TRUE(std::isnan(average_precision(std::array{1.0}, {false})));
}

TEST(Metrics, TopKTakesTiesInProportionWhateverTheOrder) {
    const std::array scores{0.9, 0.5, 0.5, 0.1};
    EXPECT_DOUBLE_EQ(precision_at(scores, {true, true, false, false}, 2), 0.75);
    EXPECT_DOUBLE_EQ(precision_at(scores, {true, false, true, false}, 2), 0.75);
    EXPECT_DOUBLE_EQ(recall_at(scores, {true, true, false, false}, 2), 0.75);
    EXPECT_DOUBLE_EQ(precision_at(scores, {true, true, false, false}, 99), 0.5);
    EXPECT_DOUBLE_EQ(recall_at(scores, {true, true, false, false}, 99), 1.0);
    EXPECT_TRUE(std::isnan(precision_at(scores, {true, true, false, false}, 0)));
}

TEST(Metrics, ConfusionFlagsAtAndAboveTheThreshold) {
    const Confusion table = confusion_at(std::array{0.9, 0.8, 0.5, 0.2, 0.1}, {true, false, true, true, false}, 0.5);
    EXPECT_EQ(table.true_positives, 2U);
    EXPECT_EQ(table.false_positives, 1U);
    EXPECT_EQ(table.false_negatives, 1U);
    EXPECT_EQ(table.true_negatives, 1U);
    EXPECT_DOUBLE_EQ(table.precision(), 2.0 / 3.0);
    EXPECT_DOUBLE_EQ(table.recall(), 2.0 / 3.0);
    EXPECT_TRUE(std::isnan(Confusion{}.precision()));
}

}  // namespace
}  // namespace abm
