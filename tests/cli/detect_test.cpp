#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/cli/run_abm.h"

namespace abm::test {
namespace {

constexpr const char* kColumns =
    "source,kind,ordinal,start_offset,end_offset,start_time,end_time,entity,score,severity,type,amount_at_risk,reasons,label";

double score_of(const std::map<std::string, std::string>& row) { return std::stod(row.at("score")); }

std::vector<std::string> reference_journals() {
    const char* data = std::getenv("ABM_SHARED_DATA");
    if (data == nullptr) return {};
    const std::filesystem::path folder = std::filesystem::path(data) / "ej";
    return {(folder / "ABM175EJ_20250624_20250624.txt").string(), (folder / "ABM25EJ_20250613_20250613.txt").string()};
}

TEST(CliDetect, WritesItsColumnsHighestScoreFirst) {
    const Ran ran = run_abm({"detect", sample_journal().string()});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(first_line(ran.out), kColumns);
    const auto rows = table_of(ran.out);
    ASSERT_GT(rows.size(), 50U);
    EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return score_of(a) > score_of(b); }));
    EXPECT_GE(score_of(rows.front()), 0.65) << "the generator plans incidents of medium gravity and worse";
    for (const auto& row : rows) {
        EXPECT_EQ(row.at("source"), sample_journal().filename());
        EXPECT_EQ(row.at("label"), "");
        if (score_of(row) >= 0.5) {
            EXPECT_NE(row.at("reasons"), "") << row.at("kind") << row.at("ordinal");
        }
    }
}

TEST(CliDetect, OrdersByTimeWhenAsked) {
    const auto rows = table_of(run_abm({"detect", sample_journal().string(), "--order", "time"}).out);
    std::vector<std::string> times;
    for (const auto& row : rows) {
        if (!row.at("start_time").empty()) times.push_back(row.at("start_time"));
    }
    ASSERT_GT(times.size(), 50U);
    EXPECT_TRUE(std::is_sorted(times.begin(), times.end()));
}

TEST(CliDetect, ThresholdAndTopCutTheSameListFromItsEnd) {
    const std::string journal = sample_journal().string();
    const auto all = table_of(run_abm({"detect", journal}).out);
    const auto above = table_of(run_abm({"detect", journal, "--threshold", "0.65"}).out);
    const auto high =
        static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const auto& row) { return score_of(row) >= 0.65; }));
    ASSERT_GT(high, 0U);
    ASSERT_LT(high, all.size());
    EXPECT_EQ(above, std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(high)));
    EXPECT_EQ(table_of(run_abm({"detect", journal, "--top", "3"}).out), std::vector(all.begin(), all.begin() + 3));
    EXPECT_EQ(table_of(run_abm({"detect", journal, "--top", "0"}).out).size(), 0U);
}

TEST(CliDetect, TrivialIntervalsAreListedOnlyWithAll) {
    const std::string journal = sample_journal().string();
    const auto usual = table_of(run_abm({"detect", journal}).out);
    const auto all = table_of(run_abm({"detect", journal, "--all"}).out);
    EXPECT_GT(all.size(), usual.size());
    const auto sessions = [](const auto& rows) {
        return std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.at("kind") == "session"; });
    };
    EXPECT_EQ(sessions(all), sessions(usual));
}

TEST(CliDetect, TheSameForAnyNumberOfThreads) {
    const std::string journal = sample_journal().string();
    EXPECT_EQ(run_abm({"detect", journal, "--threads", "1"}).out, run_abm({"detect", journal, "--threads", "3"}).out);
}

TEST(CliDetect, RulesAloneFindNothingUnusual) {
    const auto rows = table_of(run_abm({"detect", sample_journal().string(), "--detector", "rules"}).out);
    for (const auto& row : rows) EXPECT_NE(row.at("type"), "unusual");
    const auto models = table_of(run_abm({"detect", sample_journal().string(), "--detector", "iforest"}).out);
    ASSERT_EQ(models.size(), rows.size());
    for (const auto& row : models) EXPECT_LT(score_of(row), 0.65) << "without rules nothing is proven";
}

