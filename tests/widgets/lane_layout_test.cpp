// Lanes tile, whatever is collapsed; spans that are drawn are those that are there.
#include "widgets/lane_layout.h"

#include <gtest/gtest.h>

#include <random>

#include "widgets/lane_spans.h"

namespace abm {
namespace {

TEST(LaneLayout, LanesTileAndEachPixelBelongsToOneThatIsShown) {
    std::mt19937 random(3);
    for (int round = 0; round < 200; ++round) {
        std::vector<bool> collapsed(1 + random() % 40);
        for (std::size_t lane = 0; lane < collapsed.size(); ++lane) collapsed[lane] = random() % 3 == 0;
        const auto single = random() % 4 == 0 ? std::optional<std::size_t>(random() % collapsed.size()) : std::nullopt;
        const int room = static_cast<int>(random() % 900);
        const LaneLayout layout(collapsed, single, room);
        int top = 0;
        for (std::size_t lane = 0; lane < layout.count(); ++lane) {
            EXPECT_EQ(layout.top(lane), top);
            EXPECT_EQ(layout.shown(lane), !single || lane == *single);
            if (!layout.shown(lane)) continue;
            top += layout.height(lane) + LaneLayout::kGap_px;
            EXPECT_GE(layout.height(lane),
                      (layout.open(lane) ? LaneLayout::kLeast_px : LaneLayout::kCollapsed_px) - LaneLayout::kGap_px);
            EXPECT_EQ(layout.at(layout.top(lane)), lane);
            EXPECT_EQ(layout.at(top - 1), lane);
        }
        EXPECT_EQ(layout.whole(), top);
        EXPECT_EQ(layout.furthest(), std::max(top - room, 0));
        EXPECT_TRUE(layout.shown(*layout.at(-5)));
        EXPECT_TRUE(layout.shown(*layout.at(100000)));
    }
    EXPECT_EQ(LaneLayout().at(0), std::nullopt);
}

TEST(LaneSpans, WhatIsDrawnIsEveryRangeAPixelWideAndNothingElse) {
    std::mt19937 random(5);
    for (int round = 0; round < 100; ++round) {
        std::vector<TimeRange> ranges;
        Time at{};
        for (std::size_t count = random() % 300; count > 0; --count) {
            at += std::chrono::microseconds(1 + random() % 1000);
            const Time begin = at;
            at += std::chrono::microseconds(1 + random() % (random() % 10 == 0 ? 50000 : 500));
            ranges.push_back({begin, at});
        }
        const double offset = static_cast<double>(random() % 100000), pixel = 1.0 + static_cast<double>(random() % 5000);
        const auto x_of = [&](Time time) { return (static_cast<double>(time.time_since_epoch().count()) - offset) / pixel; };
        constexpr double kWidth = 80;
        std::vector<std::pair<double, double>> expected, drawn;
        for (const TimeRange& range : ranges) {
            const double left = x_of(range.begin), right = x_of(range.end);
            if (right >= 0 && left <= kWidth && right - left >= 1)
                expected.emplace_back(std::max(left, 0.0), std::min(right, kWidth));
        }
        for_each_visible(ranges, kWidth, x_of, [&](double left, double right) { drawn.emplace_back(left, right); });
        EXPECT_EQ(drawn, expected);
    }
}

TEST(LaneSpans, ARunEndsWithAnOrdinarySessionOrAnotherTypeButNotWithMaintenance) {
    LaneSpansBuilder builder;
    Time now{};
    std::uint32_t next = 0;
    const auto add = [&](RecordKind kind, Severity severity, RecordType type) {
        Record record;
        record.kind = kind;
        record.severity = severity;
        record.type = type;
        record.start = now;
        record.end = now + std::chrono::minutes(1);
        now += std::chrono::minutes(2);
        builder.add(record, next++);
    };
    using enum RecordType;
    add(RecordKind::session, Severity::medium, card_fault);
    add(RecordKind::interval, Severity::none, normal);  // maintenance between
    add(RecordKind::session, Severity::critical, card_fault);
    add(RecordKind::session, Severity::none, normal);
    add(RecordKind::session, Severity::medium, card_fault);  // alone: a moment, no incident
    add(RecordKind::session, Severity::high, dispense_fault);
    add(RecordKind::session, Severity::high, dispense_fault);
    add(RecordKind::interval, Severity::high, out_of_service);
    const LaneSpans spans = builder.take();
    ASSERT_EQ(spans.incidents.size(), 3U);
    EXPECT_EQ(spans.incidents[0].count, 2);
    EXPECT_EQ(spans.incidents[0].severity, Severity::critical);
    EXPECT_EQ(spans.incidents[0].range, (TimeRange{Time{}, Time{} + std::chrono::minutes(5)}));
    EXPECT_EQ(spans.incidents[1].record, 5U);
    EXPECT_EQ(spans.incidents[2].count, 1);
    EXPECT_EQ(spans.incidents[2].type, out_of_service);
    EXPECT_EQ(spans.quiet.size(), 1U);
}

}  // namespace
}  // namespace abm
