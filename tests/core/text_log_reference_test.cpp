// Real logs of six systems: times, hosts, levels and windows against what is known of each line.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "core/textlog/line_parser.h"
#include "tests/core/csv_rows.h"
#include "tests/core/text_log_fixture.h"

namespace abm {
namespace {

using test::CsvRow;

struct Log {
    std::string name, format;
    std::string (*time)(const CsvRow&);    ///< ISO 8601, empty when the lines do not say all of it
    std::string (*minute)(const CsvRow&);  ///< anything that changes when the minute does
};

std::string apache_time(const CsvRow& row) {  // Sun Dec 04 04:47:44 2005
    const std::string& text = row.at("Time");
    return fmt::format("{}-12-{}T{}", text.substr(20), text.substr(8, 2), text.substr(11, 8));
}

std::string bgl_time(const CsvRow& row) {  // 2005-06-03-15.42.50.675872
    std::string text = row.at("Time");
    text[10] = 'T';
    text[13] = text[16] = ':';
    return text.ends_with(".000000") ? text.substr(0, 19) : text;
}

std::string windows_time(const CsvRow& row) { return row.at("Date") + "T" + row.at("Time"); }
std::string nothing(const CsvRow&) { return {}; }
std::string hdfs_minute(const CsvRow& row) { return row.at("Date") + row.at("Time").substr(0, 4); }
std::string linux_minute(const CsvRow& row) { return row.at("Month") + row.at("Date") + row.at("Time").substr(0, 5); }
std::string ssh_minute(const CsvRow& row) { return row.at("Day") + row.at("Time").substr(0, 5); }

const Log kLogs[] = {{"Apache", "text-log", apache_time, [](const CsvRow& row) { return apache_time(row).substr(0, 16); }},
                     {"BGL", "text-log", bgl_time, [](const CsvRow& row) { return bgl_time(row).substr(0, 16); }},
                     {"Windows", "text-log", windows_time, [](const CsvRow& row) { return windows_time(row).substr(0, 16); }},
                     {"HDFS", "text-log", nothing, hdfs_minute},
                     {"Linux", "syslog", nothing, linux_minute},
                     {"OpenSSH", "syslog", nothing, ssh_minute}};

class ReferenceLogs : public test::TextLogTest, public ::testing::WithParamInterface<Log> {
protected:
    void SetUp() override {
        const char* shared = std::getenv("ABM_SHARED_DATA");
        if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
        file_ = std::filesystem::path(shared) / "logs" / (GetParam().name + "_2k.log");
        truth_ = test::read_csv(file_.string() + "_structured.csv");
        std::ifstream in(file_, std::ios::binary);
        for (std::string line; std::getline(in, line); lines_.push_back(line)) {
            while (line.ends_with('\r')) line.pop_back();
        }
    }

    std::filesystem::path file_;
    std::vector<CsvRow> truth_;
    std::vector<std::string> lines_;
};

TEST_P(ReferenceLogs, EveryLineHasItsTime) {
    ASSERT_EQ(lines_.size(), truth_.size());
    const std::vector<std::string_view> views(lines_.begin(), lines_.end());
    const auto understood = preview(*sniff_text_log(lines_.front() + "\n" + lines_[1]).value().profile, views);
    for (std::size_t i = 0; i < understood.size(); ++i) {
        ASSERT_EQ(iso8601(understood[i].time), GetParam().time(truth_[i])) << lines_[i];
        ASSERT_TRUE(understood[i].understood) << lines_[i];
    }
}

TEST_P(ReferenceLogs, WindowsAreTheMinutesWithLines) {
    const SourceReading reading = read_file(file_);
    EXPECT_EQ(reading.source.format, GetParam().format);
    EXPECT_EQ(reading.source.lines, static_cast<std::int64_t>(truth_.size()));
    std::size_t minutes = 0;
    std::string before;
    for (const CsvRow& row : truth_) {
        const std::string minute = GetParam().minute(row);
        minutes += minute != before ? 1 : 0;
        before = minute;
    }
    EXPECT_EQ(reading.records.size(), minutes);
    float lines = 0;
    for (std::size_t i = 0; i < reading.records.size(); ++i) lines += test::feature(reading, i, "lines");
    EXPECT_EQ(lines, static_cast<float>(truth_.size()));
    EXPECT_LE(reading.findings.size(), 5U);
}

TEST_P(ReferenceLogs, EntitiesAreTheHosts) {
    const SourceReading reading = read_file(file_);
    ASSERT_EQ(reading.entities.size(), 1U);
    const std::string host = GetParam().name == "Linux"     ? truth_.front().at("Level")  // the host, for this file
                             : GetParam().name == "OpenSSH" ? "LabSZ"
                                                            : file_.filename().string();
    EXPECT_EQ(reading.entities.front(), host);
}

TEST_P(ReferenceLogs, ErrorLinesAreThoseOfTheLevel) {
    if (GetParam().format == "syslog") GTEST_SKIP() << "these lines have no level";
    const std::vector<std::string> levels = {"error", "ERROR", "FATAL", "SEVERE", "FAILURE"};
    const auto errors = std::ranges::count_if(
        truth_, [&](const CsvRow& row) { return std::ranges::find(levels, row.at("Level")) != levels.end(); });
    const SourceReading reading = read_file(file_);
    float found = 0;
    for (std::size_t i = 0; i < reading.records.size(); ++i) found += test::feature(reading, i, "error_lines");
    EXPECT_EQ(found, static_cast<float>(errors));
}

INSTANTIATE_TEST_SUITE_P(Logs, ReferenceLogs, ::testing::ValuesIn(kLogs), [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace abm
