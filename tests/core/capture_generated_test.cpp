// Faults put into an invented fronthaul capture are found, and little else.
#include <gtest/gtest.h>

#include <map>

#include "core/capture/read_capture.h"
#include "core/generate/capture_generator.h"
#include "tests/core/generated_journals.h"

namespace abm {
namespace {

using test::read_whole;
using test::TemporaryFolder;
using test::truth_of;
using test::TruthRow;

struct FaultCounts {
    int truth = 0, found = 0, right = 0;
    double recall() const { return truth == 0 ? 1 : double(right) / truth; }
    double precision() const { return found == 0 ? 1 : double(right) / found; }
};

GenerateCaptureOptions options_in(const TemporaryFolder& folder, std::uint64_t seed, int seconds) {
    GenerateCaptureOptions options;
    options.out = folder.path();
    options.seed = seed;
    options.seconds = seconds;
    return options;
}

TEST(GeneratedCaptures, EveryKindOfFaultIsFoundWhereItWasPut) {
    std::map<std::string, FaultCounts> scores;
    for (const std::uint64_t seed : {1, 2, 3}) {
        const TemporaryFolder folder;
        const GeneratedCapture made = generate_capture(options_in(folder, seed, 120), Progress());
        const std::vector<TruthRow> truth = truth_of(folder.path());
        const SourceReading reading = read_capture(made.file, {}, Progress());
        EXPECT_EQ(reading.source.packets, made.packets);
        EXPECT_EQ(reading.source.bytes, made.bytes);
        EXPECT_TRUE(reading.source.problems.empty());
        EXPECT_EQ(reading.source.machine, "DU 02:00:00:00:0d:01 - RU 02:00:00:00:0e:02");
        ASSERT_EQ(reading.records.size(), truth.size());
        for (std::size_t i = 0; i < truth.size(); ++i) {
            const Record& record = reading.records[i];
            ASSERT_EQ(record.span, (TextSpan{truth[i].start, truth[i].end - truth[i].start}));
            if (truth[i].type != "normal") ++scores[truth[i].type].truth;
            for (std::uint32_t f = record.first_finding; f < record.first_finding + record.finding_count; ++f) {
                const std::string type(name_of(reading.findings[f].type));
                ++scores[type].found;
                if (type == truth[i].type) ++scores[type].right;
            }
        }
    }
    EXPECT_EQ(scores.size(), 5U);
    for (const auto& [type, score] : scores) {
        EXPECT_GE(score.truth, 5) << type;
        EXPECT_GE(score.recall(), 0.9) << type << ": " << score.right << " of " << score.truth;
        EXPECT_GE(score.precision(), 0.9) << type << ": " << score.right << " of " << score.found;
    }
}

TEST(GeneratedCaptures, WithoutFaultsNothingIsFound) {
    const TemporaryFolder folder;
    GenerateCaptureOptions options = options_in(folder, 7, 60);
    options.faults_per_minute = 0;
    const GeneratedCapture made = generate_capture(options, Progress());
    EXPECT_EQ(made.faulty, 0);
    const SourceReading reading = read_capture(made.file, {}, Progress());
    EXPECT_EQ(reading.records.size(), 600U);
    for (const Finding& finding : reading.findings) ADD_FAILURE() << finding.sentence;
    EXPECT_NEAR(reading.features.values(10, 0), 100, 1);
    EXPECT_NEAR(reading.features.values(10, 2), 1, 0.02);
    EXPECT_NEAR(reading.features.values(10, 9), 200, 10);
    EXPECT_EQ(reading.features.values(10, 3), 0);
}

TEST(GeneratedCaptures, SameSeedSameBytes) {
    const TemporaryFolder one, two, three;
    const auto first = generate_capture(options_in(one, 5, 20), Progress()).file;
    EXPECT_EQ(read_whole(first), read_whole(generate_capture(options_in(two, 5, 20), Progress()).file));
    EXPECT_EQ(read_whole(one.path() / "truth.csv"), read_whole(two.path() / "truth.csv"));
    EXPECT_NE(read_whole(first), read_whole(generate_capture(options_in(three, 6, 20), Progress()).file));
}

TEST(GeneratedCaptures, SizeIsKept) {
    const TemporaryFolder folder;
    GenerateCaptureOptions options = options_in(folder, 1, 1);
    options.bytes = 3'000'000;
    const GeneratedCapture made = generate_capture(options, Progress());
    EXPECT_NEAR(static_cast<double>(std::filesystem::file_size(made.file)), 3e6, 2000);
    options.faults_per_minute = 31;
    EXPECT_THROW(generate_capture(options, Progress()), Error);
}

}  // namespace
}  // namespace abm
