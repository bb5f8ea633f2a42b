// The axis without the long times in which nothing was recorded.
#include "widgets/time_fold.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/widgets/synthetic_investigation.h"
#include "widgets/score_index.h"

namespace abm {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Time at(double hour) { return Time{} + std::chrono::seconds(static_cast<std::int64_t>(hour * 3600)); }

std::vector<Time> two_days_apart(int days) {
    std::vector<Time> times;
    for (int minute = 0; minute < 12 * 60; minute += 5) times.push_back(at(6) + minutes(minute));
    const std::size_t count = times.size();
    for (std::size_t i = 0; i < count; ++i) times.push_back(times[i] + hours(24 * days));
    return times;
}

TEST(TimeFold, LeavesNightsAndQuietHoursAsTheyAre) {
    EXPECT_TRUE(TimeFold(two_days_apart(1)).folds().size() <= 1U);
    std::vector<Time> quiet{at(6), at(7), at(15), at(16)};
    EXPECT_TRUE(TimeFold(quiet).folds().empty()) << "eight hours are half of the span, and still only a quiet afternoon";
    EXPECT_TRUE(TimeFold(std::vector<Time>{}).folds().empty());
    EXPECT_TRUE(TimeFold(std::vector<Time>{at(1)}).folds().empty());
}

TEST(TimeFold, MakesElevenEmptyDaysNarrow) {
    const auto times = two_days_apart(11);
    const TimeFold fold(times);
    ASSERT_EQ(fold.folds().size(), 1U);
    const TimeRange whole = fold.folded(TimeRange{times.front(), times.back()});
    EXPECT_LT(whole.length(), hours(26));
    EXPECT_GT(whole.length(), hours(23));
}

TEST(TimeFold, FoldsSmallerGapsThatAStrayDateHid) {
    auto times = two_days_apart(11);
    times.insert(times.begin(), at(-24 * 20000));  // a clock that was not set yet
    EXPECT_EQ(TimeFold(times).folds().size(), 2U);
}

TEST(TimeFold, IsExactOutsideOfFoldsAndKeepsTheOrderWithin) {
    auto times = two_days_apart(11);
    const TimeFold fold(times);
    for (const Time time : times) EXPECT_EQ(fold.unfolded(fold.folded(time)), time);
    Time before = fold.folded(times.front() - hours(1));
    for (Time time = times.front(); time < times.back() + hours(1); time += minutes(17)) {
        EXPECT_GE(fold.folded(time), before);
        EXPECT_LT(std::chrono::abs(fold.unfolded(fold.folded(time)) - time), std::chrono::seconds(1));
        before = fold.folded(time);
    }
}

TEST(TimeFold, TicksNameTheDayBehindAFoldAndStayOutOfIt) {
    const auto times = two_days_apart(11);
    const TimeFold fold(times);
    const TimeRange view{times.front() - minutes(10), times.back() + minutes(10)};
    const auto ticks = time_ticks(view, 8, fold);
    ASSERT_GE(ticks.size(), 4U);
    EXPECT_LE(ticks.size(), 10U);
    const TimeRange gap = fold.folds().front().range;
    bool behind = false;
    for (const Tick& tick : ticks) {
        EXPECT_FALSE(gap.begin < tick.time && tick.time < gap.end) << tick.text.toStdString();
        if (tick.time >= gap.end && !behind) {
            behind = true;
            EXPECT_TRUE(tick.text.contains("Jan")) << tick.text.toStdString();
        }
    }
    EXPECT_TRUE(behind);
}

TEST(TimeFold, ColumnsAndMarksOfAFoldedIndexLieWhereTheScaleSays) {
    auto all = *test::synthetic_case().investigation;
    for (std::size_t i = all.records.size() / 2; i < all.records.size(); ++i) {
        if (known(all.records[i].start)) all.records[i].start += hours(24 * 90);
    }
    const auto index = ScoreIndex::build(all);
    ASSERT_FALSE(index->fold.folds().empty());
    const TimeScale scale{index->whole, 700, &index->fold};
    EXPECT_NEAR(scale.x_of(index->whole.end), 700, 1e-6);
    for (const Lane& lane : index->lanes) {
        std::vector<std::uint32_t> counts(700);
        for (const Time time : lane.times) ++counts[static_cast<std::size_t>(scale.column_of(time))];
        const auto columns = columns_of(lane, scale);
        for (std::size_t x = 0; x < counts.size(); ++x) ASSERT_EQ(columns[x].count, counts[x]) << x;
        for (const Mark& mark : marks_of(lane, scale, 60)) EXPECT_EQ(mark.x, scale.column_of(all.records[mark.record].start));
    }
}

}  // namespace
}  // namespace abm
