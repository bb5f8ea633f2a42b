#include "widgets/score_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <tuple>

#include "tests/widgets/synthetic_investigation.h"

namespace abm {
namespace {

using std::chrono::microseconds;

std::vector<TimeRange> views(const TimeRange& whole) {
    const auto part = [&](double from, double to) {
        const double length = static_cast<double>(whole.length().count());
        return TimeRange{whole.begin + microseconds(static_cast<std::int64_t>(length * from)),
                         whole.begin + microseconds(static_cast<std::int64_t>(length * to))};
    };
    return {whole, part(0.3, 0.6), part(0.41, 0.42), part(0.9, 1.0), part(0.5, 0.50001)};
}

std::vector<Column> brute_force(const Investigation& all, MachineIndex machine, const TimeScale& scale) {
    std::vector<Column> columns(static_cast<std::size_t>(scale.width));
    for (const Record& record : all.records) {
        if (record.machine != machine || record.severity != Severity::none || record.trivial || !known(record.start)) continue;
        const double x = std::floor(static_cast<double>((record.start - scale.view.begin).count()) /
                                    static_cast<double>(scale.view.length().count()) * scale.width);
        if (x < 0 || x >= scale.width) continue;
        Column& column = columns[static_cast<std::size_t>(x)];
        column.low = column.count == 0 ? record.score : std::min(column.low, record.score);
        column.high = column.count == 0 ? record.score : std::max(column.high, record.score);
        ++column.count;
    }
    return columns;
}

TEST(ScoreIndex, ColumnsEqualBruteForceAtAnyZoomAndWidth) {
    const auto made = test::synthetic_case({3, 3000});
    const auto index = ScoreIndex::build(*made.investigation);
    ASSERT_EQ(index->lanes.size(), 3U);
    for (const TimeRange& view : views(index->whole)) {
        for (const int width : {1, 7, 333, 1200}) {
            for (const Lane& lane : index->lanes) {
                const TimeScale scale{view, width};
                EXPECT_EQ(columns_of(lane, scale), brute_force(*made.investigation, lane.machine, scale));
            }
        }
    }
}

TEST(ScoreIndex, EveryAnomalyHasAMarkOnItsPixelAtAnyZoom) {
    const auto made = test::synthetic_case({3, 5000});
    const auto index = ScoreIndex::build(*made.investigation);
    for (const TimeRange& view : views(index->whole)) {
        for (const int width : {1, 50, 900}) {
            const TimeScale scale{view, width};
            for (const Lane& lane : index->lanes) {
                const auto marks = marks_of(lane, scale, 60);
                for (const Record& record : made.investigation->records) {
                    if (record.machine != lane.machine || record.severity == Severity::none) continue;
                    if (record.start < view.begin || record.start > view.end) continue;
                    const bool drawn = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
                        return mark.severity == record.severity &&
                               mark.x == std::clamp(scale.column_of(record.start), 0, width) &&
                               mark.y == score_y(record.score, 60);
                    });
                    ASSERT_TRUE(drawn) << "width " << width;
                }
                EXPECT_TRUE(std::is_sorted(marks.begin(), marks.end(),
                                           [](const Mark& a, const Mark& b) { return a.severity < b.severity; }));
            }
        }
    }
}

/// Records as no real machine writes them: bursts, ties, long silences, any score, any severity.
Investigation random_case(std::mt19937& random) {
    Investigation all = *test::synthetic_case({2, 400}).investigation;
    const auto up_to = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
    const Time begin = all.records.front().start;
    Time now = begin;
    for (Record& record : all.records) {
        const int kind = up_to(99);
        now += kind < 40 ? microseconds(up_to(3)) : kind < 97 ? std::chrono::seconds(up_to(900)) : std::chrono::hours(up_to(400));
        record.start = kind == 50 ? kUnknownTime : now;
        record.end = record.start;
        record.score = static_cast<float>(up_to(1000)) / 1000.0F;
        record.severity = up_to(9) == 0 ? static_cast<Severity>(up_to(4)) : Severity::none;
        record.trivial = record.severity == Severity::none && up_to(19) == 0;
    }
    return all;
}

TEST(ScoreIndex, OfAnyRecordsEveryColumnIsTrueAndEveryAnomalyIsMarkedAtAnyZoom) {
    std::mt19937 random(20260314);
    const auto share = [&] { return std::uniform_real_distribution<double>(0, 1)(random); };
    for (int run = 0; run < 60; ++run) {
        const Investigation all = random_case(random);
        const auto index = ScoreIndex::build(all);
        const double length = static_cast<double>(index->whole.length().count());
        const double wide = std::pow(10.0, -7 * share()), from = share() * (1 - wide);
        const auto at = [&](double part) { return index->whole.begin + microseconds(static_cast<std::int64_t>(length * part)); };
        const TimeScale scale{{at(from), std::max(at(from + wide), at(from) + microseconds(1))},
                              1 + static_cast<int>(2000 * share())};
        std::size_t marked = 0;
        for (const Lane& lane : index->lanes) {
            ASSERT_EQ(columns_of(lane, scale), brute_force(all, lane.machine, scale)) << "run " << run;
            std::set<std::tuple<int, int, Severity>> drawn;
            for (const Mark& mark : marks_of(lane, scale, 60)) drawn.emplace(mark.x, mark.y, mark.severity);
            for (const Record& record : all.records) {
                if (record.machine != lane.machine || record.severity == Severity::none || !known(record.start)) continue;
                if (record.start < scale.view.begin || record.start > scale.view.end) continue;
                const int x = std::clamp(scale.column_of(record.start), 0, scale.width);
                ASSERT_EQ(drawn.count({x, score_y(record.score, 60), record.severity}), 1U) << "run " << run;
                ++marked;
            }
        }
        if (wide > 0.9) {
            EXPECT_GT(marked, 10U);
        }
    }
}

