#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/run_abm.h"

namespace abm::test {
namespace {

/// 200 rows on a line, of them 5 far off it; a cell is unknown.
const std::filesystem::path& sample_table() {
    static const TemporaryFolder folder;
    static const std::filesystem::path file = [] {
        const std::filesystem::path path = folder.path() / "table.csv";
        std::ofstream out(path);
        out << "x,y,truth\n";
        for (int row = 0; row < 200; ++row) {
            const bool odd = row % 40 == 7;
            out << (row * 37) % 101 << ','
                << (odd         ? "900"
                    : row == 20 ? ""
                                : std::to_string((row * 53) % 97))
                << ',' << odd << '\n';
        }
        return path;
    }();
    return file;
}

TEST(CliEvaluate, PrintsARowPerDetectorAndAutoLast) {
    const Ran ran = run_abm({"evaluate", sample_table(), "--label", "truth"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(first_line(ran.out), "detector,auroc,average_precision,fit_ms,score_ms");
    const auto rows = table_of(ran.out);
    ASSERT_GE(rows.size(), 2U);
    EXPECT_EQ(rows.front().at("detector"), "iforest");
    EXPECT_EQ(rows.back().at("detector"), "auto");
    EXPECT_GT(std::stod(rows.back().at("auroc")), 0.99);
    EXPECT_GT(std::stod(rows.back().at("average_precision")), 0.9);
    EXPECT_GE(std::stod(rows[0].at("score_ms")), 0);
}

TEST(CliEvaluate, TheDetectorsAreChosenBeforeOrBehindTheTable) {
    const Ran ran = run_abm({"evaluate", "--detector", "auto", sample_table(), "--label", "truth", "--seed", "3"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(table_of(ran.out).size(), 1U);
    const Ran unknown = run_abm({"evaluate", sample_table(), "--label", "truth", "--detector", "forest"});
    EXPECT_EQ(unknown.code, 2);
    EXPECT_NE(unknown.err.find("iforest"), std::string::npos) << unknown.err;
}

TEST(CliEvaluate, DetectorsThatLearnAreMeasuredWhenNamedAndParametersAreHeard) {
    const Ran ran = run_abm({"evaluate", sample_table(), "--label", "truth", "--detector", "feedback", "--detector", "knn",
                             "--param", "knn.k=40", "--format", "csv"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto rows = table_of(ran.out);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].at("detector"), "knn");
    EXPECT_EQ(rows[1].at("detector"), "feedback");
    EXPECT_GT(std::stod(rows[1].at("auroc")), 0.9);
    const Ran few = run_abm({"evaluate", sample_table(), "--label", "truth", "--detector", "classifier"});
    EXPECT_EQ(few.code, 1);
    EXPECT_NE(few.err.find("10 anomalies"), std::string::npos) << few.err;
    EXPECT_EQ(run_abm({"evaluate", sample_table(), "--label", "truth", "--param", "knn.k=x"}).code, 1);
}

TEST(CliEvaluate, QueriesPrintWhatWasFoundAfterEachLabel) {
    const Ran ran = run_abm({"evaluate", sample_table(), "--label", "truth", "--queries", "8", "--format", "jsonl"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    std::istringstream lines(ran.out);
    std::string line;
    int labels = 0;
    int found = 0;
    while (std::getline(lines, line)) {
        const auto row = nlohmann::json::parse(line);
        EXPECT_EQ(row.at("labels"), ++labels);
        EXPECT_GE(row.at("found"), found);
        found = row.at("found");
    }
    EXPECT_EQ(labels, 8);
    EXPECT_EQ(found, 5);
}

TEST(CliEvaluate, SaysWhatIsWrongWithATable) {
    const Ran column = run_abm({"evaluate", sample_table(), "--label", "trut"});
    EXPECT_EQ(column.code, 1);
    EXPECT_NE(column.err.find("no column \"trut\"; did you mean \"truth\"?"), std::string::npos) << column.err;
    EXPECT_EQ(column.out, "");
    const Ran absent = run_abm({"evaluate", "absent.csv", "--label", "truth"});
    EXPECT_EQ(absent.code, 1);
    EXPECT_NE(absent.err.find("absent.csv"), std::string::npos) << absent.err;
}

TEST(CliEvaluate, WrongUseIsRefused) {
    EXPECT_EQ(run_abm({"evaluate"}).code, 2);
    EXPECT_EQ(run_abm({"evaluate", sample_table()}).code, 2);
    EXPECT_EQ(run_abm({"evaluate", sample_table(), "--label", "truth", "--queries", "0"}).code, 2);
    EXPECT_EQ(run_abm({"evaluate", sample_table(), "--label", "truth", "--queries", "5", "--detector", "auto"}).code, 2);
}

}  // namespace
}  // namespace abm::test
