#include <gtest/gtest.h>

#include "core/pipeline/investigate.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

TEST(ReadLog, RowsOfATableAreNoLinesOfAJournal) {
    const test::TemporaryFolder folder;
    Source source;
    source.path = folder.write("m.csv", "time,value\n2026-04-02T12:45:07,0.01\nno time here,TRANSACTION START\n");
    source.format = "csv";
    source.bytes = 67;
    source.first_not_understood = {{36, 31}};
    const std::vector<LogLine> lines = read_log(source, {0, source.bytes});
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[1].second_of_day, (12 * 60 + 45) * 60 + 7);
    EXPECT_EQ(lines[2].second_of_day, -1);
    EXPECT_TRUE(lines[2].event.empty()) << lines[2].event;
    EXPECT_TRUE(lines[0].understood);
    EXPECT_TRUE(lines[1].understood);
    EXPECT_FALSE(lines[2].understood) << "its reader said so";
}

TEST(ReadLog, WhatACutLeavesOfALongNumberIsNoCardNumber) {
    const test::TemporaryFolder folder;
    // As a whole a number of 24 digits is none; its first sixteen, which end where lines are cut, are.
    const std::string line = std::string(4'096 - 16, '.') + "4111111111111111" + "22222222" + std::string(100, '.');
    Source source;
    source.path = folder.write("long.log", line + "\n");
    source.format = "text-log";
    source.bytes = static_cast<std::int64_t>(line.size()) + 1;
    const std::vector<LogLine> lines = read_log(source, {0, source.bytes});
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(lines[0].text.ends_with("411111******1111 [cut]")) << lines[0].text.substr(4'070);
}

}  // namespace
}  // namespace abm
