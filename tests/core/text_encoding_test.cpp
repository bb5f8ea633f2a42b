#include "core/base/text_encoding.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using namespace std::string_literals;

TEST(TextEncoding, TellsTheEncodingsApart) {
    EXPECT_EQ(sniff_encoding(""), TextEncoding::ascii);
    EXPECT_EQ(sniff_encoding(test::sample_text(200'000)), TextEncoding::ascii);
    EXPECT_EQ(sniff_encoding("\x1B[020t\x0F a\a\f\t\r\n"), TextEncoding::ascii);
    EXPECT_EQ(sniff_encoding("caf\xC3\xA9"), TextEncoding::utf8);
    EXPECT_EQ(sniff_encoding("\xEF\xBB\xBFplain"), TextEncoding::utf8);
    EXPECT_EQ(sniff_encoding("caf\xE9"), TextEncoding::latin1);
    EXPECT_EQ(sniff_encoding("caf\xE9 au lait"), TextEncoding::latin1);
    EXPECT_EQ(sniff_encoding("\xED\xA0\x80 surrogate"), TextEncoding::latin1);
    EXPECT_EQ(sniff_encoding("\xC0\xAF overlong"), TextEncoding::latin1);
}

TEST(TextEncoding, KnowsUtf16WithAndWithoutMark) {
    EXPECT_EQ(sniff_encoding("\xFF\xFE"
                             "a\0"s),
              TextEncoding::utf16le);
    EXPECT_EQ(sniff_encoding("\xFE\xFF"
                             "\0a"s),
              TextEncoding::utf16be);
    EXPECT_EQ(sniff_encoding("T\0R\0A\0N\0S\0\r\0\n\0"s), TextEncoding::utf16le);
    EXPECT_EQ(sniff_encoding("\0T\0R\0A\0N\0S\0\r\0\n"s), TextEncoding::utf16be);
}

TEST(TextEncoding, ControlBytesMakeABinary) {
    EXPECT_EQ(sniff_encoding("\x7F"
                             "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0"s),
              TextEncoding::binary);
    std::mt19937 random(1);
    std::string noise(5000, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    EXPECT_EQ(sniff_encoding(noise), TextEncoding::binary);
    EXPECT_EQ(sniff_encoding(test::sample_text(5000) + std::string(20, '\0')), TextEncoding::ascii);  // loss of power
    EXPECT_EQ(sniff_encoding(test::sample_text(5000) + std::string(4096, '\0') + test::sample_text(500)), TextEncoding::ascii);
    EXPECT_EQ(sniff_encoding(std::string(4096, '\0')), TextEncoding::binary);
}

TEST(TextEncoding, ACharacterCutByTheSampleIsNoMistake) {
    std::string text(kSniffBytes - 2, 'a');
    text += "\xE2\x82\xAC";
    EXPECT_EQ(sniff_encoding(text), TextEncoding::utf8);
    EXPECT_EQ(sniff_encoding(std::string(kSniffBytes, 'a') + "\xE9"), TextEncoding::ascii);  // not looked at
}

TEST(TextEncoding, NamesAreThoseOfTheContract) {
    EXPECT_EQ(name_of(TextEncoding::utf8), "utf-8");
    EXPECT_EQ(name_of(TextEncoding::latin1), "latin-1");
    EXPECT_EQ(name_of(TextEncoding::utf16le), "utf-16le");
}

TEST(Printable, KeepsTextAndConvertsLatin1) {
    EXPECT_EQ(printable("NOTES TAKEN"), "NOTES TAKEN");
    EXPECT_EQ(printable("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x92\xB0"), "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x92\xB0");
    EXPECT_EQ(printable("caf\xE9"), "caf\xC3\xA9");
    EXPECT_EQ(printable("\xE2\x82"), "\xC3\xA2\xC2\xB7");
}

TEST(Printable, ShowsADotForWhatWouldActOrVanish) {
    EXPECT_EQ(printable("a\tb"), "a b");
    EXPECT_EQ(printable("a\x1B[0m\0\r\n\x7F"s), "a\xC2\xB7[0m\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7");
    EXPECT_EQ(printable("a\xC2\x85\xE2\x80\xA8\xE2\x80\xAE"
                        "b"),
              "a\xC2\xB7\xC2\xB7\xC2\xB7"
              "b");
    EXPECT_EQ(printable("\xEF\xBB\xBF"), "\xC2\xB7");
}

TEST(Printable, AnyBytesBecomeValidUtf8AndStaySo) {
    std::mt19937 random(2);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes(random() % 40, '\0');
        for (char& c : bytes) c = static_cast<char>(random());
        const std::string shown = printable(bytes);
        const TextEncoding encoding = sniff_encoding(shown);
        ASSERT_TRUE(encoding == TextEncoding::ascii || encoding == TextEncoding::utf8) << round;
        ASSERT_EQ(printable(shown), shown);
    }
}

}  // namespace
}  // namespace abm
