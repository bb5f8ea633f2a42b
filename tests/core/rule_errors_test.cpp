// What a rule file may not say, and the words that tell its author where and what instead.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "tests/core/rule_test_support.h"

namespace abm {
namespace {

using test::rule_file;

std::string rule_file_error(const std::string& json) {
    try {
        RuleSet::parse(json, "my.json");
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Invalid);
        return error.what();
    }
    return "accepted";
}

struct RuleMistake {
    std::string json;
    std::string message;
};

// Test runners show it; without this they would show the bytes of the strings.
void PrintTo(const RuleMistake& wrong, std::ostream* out) { *out << wrong.message; }
std::string when(const std::string& condition) { return rule_file("\n\"when\":" + condition); }

class RuleErrors : public testing::TestWithParam<RuleMistake> {};

TEST_P(RuleErrors, NamePlaceAndRemedy) { EXPECT_EQ(rule_file_error(GetParam().json), "my.json:" + GetParam().message); }

const RuleMistake kFileCases[] = {
    {"[]", "1: a rule file must be an object, not a list"},
    {"{\"rules\":[]}", "1: \"version\" is missing"},
    {"{\"version\":1}", "1: \"rules\" is missing"},
    {"{\"version\":2,\"rules\":[]}", "1: rules of version 2 are written for another release; allowed: 1"},
    {"{\"version\":\"1\",\"rules\":[]}", "1: version must be a number, not a string"},
    {"{\"version\":1,\"rules\":{}}", "1: rules must be a list, not an object"},
    {"{\"version\":1,\n\"title\":\"\",\"rules\":[]}", "2: title must not be empty"},
    {"{\"version\":1,\n\n\"rule\":[]}", "3: unknown key \"rule\" in a rule file; did you mean \"rules\"?"},
    {"{\"version\":1,\n\"version\":1}", "2: the key \"version\" is given twice in one object; give it once"},
    {"{\"version\":1,\"rules\":[\n3]}", "2: a rule must be an object, not a number"},
};
INSTANTIATE_TEST_SUITE_P(OfTheFile, RuleErrors, testing::ValuesIn(kFileCases));

std::string whole(const std::string& members) { return "{\"version\":1,\"rules\":[\n{" + members + "}]}"; }

const RuleMistake kRuleCases[] = {
    {whole(""), "2: \"id\" is missing"},
    {whole(R"("id":"A b")"), "2: the id \"A b\" may hold small letters, digits and hyphens only"},
    {whole(R"("id":"")"), "2: id must not be empty"},
    {whole(R"("id":"a")"), "2: \"applies_to\" is missing"},
    {whole(R"("id":"a","applies_to":"sesion")"), "2: unknown scope \"sesion\"; did you mean \"session\"?"},
    {whole(R"("id":"a","applies_to":[])"), "2: applies_to must name at least one scope"},
    {whole(R"("id":"a","applies_to":["session",)"
           "\n7]"),
     "3: scope must be a string, not a number"},
    {whole(R"("id":"a","applies_to":"session","type":"cash_risk")"),
     "2: unknown type \"cash_risk\"; did you mean \"cash_at_risk\"?"},
    {whole(R"("id":"a","applies_to":"session","type":"unusual","severity":"hihg")"),
     "2: unknown severity \"hihg\"; did you mean \"high\"?"},
    {whole(R"("id":"a","applies_to":"session","type":"unusual","severity":"terrible")"),
     "2: unknown severity \"terrible\"; allowed: none, low, medium, high, critical"},
    {whole(R"("id":"a","applies_to":"session","type":"unusual","severity":"low")"), "2: \"sentence\" is missing"},
    {rule_file("\n\"acton\":\"x\""), "2: unknown key \"acton\" in a rule; did you mean \"action\"?"},
    {rule_file("\n\"zzzzzzz\":\"x\""),
     "2: unknown key \"zzzzzzz\" in a rule; allowed: id, applies_to, type, severity, when, "
     "sentence, action, amount, evidence, raise, span"},
    {rule_file("\n\"action\":3"), "2: action must be a string, not a number"},
    {rule_file("\n\"span\":\"lines\""), "2: unknown span \"lines\"; allowed: scope, evidence"},
    {rule_file("\n\"amount\":\"escrow_lef_amount\""),
     "2: unknown fact \"escrow_lef_amount\"; did you mean \"escrow_left_amount\"?"},
    {rule_file("\n\"amount\":\"exchanges\""),
     "2: the fact \"exchanges\" is not an amount of money; its name would end in _amount"},
    {rule_file("\n\"amount\":{\"fact\":\"escrow_amount\",\"abs\":true}"),
     "2: unknown key \"abs\" in an amount; allowed: fact, absolute"},
    {rule_file("\n\"amount\":{\"fact\":\"escrow_amount\",\"absolute\":1}"), "2: absolute must be true or false, not a number"},
    {rule_file("\n\"evidence\":{}"), "2: evidence must be a list, not an object"},
    {rule_file("\"evidence\":[\n\"pan\"]"), "2: a piece of evidence must be an object, not a string"},
    {rule_file("\"evidence\":[{\n\"event\":\"note_taken\"}]"), "2: unknown event \"note_taken\"; did you mean \"notes_taken\"?"},
    {rule_file("\"evidence\":[\n{\"which\":\"all\"}]"), "2: \"event\" is missing"},
    {rule_file("\"evidence\":[{\"event\":\"pan\",\n\"which\":\"frist\"}]"),
     "2: unknown which \"frist\"; did you mean \"first\"?"},
    {rule_file("\"evidence\":[{\"event\":\"pan\",\n\"not\":\"x\"}]"),
     "2: unknown key \"not\" in a piece of evidence; did you mean \"note\"?"},
    {rule_file("\"evidence\":[{\"event\":\"pan\",\n\"note\":\"{recepts}\"}]"),
     "2: unknown fact \"recepts\" in a sentence; did you mean \"receipts\"?"},
    {rule_file("\n\"raise\":{}"), "2: raise must be a list, not an object"},
    {rule_file("\n\"raise\":[{}]"), "2: \"to\" is missing"},
    {rule_file("\n\"raise\":[{\"to\":\"low\"}]"), "2: a raise makes a finding graver: \"low\" is not above \"low\""},
    {rule_file("\n\"raise\":[{\"to\":\"none\"}]"), "2: a raise makes a finding graver: \"none\" is not above \"low\""},
    {rule_file("\n\"raise\":[{\"to\":\"high\"}]"), "2: \"when\" is missing"},
    {rule_file("\n\"raise\":[{\"to\":\"high\",\"when\":{\"event\":\"pan\"}}]"), "2: \"because\" is missing"},
    {rule_file("\n\"raise\":[{\"to\":\"high\",\"if\":1}]"), "2: unknown key \"if\" in a raise; allowed: to, when, because"},
};
INSTANTIATE_TEST_SUITE_P(OfRules, RuleErrors, testing::ValuesIn(kRuleCases));

const std::string kComparisons = "<, <=, >, >=, ==, !=, between";
const RuleMistake kConditionCases[] = {
    {when("3"), "2: a condition must be an object, not a number"},
    {when("{}"), "2: a condition must hold one of all, any, not, fact, known, event, missing, in_order, gap_between"},
    {when("{\"evnt\":\"pan\"}"),
     "2: a condition must hold one of all, any, not, fact, known, event, missing, in_order, gap_between"},
    {when("{\"all\":[]}"), "2: all must hold at least one condition"},
    {when("{\"any\":\n{}}"), "3: any must be a list, not an object"},
    {when("{\"all\":[{\"event\":\"pan\"}],\n\"any\":[]}"), "3: unknown key \"any\" in a condition with \"all\"; allowed: all"},
    {when("{\"not\":[]}"), "2: a condition must be an object, not a list"},
    {when("{\"not\":{\"event\":\"pan\"},\n\"x\":1}"), "3: unknown key \"x\" in a condition with \"not\"; allowed: not"},
    {when("{\"fact\":\"exchange\",\">\":1}"), "2: unknown fact \"exchange\"; did you mean \"exchanges\"?"},
    {when("{\"fact\":3,\">\":1}"), "2: fact must be a string, not a number"},
    {when("{\"fact\":\"exchanges\"}"), "2: a fact lacks a comparison; allowed: " + kComparisons},
    {when("{\"fact\":\"exchanges\",\n\"=\":1}"), "3: unknown key \"=\" in a fact; allowed: one of " + kComparisons},
    {when("{\"fact\":\"exchanges\",\">\":1,\n\"<\":3}"), "3: a fact takes one comparison; use between, or all of two"},
    {when("{\"fact\":\"exchanges\",\">\":\n\"1\"}"), "3: what a fact or count is compared with must be a number, not a string"},
    {when("{\"fact\":\"exchanges\",\">\":true}"), "2: what a fact or count is compared with must be a number, not true or false"},
    {when("{\"fact\":\"exchanges\",\"between\":3}"), "2: between must be a list of two numbers, [low, high]"},
    {when("{\"fact\":\"exchanges\",\"between\":[1]}"), "2: between must be a list of two numbers, [low, high]"},
    {when("{\"fact\":\"exchanges\",\"between\":[\"1\",2]}"), "2: the low end of between must be a number, not a string"},
    {when("{\"fact\":\"exchanges\",\"between\":[1,null]}"), "2: the high end of between must be a number, not null"},
    {when("{\"fact\":\"exchanges\",\"between\":[2,1]}"), "2: between: the low end is above the high end"},
    {when("{\"fact\":\"exchanges\",\"between\":{\"fact\":\"receipts\"}}"), "2: between takes two numbers, not another fact"},
    {when("{\"fact\":\"exchanges\",\">\":{\"fact\":\"receipt\"}}"), "2: unknown fact \"receipt\"; did you mean \"receipts\"?"},
    {when("{\"fact\":\"exchanges\",\">\":{\"fact\":\"receipts\",\"time\":2}}"),
     "2: unknown key \"time\" in a fact to compare with; did you mean \"times\"?"},
    {when("{\"fact\":\"exchanges\",\">\":{\"fact\":\"receipts\",\"times\":\"2\"}}"), "2: times must be a number, not a string"},
    {when("{\"known\":\"drain\"}"), "2: unknown fact \"drain\"; did you mean \"drained\"?"},
    {when("{\"known\":\"drained\",\"x\":1}"), "2: unknown key \"x\" in a known condition; allowed: known"},
    {when("{\"event\":\"xyzzyxyzzy\"}"), "2: unknown event \"xyzzyxyzzy\""},
    {when("{\"event\":\"pan\",\"cuont\":{\">\":1}}"), "2: unknown key \"cuont\" in an event condition; did you mean \"count\"?"},
    {when("{\"event\":\"pan\",\"count\":2}"), "2: count must be an object, not a number"},
    {when("{\"event\":\"pan\",\"count\":{}}"), "2: count lacks a comparison; allowed: " + kComparisons},
    {when("{\"event\":\"pan\",\"count\":{\"at_least\":1}}"),
     "2: unknown key \"at_least\" in count; allowed: one of " + kComparisons},
    {when("{\"missing\":\"pann\"}"), "2: unknown event \"pann\"; did you mean \"pan\"?"},
    {when("{\"missing\":\"pan\",\"count\":{}}"), "2: unknown key \"count\" in a missing condition; allowed: missing"},
    {when("{\"in_order\":\"pan\"}"), "2: in_order must be a list, not a string"},
    {when("{\"in_order\":[\"pan\"]}"), "2: in_order takes 2 to 8 events"},
    {when("{\"in_order\":[\"pan\",\"pan\",\"pan\",\"pan\",\"pan\",\"pan\",\"pan\",\"pan\",\"pan\"]}"),
     "2: in_order takes 2 to 8 events"},
    {when("{\"in_order\":[\"pan\",\n\"pann\"]}"), "3: unknown event \"pann\"; did you mean \"pan\"?"},
    {when("{\"in_order\":[\"pan\",\"pan\"],\"within\":3}"),
     "2: unknown key \"within\" in an in_order condition; did you mean \"within_s\"?"},
    {when("{\"in_order\":[\"pan\",\"pan\"],\"within_s\":-1}"), "2: within_s must not be negative"},
    {when("{\"gap_between\":[\"pan\",\"pan\",\"pan\"],\">\":1}"), "2: gap_between takes 2 events"},
    {when("{\"gap_between\":[\"pan\",\"pan\"]}"), "2: gap_between lacks a comparison; allowed: " + kComparisons},
};
INSTANTIATE_TEST_SUITE_P(OfConditions, RuleErrors, testing::ValuesIn(kConditionCases));

const RuleMistake kSentenceCases[] = {
    {rule_file("", "{exchanges"), "1: sentence: a \"{\" is not closed; write {{ for a brace"},
    {rule_file("", "exchanges}"), "1: sentence: a \"}\" closes nothing; write }} for a brace"},
    {rule_file("", "{exchange}"), "1: unknown fact \"exchange\" in a sentence; did you mean \"exchanges\"?"},
    {rule_file("", "{}"), "1: unknown fact \"\" in a sentence"},
    {rule_file("", "{exchanges:mony}"), "1: unknown form \"mony\" of {exchanges}; did you mean \"money\"?"},
    {rule_file("", "{exchanges:}"), "1: unknown form \"\" of {exchanges}; allowed: money, size, count, duration, shift"},
    {rule_file("", "{exchanges:money}"), "1: {exchanges:money}: the fact is not an amount of money; allowed: count"},
    {rule_file("", "{exchanges:size}"), "1: {exchanges:size}: the fact is not an amount of money; allowed: count"},
    {rule_file("", "{exchanges:duration}"),
     "1: {exchanges:duration}: the fact is not in seconds (its name does not end in _s); allowed: count"},
    {rule_file("", "{exchanges:shift}"),
     "1: {exchanges:shift}: the fact is not in seconds (its name does not end in _s); allowed: count"},
};
INSTANTIATE_TEST_SUITE_P(OfSentences, RuleErrors, testing::ValuesIn(kSentenceCases));

TEST(RuleErrors, SyntaxIsReportedWithItsLine) {
    EXPECT_TRUE(rule_file_error("").starts_with("my.json:1: not valid JSON: "));
    EXPECT_TRUE(rule_file_error("{\n\"version\":1,\n]").starts_with("my.json:3: not valid JSON: "))
        << rule_file_error("{\n\"version\":1,\n]");
    EXPECT_TRUE(rule_file_error("{\"version\":1,\"rules\":[]} x").starts_with("my.json:1: not valid JSON: "));
    EXPECT_TRUE(
        rule_file_error("{\n\"version\":1e999}").starts_with("my.json:2: not valid JSON: "));  // malformed and too large numbers
    EXPECT_TRUE(rule_file_error("{\n\"version\":01}").starts_with("my.json:2: not valid JSON: "));
    EXPECT_TRUE(rule_file_error("{\n\"version\":.5}").starts_with("my.json:2: not valid JSON: "));
    EXPECT_TRUE(rule_file_error("{\n\"title\":\"\xff\"}").starts_with("my.json:2: not valid JSON: "));  // not UTF-8
}

TEST(RuleErrors, ANumberBeforeALineEndBelongsToItsOwnLine) {
    EXPECT_EQ(rule_file_error("{\"version\":\n2\n,\"rules\":[]}"),
              "my.json:2: rules of version 2 are written for another release; allowed: 1");
}

TEST(RuleErrors, CommentsCountAsLines) {
    EXPECT_EQ(rule_file_error("// one\n/* two\n three */ {\"version\":1,\n// five\n\"rulez\":[]}"),
              "my.json:5: unknown key \"rulez\" in a rule file; did you mean \"rules\"?");
}

TEST(RuleErrors, NestingIsBounded) {
    EXPECT_EQ(rule_file_error(std::string(100'000, '[')), "my.json:1: nested deeper than 32 levels");
    std::string deep = "{\"event\":\"pan\"}";
    for (int i = 0; i < 40; ++i) deep = "{\"not\":" + deep + "}";
    EXPECT_EQ(rule_file_error(when(deep)), "my.json:2: nested deeper than 32 levels");
}

TEST(RuleErrors, AnIdIsUsedOnce) {
    const std::string rule = R"({"id":"r","applies_to":"session","type":"unusual","severity":"low","sentence":"S."})";
    EXPECT_EQ(rule_file_error("{\"version\":1,\"rules\":[\n" + rule + ",\n" + rule + "]}"),
              "my.json:3: the rule \"r\" is already defined at my.json:2; give it another id");
    const RuleSet one = RuleSet::parse(rule_file(""), "a.json");
    EXPECT_THROW(one.with(RuleSet::parse(rule_file(""), "b.json")), Error);
}

TEST(RuleErrors, AFileThatCannotBeReadIsNamed) {
    try {
        RuleSet::load(std::filesystem::path("/nowhere/rules.json"));
        FAIL() << "a missing file was accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Io);
        EXPECT_NE(std::string(error.what()).find("/nowhere/rules.json"), std::string::npos);
    }
    EXPECT_THROW(RuleSet::load(std::filesystem::temp_directory_path()), Error);  // a folder
}

}  // namespace
}  // namespace abm