void expect_equal(const Lane& a, const Lane& b) {
    EXPECT_EQ(a.machine, b.machine);
    EXPECT_EQ(a.times, b.times);
    EXPECT_EQ(a.scores, b.scores);
    EXPECT_EQ(a.records, b.records);
    EXPECT_EQ(a.labels.size(), b.labels.size());
    for (std::size_t tier = 0; tier < a.anomalies.size(); ++tier) {
        ASSERT_EQ(a.anomalies[tier].size(), b.anomalies[tier].size());
        for (std::size_t at = 0; at < a.anomalies[tier].size(); ++at)
            EXPECT_EQ(a.anomalies[tier][at].record, b.anomalies[tier][at].record);
    }
}

void expect_equal(const ScoreIndex& a, const ScoreIndex& b) {
    ASSERT_EQ(a.lanes.size(), b.lanes.size());
    for (std::size_t lane = 0; lane < a.lanes.size(); ++lane) expect_equal(a.lanes[lane], b.lanes[lane]);
    expect_equal(a.together, b.together);
    EXPECT_EQ(a.whole, b.whole);
    EXPECT_EQ(a.without_time, b.without_time);
    EXPECT_EQ(*a.by_time, *b.by_time);
}

TEST(ScoreIndex, OfNewScoresIsTheSameWithAndWithoutTheIndexBefore) {
    auto all = *test::synthetic_case({3, 500}).investigation;
    all.records[5].start = kUnknownTime;
    all.records[20].start = all.records[900].start;  // out of order, and a tie
    const auto before = ScoreIndex::build(all);
    for (std::size_t at = 0; at < all.records.size(); at += 7) {
        all.records[at].score = 0.5F;
        all.records[at].label = LabelClass::normal;
        all.records[at].severity = all.records[at].severity == Severity::none ? Severity::low : Severity::none;
    }
    const auto again = ScoreIndex::build(all, before.get());
    EXPECT_EQ(again->by_time, before->by_time) << "not sorted anew";
    expect_equal(*again, *ScoreIndex::build(all));
}

TEST(ScoreIndex, IsNotMisledByAnIndexOfOtherRecords) {
    const auto all = *test::synthetic_case({3, 300}).investigation;
    const auto before = ScoreIndex::build(all);
    auto moved = all, untimed = all, fewer = all;
    moved.records[40].start = moved.records[400].start;
    untimed.records[40].start = kUnknownTime;
    fewer.records.resize(200);
    for (const Investigation& other : {moved, untimed, fewer, Investigation()}) {
        const auto index = ScoreIndex::build(other, before.get());
        EXPECT_NE(index->by_time, before->by_time);
        expect_equal(*index, *ScoreIndex::build(other));
    }
}

TEST(ScoreIndex, CountsRecordsWithoutATimeInsteadOfDroppingThemInSilence) {
    auto all = *test::synthetic_case().investigation;
    all.records[0].start = kUnknownTime;
    all.records[2].start = kUnknownTime;
    EXPECT_EQ(ScoreIndex::build(all)->without_time, 2);
    const Investigation nothing;
    EXPECT_GT(ScoreIndex::build(nothing)->whole.length().count(), 0);
}

TEST(TimeScale, ZoomKeepsTheTimeUnderTheCursorAndStaysInside) {
    const TimeRange whole{Time{}, Time{} + std::chrono::hours(48)};
    const TimeRange view = zoomed(whole, 0.25, 0.75, whole);
    EXPECT_EQ(view.length(), std::chrono::hours(12));
    EXPECT_EQ(view.begin, Time{} + std::chrono::hours(27));
    EXPECT_EQ(zoomed(view, 100, 0.5, whole), whole);
    EXPECT_EQ(zoomed(view, 1e-12, 0.5, whole).length(), kShortestView);
    EXPECT_EQ(panned(view, 10, whole).end, whole.end);
    EXPECT_EQ(panned(view, -10, whole).begin, whole.begin);
}

TEST(TimeScale, TicksAreRoundAndNotTooMany) {
    const Time begin = Time{} + std::chrono::hours(100) + std::chrono::minutes(7);
    for (const auto length :
         {std::chrono::seconds(30), std::chrono::seconds(5000), std::chrono::seconds(400000), std::chrono::seconds(90000000)}) {
        const TimeRange view{begin, begin + length};
        const auto ticks = time_ticks(view, 8);
        EXPECT_GE(ticks.size(), 2U);
        EXPECT_LE(ticks.size(), 9U);
        for (const Tick& tick : ticks) {
            EXPECT_TRUE(view.begin <= tick.time && tick.time <= view.end);
            EXPECT_FALSE(tick.text.isEmpty());
        }
    }
}

}  // namespace
}  // namespace abm
