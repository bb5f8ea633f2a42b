#include "core/textlog/line_clock.h"

#include <gtest/gtest.h>

#include "core/textlog/gap_histogram.h"

namespace abm {
namespace {

constexpr double kDayS = 86'400;

std::optional<Tick> ask(LineClock& clock, std::string_view text) {
    const TimeText time = read_time(text);
    return clock.tick(time, time.size > 0 ? time_of(time, DateOrder::unknown) : kUnknownTime);
}

double seconds_between(LineClock& clock, std::string_view from, std::string_view to) {
    const auto first = ask(clock, from), second = ask(clock, to);
    EXPECT_TRUE(first && second) << from << " " << to;
    return first && second ? static_cast<double>(*second - *first) * 1e-6 : 0;
}

TEST(LineClock, MeasuresWithoutAYear) {
    LineClock june, new_year, plain, leap;
    EXPECT_EQ(seconds_between(june, "Jun 14 15:16:01", "Jun 15 15:16:02"), kDayS + 1);
    EXPECT_EQ(seconds_between(new_year, "Dec 31 23:59:59", "Jan  1 00:00:01"), 2);
    EXPECT_EQ(seconds_between(plain, "Feb 28 12:00:00", "Mar  1 12:00:00"), kDayS);
    EXPECT_EQ(seconds_between(leap, "Feb 29 12:00:00", "Mar  1 12:00:00"), kDayS);
}

TEST(LineClock, MeasuresTimesOfDayAndSinceTheStart) {
    LineClock midnight, back, start, again;
    EXPECT_EQ(seconds_between(midnight, "23:59:59", "00:00:01"), 2);
    EXPECT_EQ(seconds_between(back, "12:00:10", "12:00:00"), -10);
    EXPECT_NEAR(seconds_between(start, "    1.500000", "   12.750000"), 11.25, 1e-9);
    EXPECT_NEAR(seconds_between(again, " 5000.000000", "    2.000000"), 2, 1e-9);
}

TEST(LineClock, AnAmbiguousDateCountsAsOneDay) {
    LineClock clock;
    EXPECT_EQ(seconds_between(clock, "03/04/2025 12:00:00", "03/05/2025 12:00:01"), kDayS + 1);
}

TEST(LineClock, NoTimeIsNoTick) {
    LineClock clock;
    EXPECT_FALSE(ask(clock, "no time here"));
    EXPECT_FALSE(ask(clock, "2025-02-30 12:00:00"));
    EXPECT_TRUE(ask(clock, "2025-02-28 12:00:00"));
    EXPECT_FALSE(ask(clock, "12:00:00"));  // another kind of clock
}

TEST(GapHistogram, QuantilesAreWithinAStep) {
    GapHistogram gaps;
    EXPECT_EQ(gaps.quantile(0.99), 0);
    for (int i = 0; i < 99; ++i) gaps.add(2);
    gaps.add(10'000);
    EXPECT_GE(gaps.quantile(0.99), 2);
    EXPECT_LE(gaps.quantile(0.99), 2.13);
    EXPECT_GE(gaps.quantile(1), 10'000);
}

}  // namespace
}  // namespace abm