TEST(CliDetect, EveryDetectorThatNeedsNoLabelsCanScoreAlone) {
    const std::string journal = sample_journal().string();
    std::set<std::string> tops;
    for (const char* name : {"iforest", "knn", "lof", "dbscan", "ocsvm", "stats"}) {
        const Ran ran = run_abm({"detect", journal, "--detector", name, "--format", "csv"});
        ASSERT_EQ(ran.code, 0) << ran.err;
        const auto rows = table_of(ran.out);
        ASSERT_FALSE(rows.empty()) << name;
        EXPECT_GT(score_of(rows.front()), score_of(rows.back())) << name;
        EXPECT_LT(score_of(rows.front()), 0.65) << name << ": without rules nothing is proven";
        std::string scores;
        for (const auto& row : rows) scores += row.at("ordinal") + ' ' + row.at("score") + ' ';
        tops.insert(scores);
    }
    EXPECT_EQ(tops.size(), 6U) << "no two are the same detector";
    EXPECT_EQ(run_abm({"detect", journal, "--detector", "auto"}).out, run_abm({"detect", journal}).out);
}

TEST(CliDetect, ParametersAreHeardAndWrongOnesRefusedBeforeReading) {
    const std::string journal = sample_journal().string();
    const std::string usual = run_abm({"detect", journal}).out;
    EXPECT_NE(run_abm({"detect", journal, "--param", "knn.weight=5", "--param", "iforest.trees=30"}).out, usual);
    EXPECT_EQ(run_abm({"detect", journal, "--param", "knn.k=5"}).out, usual) << "the default, spelled out";
    const auto refused = [&](const std::vector<std::string>& words, const std::string& because) {
        std::vector<std::string> all{"detect", "/no/such/journal"};
        all.insert(all.end(), words.begin(), words.end());
        const Ran ran = run_abm(all);
        EXPECT_EQ(ran.code, 2) << ran.err;
        EXPECT_NE(ran.err.find(because), std::string::npos) << ran.err;
    };
    refused({"--param", "knn.k=0"}, "whole numbers from 1 to 1000");
    refused({"--param", "knn.neighbours=3"}, "no parameter \"neighbours\"");
    refused({"--param", "lof.k=3"}, "--detector lof");
    refused({"--detector", "rules", "--param", "knn.k=3"}, "no parameters");
    refused({"--param", "k=3"}, "DETECTOR.NAME=VALUE");
    const std::string help = run_abm({"detect", "--help"}).out;
    for (const char* said : {"knn.k", "ocsvm.nu", "dbscan.eps", "stats.scaling", "whole numbers from 1 to 1000 (default: 20)"})
        EXPECT_NE(help.find(said), std::string::npos) << said;
}

TEST(CliDetect, FindingsHaveARowEach) {
    const Ran ran = run_abm({"detect", sample_journal().string(), "--findings"});
    ASSERT_EQ(ran.code, 0);
    EXPECT_EQ(first_line(ran.out), "source,kind,ordinal,type,severity,start_offset,end_offset,amount,sentence");
    const auto rows = table_of(ran.out);
    const auto leak = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.at("kind") == "source"; });
    ASSERT_NE(leak, rows.end()) << "the generator writes one full card number";
    EXPECT_EQ(leak->at("ordinal"), "0");
    EXPECT_EQ(leak->at("type"), "card_number_in_log");
    EXPECT_EQ(leak->at("source"), sample_journal().filename());
    EXPECT_EQ(ran.out.find("4111111111111111"), std::string::npos);
}

