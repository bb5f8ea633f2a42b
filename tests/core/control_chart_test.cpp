// Control charts against values worked out by hand.
#include "core/detect/control_chart.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "tests/core/feature_test_data.h"

namespace abm {
namespace {

using test::kNan;

void expect_near(const std::vector<double>& found, const std::vector<double>& expected) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t at = 0; at < found.size(); ++at) EXPECT_NEAR(found[at], expected[at], 1e-9) << at;
}

TEST(ControlChart, CusumAddsUpASmallShift) {
    // Centre 10, deviation 2: z = 0, 1, -1, 2, 2, 2, 2, 0.
    const std::vector<double> series = {10, 12, 8, 14, 14, 14, 14, 10};
    const CusumChart chart = cusum(series, {10, 2});
    expect_near(chart.high, {0, 0.5, 0, 1.5, 3, 4.5, 6, 0});
    expect_near(chart.low, {0, 0, 0.5, 0, 0, 0, 0, 0});
    EXPECT_EQ(chart.alarms, (std::vector<std::size_t>{6}));
}

TEST(ControlChart, CusumFindsAShiftDownAndBeginsAgainAfterAnAlarm) {
    const std::vector<double> series(6, -3.0);  // -z - k = 2.5 a step: beyond 5 with the third, and again with the sixth
    const CusumChart chart = cusum(series, {0, 1});
    expect_near(chart.low, {2.5, 5, 7.5, 2.5, 5, 7.5});
    expect_near(chart.high, {0, 0, 0, 0, 0, 0});
    EXPECT_EQ(chart.alarms, (std::vector<std::size_t>{2, 5}));
}

TEST(ControlChart, CusumHonoursItsParameters) {
    const CusumChart chart = cusum(std::vector<double>{2, 2, 2}, {0, 1}, {.allowance = 1, .limit = 2});
    expect_near(chart.high, {1, 2, 3});
    EXPECT_EQ(chart.alarms, (std::vector<std::size_t>{2}));
}

TEST(ControlChart, UnknownValuesChangeNothing) {
    const CusumChart sums = cusum(std::vector<double>{2, kNan, 2}, {0, 1});
    expect_near(sums.high, {1.5, 1.5, 3});
    const EwmaChart averages = ewma(std::vector<double>{1, kNan, 1}, {0, 1});
    expect_near(averages.average, {0.2, 0.2, 0.36});
    EXPECT_EQ(averages.high[0], averages.high[1]);
    EXPECT_GT(averages.high[2], averages.high[1]);
}

TEST(ControlChart, InfinityIsAnAlarmAndNothingMore) {
    const std::vector<double> series = {0, std::numeric_limits<double>::infinity(), 0, 0};
    const CusumChart chart = cusum(series, {0, 1});
    EXPECT_EQ(chart.alarms, (std::vector<std::size_t>{1}));
    EXPECT_TRUE(std::isfinite(chart.high[1]));
    EXPECT_TRUE(std::isfinite(ewma(series, {0, 1}).average[3]));
}

TEST(ControlChart, EwmaAveragesWithinWideningLimits) {
    // lambda .2: averages 50 + 10 * {.2, .36, .488}; limits 3 * 10 * sqrt(.2 / 1.8 * (1 - .8^(2t))) = 6, 7.683749, 8.589854.
    const EwmaChart chart = ewma(std::vector<double>{60, 60, 60}, {50, 10});
    expect_near(chart.average, {52, 53.6, 54.88});
    EXPECT_NEAR(chart.high[0], 56, 1e-9);
    EXPECT_NEAR(chart.high[1], 50 + 7.683749, 1e-5);
    EXPECT_NEAR(chart.low[2], 50 - 8.589854, 1e-5);
    EXPECT_TRUE(chart.alarms.empty());
}

TEST(ControlChart, EwmaAlarmsWhereTheAverageLeavesItsLimits) {
    // z = 2 throughout: averages .4, .72, .976, 1.1808; limits .6, .768, .859, .912.
    const EwmaChart chart = ewma(std::vector<double>{2, 2, 2, 2}, {0, 1});
    EXPECT_EQ(chart.alarms, (std::vector<std::size_t>{2, 3}));
}

TEST(ControlChart, TheTargetIsRobust) {
    const ChartTarget target = robust_target(std::vector<double>{1, 2, 3, 4, 1000, kNan});
    EXPECT_EQ(target.centre, 3);
    EXPECT_NEAR(target.deviation, 1.4826, 1e-12);
    EXPECT_EQ(robust_target(std::vector<double>{5, 5}).deviation, 1);
    EXPECT_THROW(robust_target(std::vector<double>{kNan}), Error);
    EXPECT_THROW(robust_target({}), Error);
}

TEST(ControlChart, RefusesImpossibleParameters) {
    const std::vector<double> series = {1};
    EXPECT_THROW(cusum(series, {0, 0}), Error);
    EXPECT_THROW(cusum(series, {kNan, 1}), Error);
    EXPECT_THROW(cusum(series, {0, 1}, {.allowance = -1}), Error);
    EXPECT_THROW(cusum(series, {0, 1}, {.limit = 0}), Error);
    EXPECT_THROW(ewma(series, {0, 1}, {.weight = 0}), Error);
    EXPECT_THROW(ewma(series, {0, 1}, {.weight = 1.1}), Error);
    EXPECT_THROW(ewma(series, {0, 1}, {.limit = kNan}), Error);
    EXPECT_TRUE(cusum({}, {0, 1}).high.empty());
}

}  // namespace
}  // namespace abm
