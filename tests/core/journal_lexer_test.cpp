#include "core/ingest/journal_lexer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "core/ingest/device_status.h"
#include "core/ingest/line_splitter.h"

namespace abm {
namespace {

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> lines;
    LineSplitter splitter(text);
    LineSplitter::Line line{};
    while (splitter.next(line)) lines.emplace_back(line.begin, line.end);
    return lines;
}

// The plainest reading of "CR, LF or CRLF".
std::vector<std::string> split_plainly(std::string_view text) {
    std::vector<std::string> lines;
    std::string line;
    bool open = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        open = true;
        if (text[i] != '\r' && text[i] != '\n') {
            line += text[i];
            continue;
        }
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
        lines.push_back(std::exchange(line, {}));
        open = false;
    }
    if (open) lines.push_back(line);
    return lines;
}

EventKind kind_of(std::string_view line) {
    LexedText out;
    JournalLexer().lex_line(line, 0, out);
    return out.events.back().kind;
}

TEST(LineSplitter, AgreesWithThePlainReadingOnAnyMixOfLineEnds) {
    std::mt19937 random(7);
    for (int round = 0; round < 3'000; ++round) {
        std::string text(random() % 200, ' ');
        for (char& c : text) c = "ab\r\n\r\nx"[random() % 7];
        ASSERT_EQ(split(text), split_plainly(text)) << round;
    }
}

TEST(LineSplitter, FindsALineFeedInTheNextWindow) {
    for (std::size_t length = 60; length < 70; ++length) {
        const std::string text = std::string(length, 'a') + "\r\nb";
        EXPECT_EQ(split(text), (std::vector<std::string>{std::string(length, 'a'), "b"})) << length;
    }
}

TEST(JournalLexer, KnowsLinesBehindEscapesAndTimes) {
    EXPECT_EQ(kind_of("\x1B[020t 05:51:39 PIN ENTERED"), EventKind::pin_entered);
    EXPECT_EQ(kind_of("     *TRANSACTION START*"), EventKind::session_start);
    EXPECT_EQ(kind_of("     *CARDLESS TRANSACTION START*"), EventKind::cardless_start);
    EXPECT_EQ(kind_of("07:48:23*CIM-INPUT REFUSED,REASON-DEPOSIT FAILURE"), EventKind::input_refused);
    EXPECT_EQ(kind_of("08:01:16*CIM-DEPOSIT COMPLETED - ITEMS REFUNDED"), EventKind::deposit_refunded);
    EXPECT_EQ(kind_of("08:01:16*CIM-DEPOSIT COMPLETED"), EventKind::deposit_completed);
    EXPECT_EQ(kind_of("CUSTOMER CANCEL"), EventKind::status_cancelled);
    EXPECT_EQ(kind_of("04:53:23 CUSTOMER CANCELLED"), EventKind::customer_cancelled);
    EXPECT_EQ(kind_of("\x1B[05pSUPERVISOR MODE ENTRY\x1B[00p"), EventKind::supervisor_entry);
    EXPECT_EQ(kind_of("\tFOURTH CASSETTE REMOVED"), EventKind::cassette_removed);
    EXPECT_EQ(kind_of("JMD500-000,"), EventKind::note_list);
    EXPECT_EQ(kind_of("JMD5000 126     0       0       "), EventKind::acceptor_table_row);
    EXPECT_EQ(kind_of("000025_8409_061325_061208.610_8705_002"), EventKind::image_name);
    EXPECT_EQ(kind_of("SOMETHING NOBODY KNOWS"), EventKind::not_understood);
    EXPECT_EQ(kind_of("  "), EventKind::blank);
}

TEST(JournalLexer, ReadsTheHeadersNumberDateAndTime) {
    LexedText out;
    JournalLexer().lex_line("\x1B[020t*511*06/24/2025*05:51*", 0, out);
    ASSERT_EQ(out.headers.size(), 1U);
    EXPECT_EQ(out.headers[0].number, 511);
    EXPECT_EQ(out.headers[0].minute, 5 * 60 + 51);
    EXPECT_EQ(out.headers[0].day, std::chrono::sys_days(std::chrono::year{2025} / 6 / 24).time_since_epoch().count());
}

