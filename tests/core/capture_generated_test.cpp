// Faults put into an invented fronthaul capture are found, and little else.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "core/capture/read_capture.h"
#include "core/generate/capture_generator.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using test::TemporaryFolder;

struct TruthRow {
    std::int64_t start = 0, end = 0;
    std::string type;
};

std::vector<TruthRow> read_truth(const std::filesystem::path& file) {
    std::vector<TruthRow> rows;
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    EXPECT_EQ(line, "file,kind,ordinal,start_offset,end_offset,start_time,label,type,severity,amount_at_risk,note");
    while (std::getline(in, line)) {
        std::vector<std::string> cells;
        std::stringstream split(line);
        for (std::string cell; std::getline(split, cell, ',');) cells.push_back(cell);
        rows.push_back({std::stoll(cells[3]), std::stoll(cells[4]), cells[7]});
    }
    return rows;
}

struct Score {
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
    std::map<std::string, Score> scores;
    for (const std::uint64_t seed : {1, 2, 3}) {
        const TemporaryFolder folder;
        const GeneratedCapture made = generate_capture(options_in(folder, seed, 120), Progress());
        const std::vector<TruthRow> truth = read_truth(folder.path() / "truth.csv");
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

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(GeneratedCaptures, SameSeedSameBytes) {
    const TemporaryFolder one, two, three;
    const auto first = generate_capture(options_in(one, 5, 20), Progress()).file;
    EXPECT_EQ(bytes_of(first), bytes_of(generate_capture(options_in(two, 5, 20), Progress()).file));
    EXPECT_EQ(bytes_of(one.path() / "truth.csv"), bytes_of(two.path() / "truth.csv"));
    EXPECT_NE(bytes_of(first), bytes_of(generate_capture(options_in(three, 6, 20), Progress()).file));
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
