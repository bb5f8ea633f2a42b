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

}  // namespace
}  // namespace abm