TEST(CliDetect, ReadsStandardInputAndGzipAlike) {
    const TemporaryFolder folder;
    const std::string text = content_of(sample_journal());
    const auto packed = folder.write("journal.txt.gz", gzip(text));
    const auto strip = [](std::vector<std::map<std::string, std::string>> rows) {
        for (auto& row : rows) row.erase("source");
        return rows;
    };
    const auto plain = strip(table_of(run_abm({"detect", sample_journal().string()}).out));
    EXPECT_EQ(strip(table_of(run_abm({"detect", packed.string()}).out)), plain);
    EXPECT_EQ(strip(table_of(run_abm({"detect", "-"}, sample_journal()).out)), plain);
}

TEST(CliDetect, JsonLinesHoldNumbersAndNulls) {
    std::istringstream lines(run_abm({"detect", sample_journal().string(), "--format", "jsonl"}).out);
    std::string line;
    std::size_t count = 0;
    for (; std::getline(lines, line); ++count) {
        const auto row = nlohmann::json::parse(line);
        EXPECT_TRUE(row.at("score").is_number());
        EXPECT_TRUE(row.at("start_offset").is_number_integer());
        EXPECT_TRUE(row.at("label").is_null());
        EXPECT_TRUE(row.at("amount_at_risk").is_null() || row.at("amount_at_risk").is_number());
    }
    EXPECT_EQ(count, table_of(run_abm({"detect", sample_journal().string()}).out).size());
}

TEST(CliDetect, QuotesWhatHoldsACommaOrAQuote) {
    const TemporaryFolder folder;
    const auto odd = folder.write("a \"b\", c.txt", content_of(sample_journal()));
    const Ran ran = run_abm({"detect", odd.string(), "--top", "1"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("\n\"a \"\"b\"\", c.txt\","), std::string::npos) << ran.out;
    EXPECT_EQ(table_of(ran.out).front().at("source"), "a \"b\", c.txt");
}

TEST(CliDetect, FilesOfOneNameAreToldApartByTheirHash) {
    const TemporaryFolder one;
    const TemporaryFolder other;
    const std::string text = content_of(sample_journal());
    const auto first = one.write("journal.txt", text);
    const auto second = other.write("journal.txt", text.substr(0, text.size() / 2));
    std::set<std::string> sources;
    for (const auto& row : table_of(run_abm({"detect", first.string(), second.string()}).out)) sources.insert(row.at("source"));
    EXPECT_EQ(sources.size(), 2U);
    for (const std::string& source : sources)
        EXPECT_EQ(source.find_first_not_of("0123456789abcdef"), std::string::npos) << source;
}

TEST(CliDetect, ABrokenRuleFileIsNamedWithItsLine) {
    const TemporaryFolder folder;
    const auto rules = folder.write("mine.json", "{\n  \"version\": 1,\n  \"rules\": [ { \"id\": \"x\", \"oops\": 1 } ]\n}\n");
    const Ran ran = run_abm({"detect", sample_journal().string(), "--rules", rules.string()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("mine.json:3"), std::string::npos) << ran.err;
    EXPECT_EQ(ran.out, "");
}

TEST(CliDetect, FindsTheSessionsOfTheReferenceJournals) {
    std::vector<std::string> arguments = reference_journals();
    if (arguments.empty()) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const auto labels = table_of(content_of(std::filesystem::path(std::getenv("ABM_SHARED_DATA")) / "ej" / "labels.csv"));
    std::set<std::string> expected;
    for (const auto& label : labels)
        expected.insert(label.at("file") + " " + label.at("ordinal") + " " + label.at("start_offset"));
    arguments.insert(arguments.begin(), "detect");
    const Ran ran = run_abm(arguments);
    ASSERT_EQ(ran.code, 0) << ran.err;
    std::set<std::string> found;
    for (const auto& row : table_of(ran.out)) {
        if (row.at("kind") == "session") found.insert(row.at("source") + " " + row.at("ordinal") + " " + row.at("start_offset"));
    }
    EXPECT_EQ(expected.size(), 94U);
    EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace abm::test
