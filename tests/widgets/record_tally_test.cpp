#include "widgets/record_tally.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/widgets/synthetic_investigation.h"

namespace abm {
namespace {

TEST(RecordTally, CountsWhatAWalkOverTheRecordsCounts) {
    auto all = *test::synthetic_case().investigation;
    all.records[11].score = 0.0F;
    all.records[12].score = -0.0F;
    const auto tally = RecordTally::of(all);
    const auto count = [&](auto holds) { return std::count_if(all.records.begin(), all.records.end(), holds); };
    EXPECT_EQ(tally->records, std::ssize(all.records));
    EXPECT_EQ(tally->sessions, count([](const Record& r) { return r.kind == RecordKind::session; }));
    EXPECT_EQ(tally->routine, count([](const Record& r) { return r.trivial && r.severity == Severity::none; }));
    EXPECT_GT(tally->routine, 0);
    EXPECT_EQ(tally->provisional, count([](const Record& r) { return r.provisional; }) > 0);
    for (const float score : {0.0F, 0.05F, 0.2F, 0.56F, 0.9F, all.records[100].score, 1.0F}) {
        EXPECT_EQ(tally->atLeast(score), count([&](const Record& r) { return r.score >= score; })) << score;
    }
    const auto worst =
        std::max_element(all.records.begin(), all.records.end(), [](const auto& a, const auto& b) { return a.score < b.score; });
    EXPECT_EQ(tally->worst, RecordIndex(static_cast<std::uint32_t>(worst - all.records.begin())));
}

TEST(RecordTally, OfNothingHasNoWorst) {
    const auto tally = RecordTally::of({});
    EXPECT_EQ(tally->worst, std::nullopt);
    EXPECT_EQ(tally->atLeast(0), 0);
}

}  // namespace
}  // namespace abm
