#include "widgets/log_rows.h"

#include <gtest/gtest.h>

namespace abm {
namespace {

LogLine line(std::int64_t offset, std::string text, std::int32_t second) {
    LogLine made;
    made.span = {offset, static_cast<std::int64_t>(text.size())};
    made.text = std::move(text);
    made.second_of_day = second;
    return made;
}

TEST(LogRows, SayGapsOfTenSecondsAndMoreButNotShorterOrBackwards) {
    const std::vector<LogLine> lines{line(0, "a", 100), line(10, "b", 109), line(20, "c", -1), line(30, "d", 119),
                                     line(40, "e", 118)};
    const auto rows = log_rows(lines, {});
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[1].gap_s, 0);
    EXPECT_EQ(rows[2].gap_s, 0) << "a line without a time has no gap";
    EXPECT_EQ(rows[3].gap_s, 10) << "since the last line that has one";
    EXPECT_EQ(rows[4].gap_s, 0);
}

TEST(LogRows, ReadAStepBackOverHalfADayAsMidnight) {
    const auto rows = log_rows({line(0, "a", 86390), line(10, "b", 100)}, {});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].gap_s, 110);
}

TEST(LogRows, MarkEvidenceWithItsNoteAndRecordsWhereTheyBegin) {
    const std::vector<LogLine> lines{line(0, "aaaa", 0), line(10, "bbbb", 10), line(20, "cccc", 400)};
    const auto rows = log_rows(lines, {{{10, 4}, "twelve notes"}}, {{10, "Session 2 of 3", true}});
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_FALSE(rows[0].evidence);
    EXPECT_EQ(rows[2].gap_s, 0) << "between records days may lie";
    EXPECT_EQ(rows[3].gap_s, 390);
    EXPECT_EQ(rows[1].line, -1);
    EXPECT_EQ(rows[1].note, "Session 2 of 3");
    EXPECT_TRUE(rows[2].evidence);
    EXPECT_EQ(rows[2].note, "twelve notes");
    EXPECT_FALSE(rows[3].evidence);
}

TEST(LogRows, SayWhatALineMeansOnlyWhereItDoesNotSayItItself) {
    const auto note = [](std::string text, std::string_view event, std::string meaning = {}) {
        LogLine made = line(0, std::move(text), -1);
        made.event = event;
        made.meaning = std::move(meaning);
        return log_rows({made}, {}).front().note;
    };
    EXPECT_EQ(note("---START OF TRANSACTION---", "exchange_start"), "exchange start");
    EXPECT_EQ(note("*CIM-DEPOSIT ACTIVATED", "deposit_activated"), "");
    EXPECT_EQ(note(" GENAC 1 : ARQC", "genac1_arqc"), "");
    EXPECT_EQ(note("*183*03/14/2026*15:37*", "header"), "");
    EXPECT_EQ(note("THANK YOU", "receipt_line"), "");
    EXPECT_EQ(note("", "blank"), "");
    EXPECT_EQ(note("free words", "text"), "");
    EXPECT_EQ(note("*4105*1*D*9,M-84", "reader_status", "card reader: chip failed"), "card reader: chip failed");
}

TEST(LogRows, ATimeAtTheFrontOfALineStandsInTheGutter) {
    const LogLine timed = line(0, " 09:06:43 NOTES", 32803);
    EXPECT_EQ(QString(" 09:06:43 NOTES").mid(clock_length(" 09:06:43 NOTES", timed)), " NOTES");
    EXPECT_EQ(clock_of(timed), "09:06:43");
    EXPECT_EQ(clock_length("09:06:43 NOTES", line(0, "", -1)), 0) << "no time was understood";
    EXPECT_EQ(clock_of(line(0, "", -1)), "");
}

}  // namespace
}  // namespace abm
