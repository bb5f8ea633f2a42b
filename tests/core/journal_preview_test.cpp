#include "core/pipeline/journal_preview.h"

#include <gtest/gtest.h>

#include "core/base/card_mask.h"
#include "tests/core/generated_journals.h"

namespace abm {
namespace {

TEST(JournalPreview, NamesLinesAndTheirTimes) {
    const std::vector<std::string_view> lines{"\x1B[020t*731*04/20/2026*14:27*", "     *TRANSACTION START*",
                                              "\x1B[020t 14:27:32 PIN ENTERED"};
    const auto shown = journal_preview(lines);
    ASSERT_EQ(shown.size(), 3U);
    EXPECT_EQ(shown[0].event, "header");
    EXPECT_EQ(shown[1].event, "session_start");
    EXPECT_EQ(shown[2].event, "pin_entered");
    EXPECT_EQ(shown[2].time - shown[0].time, std::chrono::seconds(32));
    EXPECT_EQ(shown[2].message_template, " 14:27:32 PIN ENTERED");
}

TEST(JournalPreview, ShowsNoPrivateNumber) {
    const std::vector<std::string_view> lines{"PAN \x1B(14111111111111111", "\x1B[020t CARD TAKEN 4111111111111111",
                                              "MICR CODE 123456789 0123456789012 0042"};
    for (const UnderstoodLine& line : journal_preview(lines)) {
        EXPECT_EQ(count_card_numbers(line.message_template), 0) << line.message_template;
        std::string again = line.message_template;
        EXPECT_EQ(mask_micr(again), 0) << again;
    }
    test::GeneratedFolder journals("preview");
    GenerateOptions options;
    options.card_number_leaks = 20;
    journals.generate(options);
    for (const auto& [name, text] : journals.journals()) {
        std::vector<std::string_view> all;
        for (const test::JournalLine& line : test::lines_of(text)) all.push_back(line.text);
        for (const UnderstoodLine& line : journal_preview(all))
            EXPECT_EQ(count_card_numbers(line.message_template), 0) << line.message_template;
    }
}

TEST(JournalPreview, AByteOrderMarkIsNoText) {
    const std::vector<std::string_view> lines{"\xEF\xBB\xBF*731*04/20/2026*14:27*"};
    EXPECT_EQ(journal_preview(lines).front().event, "header");
}

}  // namespace
}  // namespace abm
