// Faults that were put into a metric stream are found again, and little else is.
#include "core/generate/metric_series.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/series/read_table.h"
#include "tests/core/csv_rows.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

struct Truth {
    std::string type, entity;
    std::int64_t begin = 0, end = 0;
    bool found = false;
};

std::vector<Truth> read_truth(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    std::vector<Truth> all;
    while (std::getline(in, line)) {
        const auto f = test::csv_fields(line);
        all.push_back({f.at(7), f.at(10), std::stoll(f.at(3)), std::stoll(f.at(4))});
    }
    return all;
}

struct Tally {
    double found = 0, right = 0, findings = 0, truths = 0;
};

TEST(MetricSeries, InjectedFaultsAreFoundAndLittleElse) {
    std::map<std::string, Tally> tallies;
    for (const std::uint64_t seed : {1, 2, 3}) {
        const test::TemporaryFolder folder;
        GenerateTableOptions options;
        options.seed = seed;
        options.machines = 4;
        options.days = 28;
        options.out = folder.path();
        const GeneratedTable made = generate_table(options, {});
        ASSERT_GT(made.faults, 40);
        std::vector<Truth> truths = read_truth(folder.path() / "truth.csv");
        const SourceReading reading = read_table(made.file, {}, {});
        EXPECT_EQ(reading.entities.size(), 12U);
        for (const Finding& finding : reading.findings) {
            const std::string& entity = reading.entities[raw(reading.records[raw(finding.record)].machine)];
            Tally& tally = tallies[std::string(name_of(finding.type))];
            ++tally.findings;
            bool right = false;
            for (Truth& truth : truths) {
                if (truth.entity != entity || truth.begin >= finding.span.end() || finding.span.offset >= truth.end) continue;
                right = right || truth.type == name_of(finding.type);
                truth.found = truth.found || truth.type == name_of(finding.type);
            }
            if (right) ++tally.right;
        }
        for (const Truth& truth : truths) {
            ++tallies[truth.type].truths;
            if (truth.found) ++tallies[truth.type].found;
        }
    }
    for (const char* type : {"spike", "drift", "drop", "missing_data"}) {
        const Tally& tally = tallies[type];
        const double recall = tally.found / tally.truths, precision = tally.right / std::max(1.0, tally.findings);
        std::printf("%-12s recall %.3f of %3.0f  precision %.3f of %3.0f\n", type, recall, tally.truths, precision,
                    tally.findings);
        EXPECT_GE(recall, 0.95) << type;
        EXPECT_GE(precision, 0.9) << type;
    }
}

TEST(MetricSeries, SameSeedSameBytesOtherSeedOtherBytes) {
    const test::TemporaryFolder a, b, c;
    const auto make = [](const test::TemporaryFolder& folder, std::uint64_t seed) {
        GenerateTableOptions options;
        options.seed = seed;
        options.days = 7;
        options.out = folder.path();
        generate_table(options, {});
        return test::read_whole(folder.path() / "metrics.csv") + test::read_whole(folder.path() / "truth.csv");
    };
    const std::string first = make(a, 1);
    EXPECT_EQ(first, make(b, 1));
    EXPECT_NE(first, make(c, 2));
}

TEST(ReadSeries, GivesSamplesWithTheirUsualRange) {
    const test::TemporaryFolder folder;
    GenerateTableOptions options;
    options.out = folder.path();
    options.faults_per_week = 0;
    const GeneratedTable made = generate_table(options, {});
    const auto points = read_series(made.file, "ABM0778 cpu_percent", {}, {});
    ASSERT_EQ(points.size(), 14U * 288);
    std::size_t within = 0;
    for (const SeriesPoint& point : points) {
        if (point.value >= point.low && point.value <= point.high) ++within;
    }
    EXPECT_GT(within, points.size() * 99 / 100);
    EXPECT_LT(points[0].high, points[150].low);  // midnight and half past noon differ by more than the band
    const auto part =
        read_series(made.file, "ABM0778 cpu_percent", {points[5].row.offset, points[9].row.end() - points[5].row.offset}, {});
    ASSERT_EQ(part.size(), 5U);
    EXPECT_EQ(part[0].time, points[5].time);
    EXPECT_EQ(part[0].low, points[5].low);
    EXPECT_TRUE(read_series(made.file, "nobody", {}, {}).empty());
    const SourceReading reading = read_table(made.file, {}, {});
    for (const Finding& finding : reading.findings) EXPECT_EQ(finding.severity, Severity::low) << finding.sentence;
    EXPECT_LE(reading.findings.size(), 2U);
}

TEST(ReadColumn, GivesAColumnOfATableOfRowsForOneEntity) {
    const test::TemporaryFolder folder;
    std::string text = "time,machine,load,heat,note\n";
    for (int at = 0; at < 200; ++at)
        text += "2026-03-14 " + std::to_string(10 + at / 60) + ":" + std::to_string(10 + at % 50) + ":00," +
                (at % 2 ? "A" : "B") + "," + (at == 7 ? "" : std::to_string(at % 5)) + "," + std::to_string(20 + at % 7) + ",x" +
                std::to_string(at) + "\n";
    const auto file = folder.write("wide.csv", text);
    const auto points = read_column(file, "A", "load", {});
    ASSERT_EQ(points.size(), 100U);
    EXPECT_EQ(std::ranges::count_if(points, [](const SeriesPoint& point) { return std::isnan(point.value); }), 1);
    EXPECT_TRUE(std::ranges::is_sorted(points, {}, &SeriesPoint::time));
    EXPECT_TRUE(read_column(file, "A", "note", {}).empty()) << "no column of numbers";
    EXPECT_TRUE(read_column(file, "C", "load", {}).empty());
}

}  // namespace
}  // namespace abm
