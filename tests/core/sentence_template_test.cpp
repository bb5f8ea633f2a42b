#include "core/decide/sentence_template.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace abm {
namespace {

std::string filled(const std::string& text, double value, Fact fact, const RuleContext& context = {}) {
    JsonNode node;
    node.kind = JsonKind::string;
    node.text = text;
    Facts facts;
    facts[fact] = value;
    return SentenceTemplate::parse({"t.json", node}, "sentence").fill(facts, context);
}

std::string amount(const std::string& text, double value) {
    return filled(text, value, Fact::escrow_left_amount, {"CAD", "", ""});
}
std::string number(const std::string& text, double value) { return filled(text, value, Fact::exchanges); }

TEST(SentenceTemplate, WritesMoneyWithCurrencyAndThousands) {
    EXPECT_EQ(amount("{escrow_left_amount:money} went in.", 1000), "1,000.00 CAD went in.");
    EXPECT_EQ(amount("{escrow_left_amount:money}", -1234567.5), "-1,234,567.50 CAD");
    EXPECT_EQ(amount("{escrow_left_amount:size}", -20.05), "20.05 CAD");
    EXPECT_EQ(filled("{escrow_left_amount:money}", 5, Fact::escrow_left_amount), "5.00");  // currency not known
    EXPECT_EQ(amount("{escrow_left_amount:money}", Facts::kUnknown), "an unknown amount");
    EXPECT_EQ(amount("{escrow_left_amount:money}", 1e300), "an unknown amount");
}

TEST(SentenceTemplate, WritesCountsWithTheirNoun) {
    EXPECT_EQ(number("{exchanges:count}", 12345), "12,345");
    EXPECT_EQ(number("{exchanges:count note}", 1), "1 note");
    EXPECT_EQ(number("{exchanges:count note}", 0), "0 notes");
    EXPECT_EQ(number("{exchanges:count header number is|header numbers are} used", 8), "8 header numbers are used");
    EXPECT_EQ(number("{exchanges:count header number is|header numbers are} used", 1), "1 header number is used");
    EXPECT_EQ(number("{exchanges:count note}", Facts::kUnknown), "an unknown number of notes");
}

TEST(SentenceTemplate, WritesPlainNumbers) {
    EXPECT_EQ(number("{exchanges}", 3), "3");
    EXPECT_EQ(number("{exchanges}", 2.5), "2.50");
    EXPECT_EQ(number("{exchanges}", Facts::kUnknown), "unknown");
}

TEST(SentenceTemplate, WritesDurationsAsPeopleSayThem) {
    EXPECT_EQ(duration_text(0), "0 s");
    EXPECT_EQ(duration_text(2.25), "2.2 s");
    EXPECT_EQ(duration_text(9.97), "10 s");
    EXPECT_EQ(duration_text(59.6), "1 min");
    EXPECT_EQ(duration_text(383), "6 min 23 s");
    EXPECT_EQ(duration_text(3600), "1 h");
    EXPECT_EQ(duration_text(36720), "10 h 12 min");
    EXPECT_EQ(duration_text(86400.0 * 2080 + 15 * 3600), "2,080 d 15 h");
    EXPECT_EQ(duration_text(-90), "-1 min 30 s");
    EXPECT_EQ(duration_text(Facts::kUnknown), "unknown");
    EXPECT_EQ(filled("{duration_s:duration}", 45, Fact::duration_s), "45 s");
    EXPECT_EQ(filled("{clock_jump_s:shift}", -7200, Fact::clock_jump_s), "2 h back");
    EXPECT_EQ(filled("{clock_jump_s:shift}", 7200, Fact::clock_jump_s), "2 h forward");
}

TEST(SentenceTemplate, NamesCardAndMachineAndKeepsBraces) {
    EXPECT_EQ(filled("{card} at {machine} {{x}}", 0, Fact::exchanges, {"CAD", "...7712", "0777"}), "...7712 at 0777 {x}");
    EXPECT_EQ(filled("{card} at {machine}", 0, Fact::exchanges), "unknown at unknown");
}

TEST(SentenceTemplate, MoneyIsRoundedToTheCent) {
    EXPECT_EQ(money_of(0.1 + 0.2), 30);
    EXPECT_EQ(money_of(-19.999), -2000);
    EXPECT_EQ(money_of(Facts::kUnknown), kNoAmount);
    EXPECT_EQ(money_of(1e200), kNoAmount);
}

}  // namespace
}  // namespace abm