TEST(JournalLexer, RefusesHeadersWithImpossibleDates) {
    for (const char* line :
         {"*511*13/24/2025*05:51*", "*511*02/30/2025*05:51*", "*511*06/24/2025*25:51*", "*51A*06/24/2025*05:51*"}) {
        LexedText out;
        JournalLexer().lex_line(line, 0, out);
        EXPECT_TRUE(out.headers.empty()) << line;
    }
}

TEST(JournalLexer, SplitsAResetPrefixFromTheLineGluedToIt) {
    const std::string prefix =
        "\x1B[0r\x1B(1\x1B)2\x1B[000p\x1B[040q\x0F\x1B"
        "e1\x1Bw3\x1Bh162";
    LexedText out;
    JournalLexer().lex_line(prefix + prefix + "05:31:49*CASHIN RECOVERY STARTED - CASSETTES ", 1000, out);
    ASSERT_EQ(out.events.size(), 2U);
    EXPECT_EQ(out.events[0].kind, EventKind::reset_prefix);
    EXPECT_EQ(out.events[1].kind, EventKind::recovery_started);
    EXPECT_EQ(out.events[1].second, 5 * 3600 + 31 * 60 + 49);
    EXPECT_EQ(out.events[1].offset, 1000);  // both are the same line
}

TEST(JournalLexer, TextOfAReceiptIsUnderstoodOnlyInAReceipt) {
    LexedText out;
    JournalLexer lexer;
    for (const char* line : {"  HARBOUR STREET", "  ---START OF TRANSACTION---", "  HARBOUR STREET", " 07:08:00 TRANSACTION END",
                             "  HARBOUR STREET"}) {
        lexer.lex_line(line, 0, out);
    }
    EXPECT_EQ(out.events[0].kind, EventKind::not_understood);
    EXPECT_EQ(out.events[2].kind, EventKind::receipt_line);
    EXPECT_EQ(out.events[4].kind, EventKind::not_understood);
}

TEST(JournalLexer, SurvivesEveryCutOfALineWithEscapes) {
    const std::string line = "\x1B[000p\x1B[040q\x1B(I     *8319*2*E\x1B(1*400000000,M-04,R-10030\x1BS";
    for (std::size_t length = 0; length <= line.size(); ++length) kind_of(std::string_view(line).substr(0, length));
    EXPECT_EQ(kind_of(line), EventKind::dispenser_status);
}

TEST(DeviceStatus, IsSaidInWordsWithItsCode) {
    const auto chip = parse_device_status("*8512*1*D*9,M-84,R-0");
    ASSERT_TRUE(chip);
    EXPECT_EQ(chip->serial, 8512);
    EXPECT_EQ(device_meaning(*chip), "card reader: chip failed in mid-transaction (9, M-84)");
    const auto dispenser = parse_device_status("*8319*2*E\x1B(1*400000000,M-04,R-10030");
    ASSERT_TRUE(dispenser);
    EXPECT_EQ(dispenser->status_class, '2');
    EXPECT_EQ(device_meaning(*dispenser), "cash dispenser: no notes dispensed: stack failed, notes purged (4, M-04)");
    const auto acceptor = parse_device_status("*8409*1*\x1B(Iw\x1B(1*3, M-65, R-100110021");
    ASSERT_TRUE(acceptor);
    EXPECT_EQ(acceptor->device, 'w');
    EXPECT_EQ(acceptor->digit(), '3');
    const auto supervisor = parse_device_status("*    *1*P*21,M-");
    ASSERT_TRUE(supervisor);
    EXPECT_EQ(supervisor->serial, -1);
    EXPECT_FALSE(parse_device_status("*PRIMARY CARD READER ACTIVATED*"));
}

}  // namespace
}  // namespace abm
