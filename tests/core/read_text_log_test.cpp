#include "core/textlog/read_text_log.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>

#include "core/base/error.h"
#include "core/base/source_identity.h"
#include "tests/core/text_log_fixture.h"

namespace abm {
namespace {

using test::feature;
using test::findings_of;
using ReadTextLog = test::TextLogTest;

// Two UEs interleaved; 101 is refused three times.
const std::string kTwoUes =
    "2025-10-10 12:00:00.000 UE 101 ATTACH_REQUEST\n"
    "2025-10-10 12:00:00.500 UE 101 ATTACH_REJECT\n"
    "2025-10-10 12:00:01.000 UE 202 ATTACH_REQUEST\n"
    "2025-10-10 12:00:10.000 UE 101 ATTACH_REQUEST\n"
    "2025-10-10 12:00:10.500 UE 101 ATTACH_REJECT\n"
    "2025-10-10 12:00:11.000 UE 202 ATTACH_ACCEPT\n"
    "2025-10-10 12:00:20.000 UE 101 ATTACH_REQUEST\n"
    "2025-10-10 12:00:20.500 UE 101 ATTACH_REJECT\n"
    "-- end of log --\n";

void expect_two_ues(const SourceReading& reading) {
    EXPECT_EQ(reading.source.format, "ue-events");
    EXPECT_EQ(reading.entities, (std::vector<std::string>{"101", "202"}));
    ASSERT_EQ(reading.records.size(), 2U);
    EXPECT_EQ(reading.records[0].kind, RecordKind::entity);
    EXPECT_EQ(reading.records[0].ordinal, 1);
    EXPECT_EQ(iso8601(reading.records[0].start), "2025-10-10T12:00:00");
    EXPECT_EQ(iso8601(reading.records[0].end), "2025-10-10T12:00:20.500000");
    EXPECT_EQ(reading.source.lines, 9);
    EXPECT_EQ(reading.source.lines_not_understood, 1);
    EXPECT_EQ(reading.sequences.size(), 2U);
    EXPECT_EQ(reading.sequences.of(0).size(), 6U);
}

TEST_F(ReadTextLog, EntitiesHaveTheirFeatures) {
    const SourceReading reading = read(kTwoUes);
    expect_two_ues(reading);
    EXPECT_EQ(reading.features.columns(), 15);
    EXPECT_EQ(feature(reading, 0, "events"), 6);
    EXPECT_EQ(feature(reading, 0, "attaches"), 3);
    EXPECT_EQ(feature(reading, 0, "failed_attaches"), 3);
    EXPECT_EQ(feature(reading, 0, "failure_rate"), 1);
    EXPECT_FLOAT_EQ(feature(reading, 0, "interval_mean_s"), 4.1F);       // .5 9.5 .5 9.5 .5
    EXPECT_NEAR(feature(reading, 0, "interval_std_s"), 4.409082, 1e-5);  // around 4.1: sqrt(97.2 / 5)
    EXPECT_FLOAT_EQ(feature(reading, 0, "interval_min_s"), 0.5F);
    EXPECT_EQ(feature(reading, 0, "rapid_events"), 3);
    EXPECT_FLOAT_EQ(feature(reading, 0, "duration_s"), 20.5F);
    EXPECT_FLOAT_EQ(feature(reading, 0, "events_per_min"), 6 * 60 / 20.5F);
    EXPECT_FLOAT_EQ(feature(reading, 0, "type_entropy_bits"), 1);
    EXPECT_EQ(feature(reading, 1, "failure_rate"), 0);
    EXPECT_EQ(feature(reading, 1, "rapid_events"), 0);
    EXPECT_EQ(feature(reading, 1, "interval_std_s"), 0);
}

TEST_F(ReadTextLog, FindingsListTheLinesThatProveThem) {
    const SourceReading reading = read(kTwoUes);
    ASSERT_EQ(reading.findings.size(), 1U);
    const Finding& finding = reading.findings.front();
    EXPECT_EQ(finding.type, RecordType::attach_failed);
    EXPECT_EQ(finding.severity, Severity::medium);
    EXPECT_EQ(finding.sentence, "UE 101 was refused when it attached 3 times.");
    ASSERT_EQ(finding.evidence.size(), 3U);
    for (const Evidence& line : finding.evidence) {
        const std::string text =
            kTwoUes.substr(static_cast<std::size_t>(line.line.offset), static_cast<std::size_t>(line.line.bytes));
        EXPECT_TRUE(text.starts_with("2025") && text.ends_with("UE 101 ATTACH_REJECT")) << text;
    }
    EXPECT_EQ(reading.records[0].type, RecordType::attach_failed);
    EXPECT_EQ(reading.records[0].finding_count, 1U);
    EXPECT_EQ(reading.records[1].severity, Severity::none);
}

// Request and answer, so many times.
std::string attempts(std::string_view answers) {
    std::string text;
    for (const char answer : answers)
        text += answer == 'x' ? "UE 5 ATTACH_REQUEST\nUE 5 ATTACH_REJECT\n" : "UE 5 ATTACH_REQUEST\nUE 5 ATTACH_ACCEPT\n";
    return text;
}

TEST_F(ReadTextLog, RefusalsCountInARowOrWhenTheyAreMany) {
    EXPECT_TRUE(read(attempts("xx.xx.x..")).findings.size() == 1);      // five of nine
    EXPECT_TRUE(read(attempts("xx.xx.x....")).findings.empty());        // five of eleven, never three in a row
    EXPECT_TRUE(read(attempts("......xxx....")).findings.size() == 1);  // three in a row
    EXPECT_TRUE(read(attempts("x")).findings.empty());
    EXPECT_EQ(read(attempts("xxxxxx")).findings.front().severity, Severity::high);
}

TEST_F(ReadTextLog, LineEndsAndGzipChangeNothingButOffsets) {
    for (const std::string end : {"\n", "\r", "\r\n"}) {
        const std::string text = test::with_line_end(kTwoUes, end);
        const SourceReading plain = read(text);
        expect_two_ues(plain);
        EXPECT_EQ(plain.source.line_end, end == "\n" ? LineEnd::lf : end == "\r" ? LineEnd::cr : LineEnd::crlf);
        EXPECT_EQ(plain.records[0].span.offset, 0);
        const std::string last = "2025-10-10 12:00:20.500 UE 101 ATTACH_REJECT";
        EXPECT_EQ(plain.records[0].span.end(), static_cast<std::int64_t>(text.find(last) + last.size()));
        const SourceReading packed = read_file(folder().write("a.gz", test::gzip(text)));
        EXPECT_TRUE(packed.source.gzip);
        EXPECT_EQ(packed.source.identity, plain.source.identity);
        EXPECT_EQ(packed.source.bytes, static_cast<std::int64_t>(text.size()));
        ASSERT_EQ(packed.records.size(), plain.records.size());
        EXPECT_EQ(packed.records[1].span, plain.records[1].span);
        EXPECT_TRUE(packed.features.values == plain.features.values);
        EXPECT_EQ(plain.source.first_not_understood.front().offset, static_cast<std::int64_t>(text.find("-- end")));
    }
    EXPECT_EQ(read("UE 1 ATTACH\nUE 1 DETACH\r\n").source.line_end, LineEnd::mixed);
}

TEST_F(ReadTextLog, TheIdentityIsThatOfTheBytes) {
    SourceIdentity identity;
    identity.update(kTwoUes);
    EXPECT_EQ(read(kTwoUes).source.identity, identity.hex());
}

TEST_F(ReadTextLog, AMissingTimeIsMissing) {
    const SourceReading reading = read("UE_ID: 7 attach request\nUE_ID: 7 attach timeout\n");
    ASSERT_EQ(reading.records.size(), 1U);
    EXPECT_FALSE(known(reading.records[0].start));
    EXPECT_FALSE(known(reading.source.first_time));
    EXPECT_TRUE(std::isnan(feature(reading, 0, "duration_s")));
    EXPECT_TRUE(std::isnan(feature(reading, 0, "interval_mean_s")));
    EXPECT_TRUE(std::isnan(feature(reading, 0, "events_per_min")));
    EXPECT_EQ(findings_of(reading, RecordType::attach_timeout).size(), 1U);
}

TEST_F(ReadTextLog, TimesOfMembersCompleteThoseOfTheHeaderWhereTheFirstLinesHaveThem) {
    const auto log = [](int from, int count, const char* member) {
        std::string text;
        for (int i = from; i < from + count; ++i)
            text += fmt::format("Jun 14 {:02}:{:02}:{:02} combo app[1]: {}served {}\n", i / 3600, i / 60 % 60, i % 60, member, i);
        return text;
    };
    constexpr const char* kFullTime = "time=2024-06-14T15:00:00 ";
    const SourceReading complete = read(log(0, 40, "") + log(40, 40, kFullTime), "generic");
    EXPECT_EQ(iso8601(complete.source.first_time), "2024-06-14T15:00:00");
    EXPECT_FALSE(known(read(log(0, 80, ""), "generic").source.first_time));
    // The header is what counts when no member completed it while the layout of the log was learnt.
    const SourceReading late = read(log(0, 5000, "") + log(5000, 10, kFullTime), "generic");
    EXPECT_FALSE(known(late.source.first_time));
    EXPECT_EQ(late.source.lines_not_understood, 0);
}

TEST_F(ReadTextLog, AProfileCanSayTheYearThatLinesLack) {
    std::string text = shipped_log_profile("syslog").text;
    text.insert(text.find("\"entity\""), "\"time\": { \"year\": 2023 },\n  ");
    const LogProfile profile = parse_log_profile(text, "syslog with a year");
    TextLogOptions options;
    options.custom = &profile;
    const std::string log =
        "Dec 31 23:59:58 combo app[1]: one\n"
        "Jan  1 00:00:01 combo app[1]: two\n"
        "Dec 31 23:59:59 combo app[1]: late\n"
        "Feb 29 12:00:00 combo app[1]: the year after is a leap year\n"
        "Feb 30 12:00:00 combo app[1]: no calendar has it\n";
    const SourceReading reading = read_text_log(folder().write("year.log", log), options, {});
    EXPECT_EQ(iso8601(reading.source.first_time), "2023-12-31T23:59:58");
    EXPECT_EQ(iso8601(reading.source.last_time), "2024-02-29T12:00:00");
    EXPECT_FALSE(known(read(log, "syslog").source.first_time)) << "nobody said it";
    const std::vector<std::string_view> lines{"Dec 31 23:59:58 combo app[1]: one", "Jan  1 00:00:01 combo app[1]: two"};
    EXPECT_EQ(iso8601(preview(profile, lines)[1].time), "2024-01-01T00:00:01");
    text.replace(text.find("2023"), 4, "99");
    EXPECT_THROW(parse_log_profile(text, "syslog with a year"), Error);
}

TEST_F(ReadTextLog, WindowsAreCutByTimeForEachHost) {
    const SourceReading reading = read(
        "Jun 14 15:16:01 alpha sshd[1]: check pass; user unknown\n"
        "Jun 14 15:16:11 beta sshd[2]: check pass; user unknown\n"
        "Jun 14 15:16:31 alpha sshd[3]: check pass; user unknown\n"
        "Jun 14 15:17:01 alpha sshd[4]: fatal: cannot bind to port\n");
    EXPECT_EQ(reading.source.format, "syslog");
    EXPECT_EQ(reading.entities, (std::vector<std::string>{"alpha", "beta"}));
    ASSERT_EQ(reading.records.size(), 3U);
    EXPECT_EQ(reading.records[0].kind, RecordKind::window);
    EXPECT_FALSE(known(reading.records[0].start));  // no year
    EXPECT_EQ(feature(reading, 0, "lines"), 2);
    EXPECT_EQ(feature(reading, 0, "distinct_templates"), 1);
    EXPECT_EQ(feature(reading, 0, "new_templates"), 1);
    EXPECT_FLOAT_EQ(feature(reading, 0, "lines_per_s"), 2 / 60.0F);
    EXPECT_EQ(feature(reading, 0, "longest_gap_s"), 30);
    EXPECT_EQ(feature(reading, 0, "template_entropy_bits"), 0);
    EXPECT_EQ(feature(reading, 1, "new_templates"), 0);
    EXPECT_EQ(feature(reading, 2, "longest_gap_s"), 30);
    EXPECT_EQ(feature(reading, 2, "error_lines"), 1);
    EXPECT_EQ(feature(reading, 2, "error_share"), 1);
    EXPECT_EQ(feature(reading, 2, "surprise_max_bits"), 2);  // one line of four
    EXPECT_FLOAT_EQ(feature(reading, 0, "surprise_mean_bits"), std::log2(4.0F / 3));
}

TEST_F(ReadTextLog, WithoutTimesWindowsAreLines) {
    std::string text;
    for (int i = 0; i < 450; ++i) text += i % 2 == 0 ? "the door was opened\n" : "and closed again\n";
    const SourceReading reading = read(text);
    EXPECT_EQ(reading.source.format, "text-log");
    ASSERT_EQ(reading.records.size(), 3U);
    EXPECT_EQ(feature(reading, 0, "lines"), 200);
    EXPECT_EQ(feature(reading, 2, "lines"), 50);
    EXPECT_FLOAT_EQ(feature(reading, 0, "template_entropy_bits"), 1);
    EXPECT_TRUE(std::isnan(feature(reading, 0, "lines_per_s")));
}

TEST_F(ReadTextLog, CardNumbersAreMaskedAndCounted) {
    const SourceReading reading = read(
        "2025-10-10 12:00:01 INFO a.B: card 4111111111111111 used\n"
        "2025-10-10 12:00:02 INFO a.B: card 4111 1111 1111 1111 used\n");
    EXPECT_EQ(reading.source.card_numbers_masked, 2);
    for (const std::string& word : reading.sequences.words) EXPECT_EQ(word.find("4111111111111111"), std::string::npos);
    const SourceReading ue = read("UE_ID: 4111111111111111 attach\n");
    EXPECT_EQ(ue.entities.front(), "411111******1111");
    EXPECT_EQ(ue.source.card_numbers_masked, 1);
}

TEST_F(ReadTextLog, WhatIsNoLogIsAProblem) {
    const SourceReading empty = read("");
    EXPECT_EQ(empty.source.format, "empty");
    EXPECT_EQ(empty.source.problems.size(), 1U);
    const std::array<char, 500> zeros{};
    const SourceReading binary = read({zeros.data(), zeros.size()});
    ASSERT_EQ(binary.source.problems.size(), 1U);
    EXPECT_TRUE(binary.source.problems.front().fatal);
    EXPECT_TRUE(binary.records.empty());
    const SourceReading missing = read_file(folder().path() / "none.log");
    ASSERT_EQ(missing.source.problems.size(), 1U);
    EXPECT_TRUE(missing.source.problems.front().fatal);
    EXPECT_THROW(read("a\n", "no-such"), Error);
    const std::string whole = test::gzip(test::sample_text(100'000));
    const SourceReading broken = read_file(folder().write("cut.gz", whole.substr(0, whole.size() / 2)));
    EXPECT_FALSE(broken.records.empty());
    EXPECT_TRUE(broken.source.problems.back().fatal);
}

TEST_F(ReadTextLog, StopsWhenCancelled) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(read_text_log(folder().write("c.log", kTwoUes), {}, Progress(stop.get_token(), {})), Error);
}

}  // namespace
}  // namespace abm
