#include "core/decide/queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/detect/split_mix.h"

namespace abm {
namespace {

/// Every tenth record has no features, every seventh a label, every fiftieth is trivial.
Investigation many_records(std::uint32_t count) {
    SplitMix random(5);
    Investigation all;
    std::int32_t row = 0;
    for (std::uint32_t index = 0; index < count; ++index) {
        Record record;
        record.score = static_cast<float>(random.below(200)) / 200.0F;  // with ties
        record.feature_row = index % 10 == 9 ? -1 : row++;
        record.label = index % 7 == 0 ? (index % 2 == 0 ? LabelClass::normal : LabelClass::unsure) : LabelClass::none;
        record.trivial = index % 50 == 1;
        all.records.push_back(record);
    }
    return all;
}

std::vector<double> margins_of(const Investigation& all) {
    SplitMix random(6);
    std::vector<double> margins;
    for (const Record& record : all.records) {
        if (record.feature_row >= 0) margins.push_back(3 * random.normal());
    }
    return margins;
}

int count_of(std::span<const QueueEntry> entries, QueueReason reason) {
    return static_cast<int>(
        std::count_if(entries.begin(), entries.end(), [&](const QueueEntry& entry) { return entry.reason == reason; }));
}

void expect_open_and_once(const Investigation& all, const std::vector<QueueEntry>& queue) {
    std::set<RecordIndex> seen;
    for (const QueueEntry& entry : queue) {
        EXPECT_TRUE(seen.insert(entry.record).second) << raw(entry.record);
        const Record& record = all.records.at(raw(entry.record));
        EXPECT_EQ(record.label, LabelClass::none);
        EXPECT_FALSE(record.trivial);
    }
}

TEST(LabelQueue, EveryFrontHasTheMix) {
    const Investigation all = many_records(5'000);
    for (const QueueMix mix : {QueueMix{}, QueueMix{50, 30, 20}, QueueMix{1, 1, 2}, QueueMix{0, 100, 0}, QueueMix{0, 0, 5}}) {
        const std::vector<QueueEntry> queue = label_queue(all, margins_of(all), mix, 300, 1);
        ASSERT_EQ(queue.size(), 300U);
        expect_open_and_once(all, queue);
        const double sum = mix.odd + mix.uncertain + mix.random;
        for (std::size_t front = 1; front <= queue.size(); ++front) {
            const std::span<const QueueEntry> entries(queue.data(), front);
            EXPECT_LT(std::abs(count_of(entries, QueueReason::odd) - static_cast<double>(front) * mix.odd / sum), 1.5);
            EXPECT_LT(std::abs(count_of(entries, QueueReason::uncertain) - static_cast<double>(front) * mix.uncertain / sum),
                      1.5);
            EXPECT_LT(std::abs(count_of(entries, QueueReason::random) - static_cast<double>(front) * mix.random / sum), 1.5);
        }
    }
}

TEST(LabelQueue, EachReasonIsInItsOrder) {
    const Investigation all = many_records(3'000);
    const std::vector<double> margins = margins_of(all);
    const std::vector<QueueEntry> queue = label_queue(all, margins, {}, 200, 3);
    float last_score = 1;
    double last_distance = 0;
    std::set<RecordIndex> listed;
    for (const QueueEntry& entry : queue) {
        listed.insert(entry.record);
        const Record& record = all.records[raw(entry.record)];
        if (entry.reason == QueueReason::odd) {
            EXPECT_LE(record.score, last_score);
            last_score = record.score;
        } else if (entry.reason == QueueReason::uncertain) {
            const double distance = std::abs(margins.at(static_cast<std::size_t>(record.feature_row)) - 2.5);
            EXPECT_GE(distance, last_distance);
            last_distance = distance;
        }
    }
    // Nothing odder or more doubtful was passed over.
    for (std::uint32_t index = 0; index < all.records.size(); ++index) {
        const Record& record = all.records[index];
        if (record.label != LabelClass::none || record.trivial || listed.contains(RecordIndex{index})) continue;
        EXPECT_LE(record.score, last_score);
        if (record.feature_row >= 0) {
            EXPECT_GE(std::abs(margins[static_cast<std::size_t>(record.feature_row)] - 2.5), last_distance);
        }
    }
}

TEST(LabelQueue, IsTheSameForASeedAndDrawsOthersForAnother) {
    const Investigation all = many_records(2'000);
    const auto records = [&](std::uint64_t seed) {
        std::vector<RecordIndex> drawn;
        for (const QueueEntry& entry : label_queue(all, margins_of(all), {0, 0, 1}, 50, seed)) drawn.push_back(entry.record);
        return drawn;
    };
    EXPECT_EQ(records(1), records(1));
    EXPECT_NE(records(1), records(2));
}

TEST(LabelQueue, ALongerListBeginsAsAShorterOne) {
    const Investigation all = many_records(2'000);
    const auto drawn = [&](std::size_t count) {
        std::vector<RecordIndex> random;
        for (const QueueEntry& entry : label_queue(all, margins_of(all), {}, count, 9)) {
            if (entry.reason == QueueReason::random) random.push_back(entry.record);
        }
        return random;
    };
    const std::vector<RecordIndex> few = drawn(100);
    const std::vector<RecordIndex> more = drawn(400);
    EXPECT_EQ(few.size(), 10U);
    EXPECT_TRUE(std::equal(few.begin(), few.end(), more.begin()));
}

TEST(LabelQueue, TheRandomPartIsASampleOfAll) {
    // 2,000 draws of 20 from 1,000 open records: the score of a draw is that of a record on average, however odd the others.
    Investigation all;
    for (int index = 0; index < 1'000; ++index) {
        all.records.emplace_back();
        all.records.back().score = static_cast<float>(index) / 1'000.0F;
    }
    double sum = 0;
    int draws = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        for (const QueueEntry& entry : label_queue(all, {}, {}, 200, seed)) {
            if (entry.reason != QueueReason::random) continue;
            sum += static_cast<double>(all.records[raw(entry.record)].score);
            ++draws;
        }
    }
    EXPECT_EQ(draws, 2'000);
    EXPECT_NEAR(sum / draws, 0.4995, 0.03);  // four and a half standard errors
}

TEST(LabelQueue, WithoutAModelTheOddTakeTheShareOfTheUncertain) {
    const Investigation all = many_records(1'000);
    const std::vector<QueueEntry> queue = label_queue(all, {}, {}, 100, 1);
    EXPECT_EQ(count_of(queue, QueueReason::odd), 90);
    EXPECT_EQ(count_of(queue, QueueReason::random), 10);
}

TEST(LabelQueue, EndsWhenNothingIsLeft) {
    const Investigation all = many_records(60);
    const auto open = static_cast<std::size_t>(std::count_if(all.records.begin(), all.records.end(), [](const Record& record) {
        return record.label == LabelClass::none && !record.trivial;
    }));
    for (const QueueMix mix : {QueueMix{}, QueueMix{0, 100, 0}, QueueMix{0, 0, 0}, QueueMix{-5, 0, 1}}) {
        const std::vector<QueueEntry> queue = label_queue(all, margins_of(all), mix, 1'000, 1);
        EXPECT_EQ(queue.size(), open);
        expect_open_and_once(all, queue);
    }
    EXPECT_TRUE(label_queue({}, {}, {}, 10, 1).empty());
    EXPECT_TRUE(label_queue(all, {}, {}, 0, 1).empty());
}

}  // namespace
}  // namespace abm
