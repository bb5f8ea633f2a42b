// Faults that were put into logs are found, and little else.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "core/generate/ue_log.h"
#include "tests/core/csv_rows.h"
#include "tests/core/text_log_fixture.h"

namespace abm {
namespace {

using test::findings_of;
using TextLogFindings = test::TextLogTest;

std::string line_at(int second, std::string_view message) {
    const auto time = std::chrono::sys_seconds(std::chrono::seconds(1'760'000'000 + second));
    return fmt::format("{:%Y-%m-%d %H:%M:%S} {}\n", time, message);
}

/// A line every ten seconds, with a message of its own at some.
std::string steady_log(int lines, const std::map<int, std::string>& instead = {}) {
    std::string text;
    for (int i = 0; i < lines; ++i) {
        const auto found = instead.find(i);
        text += line_at(i * 10,
                        found != instead.end() ? found->second : fmt::format("INFO a.B: request {} served in {} ms", i, i % 90));
    }
    return text;
}

TEST_F(TextLogFindings, ASteadyLogHasNone) { EXPECT_TRUE(read(steady_log(6'000)).findings.empty()); }

TEST_F(TextLogFindings, ABurstOfErrorsIsOneWindow) {
    std::string text = steady_log(600);
    for (int i = 0; i < 30; ++i) text += line_at(6'000 + i, "ERROR a.B: the disk does not answer");
    text += line_at(6'070, "INFO a.B: request 1 served in 2 ms");
    const SourceReading reading = read(text);
    const auto bursts = findings_of(reading, RecordType::error_burst);
    ASSERT_EQ(bursts.size(), 1U);
    EXPECT_TRUE(bursts[0]->sentence.starts_with("30 of ")) << bursts[0]->sentence;
    EXPECT_EQ(bursts[0]->evidence.size(), 20U);
    EXPECT_EQ(bursts[0]->evidence.front().line.offset,
              static_cast<std::int64_t>(text.find(line_at(6'000, "ERROR").substr(0, 20))));
}

TEST_F(TextLogFindings, ASilenceShowsTheLinesAroundIt) {
    std::string text = steady_log(500);
    const auto last = static_cast<std::int64_t>(text.rfind('\n', text.size() - 2) + 1);
    const auto next = static_cast<std::int64_t>(text.size());
    text += line_at(5'000 + 7'200, "INFO a.B: request 1 served in 2 ms");
    const SourceReading reading = read(text);
    const auto silences = findings_of(reading, RecordType::silence);
    ASSERT_EQ(silences.size(), 1U);
    EXPECT_EQ(silences[0]->evidence[0].line.offset, last);
    EXPECT_EQ(silences[0]->evidence[1].line.offset, next);
    EXPECT_NE(silences[0]->sentence.find("2 h 0 min"), std::string::npos) << silences[0]->sentence;
}

TEST_F(TextLogFindings, AMessageNeverSeenBeforeIsFoundLateOnly) {
    const SourceReading reading = read(steady_log(
        6'000, {{100, "INFO a.B: cache was rebuilt from scratch"}, {5'000, "INFO a.B: unknown key of the safe was used"}}));
    const auto rare = findings_of(reading, RecordType::rare_message);
    ASSERT_EQ(rare.size(), 1U);
    EXPECT_EQ(rare[0]->sentence, "A message never seen in 5000 lines before.");
    EXPECT_EQ(rare[0]->severity, Severity::low);
}

TEST_F(TextLogFindings, AClockThatGoesBackIsFound) {
    std::string text = steady_log(300);
    text += line_at(2'990 - 1'800, "INFO a.B: request 1 served in 2 ms");
    const SourceReading reading = read(text);
    const auto jumps = findings_of(reading, RecordType::clock_jump);
    ASSERT_EQ(jumps.size(), 1U);
    EXPECT_NE(jumps[0]->sentence.find("goes back by 30 min 0 s"), std::string::npos) << jumps[0]->sentence;
}

struct FaultScore {
    int hit = 0, missed = 0, wrong = 0;
};

FaultScore compare(const SourceReading& reading, const std::vector<test::CsvRow>& truth) {
    FaultScore score;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const Record& record = reading.records[i];
        EXPECT_EQ(reading.entities[raw(record.machine)], truth[i].at("note"));
        EXPECT_EQ(std::to_string(record.span.offset), truth[i].at("start_offset"));
        EXPECT_EQ(std::to_string(record.span.end()), truth[i].at("end_offset"));
        const bool anomaly = truth[i].at("label") == "anomaly";
        const bool hit = anomaly && name_of(record.type) == truth[i].at("type");
        score.hit += hit ? 1 : 0;
        score.missed += anomaly && !hit ? 1 : 0;
        score.wrong += !anomaly && record.severity > Severity::low ? 1 : 0;
    }
    return score;
}

class GeneratedUeLogs : public TextLogFindings, public ::testing::WithParamInterface<UeLogStyle> {};

TEST_P(GeneratedUeLogs, FaultsAreFoundInEveryStyle) {
    GenerateUeLogOptions options;
    options.out = folder().path() / "ue";
    options.style = GetParam();
    options.seed = 7;
    const GeneratedUeLog made = generate_ue_log(options, {});
    EXPECT_GE(made.faulty, 12);
    const SourceReading reading = read_file(made.file);
    EXPECT_EQ(reading.source.format, "ue-events");
    EXPECT_EQ(reading.source.lines, made.lines);
    EXPECT_EQ(reading.source.lines_not_understood, 0);
    const auto truth = test::read_csv(options.out / "truth.csv");
    ASSERT_EQ(reading.records.size(), truth.size());
    const FaultScore score = compare(reading, truth);
    EXPECT_EQ(score.hit, made.faulty);
    EXPECT_EQ(score.missed, 0);
    EXPECT_EQ(score.wrong, 0);
}

INSTANTIATE_TEST_SUITE_P(Styles, GeneratedUeLogs, ::testing::Values(UeLogStyle::plain, UeLogStyle::key_value, UeLogStyle::colon));

TEST_F(TextLogFindings, GeneratedLogsAreTheSameForTheSameSeed) {
    GenerateUeLogOptions options;
    options.ues = 20;
    options.out = folder().path() / "one";
    const auto first = read_file(generate_ue_log(options, {}).file).source.identity;
    options.out = folder().path() / "two";
    EXPECT_EQ(read_file(generate_ue_log(options, {}).file).source.identity, first);
    options.seed = 2;
    EXPECT_NE(read_file(generate_ue_log(options, {}).file).source.identity, first);
}

}  // namespace
}  // namespace abm
