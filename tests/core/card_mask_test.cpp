#include "core/base/card_mask.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

namespace abm {
namespace {

std::string masked(std::string text, std::int64_t expected) {
    EXPECT_EQ(count_card_numbers(text), expected) << text;
    EXPECT_EQ(mask_card_numbers(text), expected) << text;
    EXPECT_EQ(count_card_numbers(text), 0) << text;
    return text;
}

TEST(CardMask, MasksTheTestNumbersOfEveryScheme) {
    const std::vector<std::pair<std::string, std::string>> numbers = {
        {"4111111111111111", "411111******1111"},        // Visa
        {"4222222222222", "422222***2222"},              // Visa, 13 digits
        {"4000000000000000006", "400000*********0006"},  // Visa, 19 digits
        {"5555555555554444", "555555******4444"},        // Mastercard
        {"2223003122003222", "222300******3222"},        // Mastercard, second range
        {"378282246310005", "378282*****0005"},          // American Express
        {"6011111111111117", "601111******1117"},        // Discover
        {"30569309025904", "305693****5904"},            // Diners
        {"36227206271667", "362272****1667"},            // Diners
        {"3530111333300000", "353011******0000"},        // JCB
        {"6200000000000005", "620000******0005"},        // UnionPay
        {"6759649826438453", "675964******8453"},        // Maestro
        {"5018000000007", "501800***0007"},              // Maestro, 13 digits
    };
    for (const auto& [number, shown] : numbers) EXPECT_EQ(masked(number, 1), shown);
}

TEST(CardMask, KeepsSeparatorsAndLength) {
    EXPECT_EQ(masked("4111 1111 1111 1111", 1), "4111 11** **** 1111");
    EXPECT_EQ(masked("4111-1111-1111-1111", 1), "4111-11**-****-1111");
    EXPECT_EQ(masked("4111 1111-1111 1111", 1), "4111 11**-**** 1111");
    EXPECT_EQ(masked("3782 822463 10005", 1), "3782 82**** *0005");
    EXPECT_EQ(masked("41 11 11 11 11 11 11 11", 1), "41 11 11 ** ** ** 11 11");
    EXPECT_EQ(masked("4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1", 1), "4-1-1-1-1-1-*-*-*-*-*-*-1-1-1-1");
}

TEST(CardMask, SeesNumbersAmidOtherText) {
    EXPECT_EQ(masked("TRACK 2: 4111111111111111=28121010000012345600", 1), "TRACK 2: 411111******1111=28121010000012345600");
    EXPECT_EQ(masked(";4111111111111111D2812101?", 1), ";411111******1111D2812101?");
    EXPECT_EQ(masked("PAN4111111111111111X", 1), "PAN411111******1111X");
    EXPECT_EQ(masked("*4111111111111111*", 1), "*411111******1111*");
    EXPECT_EQ(masked("05:51:33 4111111111111111 20250624", 1), "05:51:33 411111******1111 20250624");
    EXPECT_EQ(masked("33 4111 1111 1111 1111 20250624 1", 1), "33 4111 11** **** 1111 20250624 1");
    EXPECT_EQ(masked("4111111111111111 5555555555554444,378282246310005", 3),
              "411111******1111 555555******4444,378282*****0005");
    EXPECT_EQ(masked("4111111111111111\r5555555555554444\n", 2), "411111******1111\r555555******4444\n");
}

TEST(CardMask, SeesNumbersBehindLeadingZeros) {
    EXPECT_EQ(masked("PAN 0004111111111111111", 1), "PAN 000411111******1111");
    EXPECT_EQ(masked("04111111111111111", 1), "0411111******1111");
    EXPECT_EQ(masked("0000378282246310005", 1), "0000378282*****0005");
    EXPECT_EQ(masked("00000004111111111111111", 1), "0000000411111******1111");
}

TEST(CardMask, LeavesEverythingElseAlone) {
    for (const std::string text : {"MESSAGE MODE = 10030000000000000",
                                   "000025_8409_061325_061208.610_8705_002",
                                   "   00796 00923 01981 01986",
                                   "56789 12345 00006",
                                   "2025-06-24 05:51:33.123456",
                                   "20250624055133",
                                   "1718236800000000",
                                   "$1,204.10 38000.00",
                                   "PAN 0004111********1111",
                                   "411111******1111",
                                   "4111111111111112",
                                   "9111111111111111",
                                   "411111111111111",
                                   "4222222222222222",
                                   "41111111111111110",
                                   "41111111111111112812101",
                                   "4111  1111  1111  1111",
                                   "4111.1111.1111.1111",
                                   "AID: A0000000041010",
                                   "0000000000000000",
                                   "00000 00000 00000 00000",
                                   "",
                                   "4",
                                   " - - - - - - - - - - - - - ",
                                   "411111111111"}) {
        EXPECT_EQ(masked(text, 0), text);
    }
}

TEST(CardMask, FindsEveryNumberAtEveryPlace) {
    for (std::size_t before = 0; before < 60; ++before) {
        for (const std::string filler : {"x", "12 ", "7:", " "}) {
            std::string text;
            for (std::size_t i = 0; i < before; ++i) text += filler;
            text += "|4222222222222|";
            EXPECT_EQ(count_card_numbers(text), 1) << text;
        }
    }
}

TEST(CardMask, LongRowsOfNumbersTakeLinearTime) {
    std::string text;
    constexpr int kCards = 60'000;
    for (int i = 0; i < kCards; ++i) text += "4111111111111111 ";
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(mask_card_numbers(text), kCards);
    std::string digits(1'000'000, '4');
    EXPECT_EQ(mask_card_numbers(digits), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));  // quadratic: minutes
}

TEST(MicrMask, MasksTheFieldsOfACheque) {
    std::string line = "MICR CODE: c6851588c d10770-857d  272877526c  933";
    EXPECT_EQ(mask_micr(line), 3);
    EXPECT_EQ(line, "MICR CODE: c****588c d*****-857d  ******526c  933");
    EXPECT_EQ(mask_micr(line), 0);
}

TEST(MicrMask, LeavesOtherLinesAlone) {
    std::string text = "TRAN NO 123456\rMICR CODE: 272-877-526\nACCOUNT 123456789\r\nMICR";
    EXPECT_EQ(mask_micr(text), 1);
    EXPECT_EQ(text, "TRAN NO 123456\rMICR CODE: ***-***-526\nACCOUNT 123456789\r\nMICR");
}

TEST(PrivateNumbers, AreMaskedAndCountedTogether) {
    std::string text = "PAN 4111111111111111\rMICR CODE: c4111111111111111c";
    const MaskCounts counts = mask_private_numbers(text);
    EXPECT_EQ(counts.cards, 1);
    EXPECT_EQ(counts.accounts, 1);
    EXPECT_EQ(text, "PAN 411111******1111\rMICR CODE: c*************111c");
}

std::int64_t cards_in_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file.good()) << path;
    return count_card_numbers(std::string(std::istreambuf_iterator<char>(file), {}));
}

TEST(CardMask, RealJournalsHoldOnlyTheNumbersPutThere) {
    const char* shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const std::string ej = std::string(shared) + "/ej/";
    EXPECT_EQ(cards_in_file(ej + "ABM175EJ_20250624_20250624.txt"), 0);
    EXPECT_EQ(cards_in_file(ej + "ABM25EJ_20250613_20250613.txt"), 0);
    EXPECT_EQ(cards_in_file(ej + "cases/12-full-card-number-in-the-log.txt"), 1);
}

}  // namespace
}  // namespace abm
