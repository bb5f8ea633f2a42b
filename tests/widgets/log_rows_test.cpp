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

TEST(LogRows, ShowSilenceOfAMinuteAndMoreButNotShorterOrBackwards) {
    const std::vector<LogLine> lines{line(0, "a", 100), line(10, "b", 159), line(20, "c", -1), line(30, "d", 219),
                                     line(40, "e", 218)};
    const auto rows = log_rows(lines, {});
    ASSERT_EQ(rows.size(), 6U);
    EXPECT_EQ(rows[3].line, -1);
    EXPECT_EQ(rows[3].gap_s, 60);
}

TEST(LogRows, ReadAStepBackOverHalfADayAsMidnight) {
    const auto rows = log_rows({line(0, "a", 86390), line(10, "b", 100)}, {});
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1].gap_s, 110);
}

TEST(LogRows, MarkEvidenceWithItsNoteAndSilenceBetweenEvidence) {
    const std::vector<LogLine> lines{line(0, "aaaa", 0), line(10, "bbbb", 10), line(20, "cccc", 400), line(30, "dddd", 401)};
    const auto rows = log_rows(lines, {{{10, 4}, "twelve notes"}, {{20, 4}, ""}});
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_FALSE(rows[0].evidence);
    EXPECT_TRUE(rows[1].evidence);
    EXPECT_EQ(rows[1].note, "twelve notes");
    EXPECT_TRUE(rows[2].evidence);
    EXPECT_TRUE(rows[3].evidence);
    EXPECT_FALSE(rows[4].evidence);
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

TEST(FindInLog, CountsWithoutOverlapAndWithoutCaseInTheShownText) {
    const std::vector<LogLine> lines{line(0, " 09:06:43 NOTES notes", 32803), line(30, "aaaa", -1)};
    EXPECT_EQ(shown_text(lines[0]), " NOTES notes");
    const auto notes = find_in_log(lines, "notes");
    ASSERT_EQ(notes.size(), 2U);
    EXPECT_EQ(notes[0].column, 1);
    EXPECT_EQ(find_in_log(lines, "aa").size(), 2U);
    EXPECT_TRUE(find_in_log(lines, "").empty());
    EXPECT_TRUE(find_in_log(lines, "09:06").empty());
}

}  // namespace
}  // namespace abm
