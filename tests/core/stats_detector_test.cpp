#include "core/detect/stats_detector.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace abm {
namespace {

/// a: median 3, MAD 1, mean 22, deviation 39.0127; b: constant; c: mostly 0, so that its MAD is 0.
FeatureMatrix small_table() {
    FeatureMatrix data;
    data.names = {"a", "b", "c"};
    data.values.resize(5, 3);
    data.values << 1, 7, 0, 2, 7, 0, 3, 7, 0, 4, 7, 0, 100, 7, 5;
    return data;
}

TEST(StatsDetector, ScoresTheLargestRobustZ) {
    const StatsDetector stats = StatsDetector::fit(small_table(), Scaling::robust, {});
    const Eigen::VectorXd scores = stats.score(small_table(), 1, {});
    EXPECT_NEAR(scores[0], 2 / 1.4826, 1e-6);
    EXPECT_NEAR(scores[2], 0, 1e-6);
    EXPECT_NEAR(scores[4], 97 / 1.4826, 1e-4);
}

TEST(StatsDetector, PlainZIsAnOption) {
    const auto stats = fit_detector("stats", {{"scaling", "z_score"}}, small_table(), 1, {});
    const Eigen::VectorXd scores = stats->score(small_table(), 1, {});
    EXPECT_NEAR(scores[4], 2.0, 1e-6);  // c: (5 - 1) / 2; a: (100 - 22) / 39.0128 = 1.9993
    EXPECT_NEAR(scores[0], 21 / 39.01282, 1e-4);
    EXPECT_EQ(stats->save()["scaling"], "z_score");
}

TEST(StatsDetector, SharesTheScoreBySquares) {
    FeatureMatrix row = small_table();
    row.values.row(0) << 3 + 3 * 1.4826F, 0, 8;  // z 3, ignored, and 8 / 2 = 4
    const StatsDetector stats = StatsDetector::fit(small_table(), Scaling::robust, {});
    const Eigen::VectorXd parts = stats.contributions(row, 0);
    EXPECT_NEAR(parts[0], 4 * 9.0 / 25, 1e-5);
    EXPECT_EQ(parts[1], 0);
    EXPECT_NEAR(parts[2], 4 * 16.0 / 25, 1e-5);
}

}  // namespace
}  // namespace abm
