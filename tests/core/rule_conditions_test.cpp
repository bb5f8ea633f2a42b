// Every operator of the rule language, on a small scope.
#include <gtest/gtest.h>

#include "tests/core/rule_test_support.h"

namespace abm {
namespace {

using test::SyntheticScope;

/// exchanges 2, receipts 1, drained unknown, everything else 0; presented twice, over midnight.
SyntheticScope example() {
    SyntheticScope scope;
    scope.with(Fact::exchanges, 2).with(Fact::receipts, 1).with(Fact::drained, Facts::kUnknown).with(Fact::duration_s, 12.5);
    scope.line(EventKind::session_start)
        .line(EventKind::notes_stacked, 86380)
        .line(EventKind::notes_presented, 86390)
        .line(EventKind::notes_taken, 20)
        .line(EventKind::notes_presented, 30)
        .line(EventKind::session_end);
    return scope;
}

bool holds(const std::string& condition, const SyntheticScope& scope = example()) {
    const RuleSet rules = RuleSet::parse(test::rule_file("\"when\":" + condition), "test.json");
    return !test::findings_of(rules, scope).empty();
}

struct ConditionCase {
    const char* condition;
    bool expected;
};

void PrintTo(const ConditionCase& one, std::ostream* out) { *out << one.condition; }

class Conditions : public testing::TestWithParam<ConditionCase> {};

TEST_P(Conditions, HoldAsDocumented) { EXPECT_EQ(holds(GetParam().condition), GetParam().expected) << GetParam().condition; }

constexpr ConditionCase kFactCases[] = {
    {R"({"fact":"exchanges","<":2})", false},
    {R"({"fact":"exchanges","<":2.5})", true},
    {R"({"fact":"exchanges","<=":2})", true},
    {R"({"fact":"exchanges","<=":1})", false},
    {R"({"fact":"exchanges",">":1})", true},
    {R"({"fact":"exchanges",">":2})", false},
    {R"({"fact":"exchanges",">=":2})", true},
    {R"({"fact":"exchanges",">=":3})", false},
    {R"({"fact":"exchanges","==":2})", true},
    {R"({"fact":"exchanges","==":1})", false},
    {R"({"fact":"exchanges","!=":1})", true},
    {R"({"fact":"exchanges","!=":2})", false},
    {R"({"fact":"exchanges","between":[2,3]})", true},
    {R"({"fact":"exchanges","between":[1,2]})", true},
    {R"({"fact":"exchanges","between":[2.1,3]})", false},
    {R"({"fact":"exchanges",">":-1e3})", true},
    {R"({"fact":"exchanges",">":{"fact":"receipts"}})", true},
    {R"({"fact":"exchanges",">":{"fact":"receipts","times":2}})", false},
    {R"({"fact":"exchanges","==":{"fact":"receipts","times":2}})", true},
    {R"({"fact":"receipts","<=":{"fact":"exchanges","times":0.5}})", true},
    {R"({"fact":"receipts","!=":{"fact":"exchanges"}})", true},
    // Unknown makes every comparison false, on either side, and only "known" can tell.
    {R"({"fact":"drained","<":1})", false},
    {R"({"fact":"drained","<=":1})", false},
    {R"({"fact":"drained",">":-1})", false},
    {R"({"fact":"drained",">=":0})", false},
    {R"({"fact":"drained","==":0})", false},
    {R"({"fact":"drained","!=":0})", false},
    {R"({"fact":"drained","between":[-1,1]})", false},
    {R"({"fact":"exchanges","!=":{"fact":"drained"}})", false},
    {R"({"fact":"exchanges",">":{"fact":"drained","times":0}})", false},
    {R"({"fact":"drained","==":{"fact":"drained"}})", false},
    {R"({"known":"drained"})", false},
    {R"({"known":"exchanges"})", true},
    {R"({"not":{"fact":"drained",">":0}})", true},
};
INSTANTIATE_TEST_SUITE_P(OfFacts, Conditions, testing::ValuesIn(kFactCases));

constexpr ConditionCase kEventCases[] = {
    {R"({"event":"notes_taken"})", true},
    {R"({"event":"card_taken"})", false},
    {R"({"event":"not_understood"})", false},
    {R"({"missing":"card_taken"})", true},
    {R"({"missing":"notes_taken"})", false},
    {R"({"event":"notes_presented","count":{">=":2}})", true},
    {R"({"event":"notes_presented","count":{">":2}})", false},
    {R"({"event":"notes_presented","count":{"between":[1,2]}})", true},
    {R"({"event":"card_taken","count":{"==":0}})", true},
    {R"({"event":"card_taken","count":{">":0}})", false},
    {R"({"in_order":["notes_stacked","notes_presented","notes_taken"]})", true},
    {R"({"in_order":["session_start","session_end"]})", true},
    {R"({"in_order":["notes_taken","notes_stacked"]})", false},
    {R"({"in_order":["notes_presented","notes_presented"]})", true},
    {R"({"in_order":["notes_taken","notes_taken"]})", false},
    {R"({"in_order":["notes_stacked","notes_taken","notes_taken"]})", false},  // a line serves one step
    {R"({"in_order":["notes_presented","notes_taken","notes_presented"]})", true},
    {R"({"in_order":["notes_taken","notes_presented","notes_taken"]})", false},
    // 23:59:40 to 00:00:20 is 40 s over midnight.
    {R"({"in_order":["notes_stacked","notes_taken"],"within_s":40})", true},
    {R"({"in_order":["notes_stacked","notes_taken"],"within_s":39})", false},
    {R"({"in_order":["notes_stacked","notes_presented","notes_taken"],"within_s":40})", true},
    {R"({"in_order":["notes_taken","notes_presented"],"within_s":10})", true},
    {R"({"in_order":["session_start","notes_taken"],"within_s":1000})", false},  // a start without a time proves nothing
    {R"({"in_order":["notes_taken","session_end"],"within_s":1000})", false},
    {R"({"gap_between":["notes_presented","notes_taken"],">":29})", true},
    {R"({"gap_between":["notes_presented","notes_taken"],">":30})", false},
    {R"({"gap_between":["notes_presented","notes_taken"],"<=":30})", true},
    {R"({"gap_between":["notes_stacked","notes_presented"],"between":[10,10]})", true},
    {R"({"gap_between":["notes_stacked","notes_presented"],">":10})", false},  // the second one is not the next
    {R"({"gap_between":["notes_presented","notes_presented"],"==":40})", true},
    {R"({"gap_between":["session_start","session_end"],">=":0})", false},  // no times
    {R"({"gap_between":["notes_taken","notes_stacked"],">=":0})", false},
};
INSTANTIATE_TEST_SUITE_P(OfEvents, Conditions, testing::ValuesIn(kEventCases));

constexpr ConditionCase kGroupCases[] = {
    {R"({"all":[{"event":"notes_taken"},{"fact":"exchanges","==":2}]})", true},
    {R"({"all":[{"event":"notes_taken"},{"fact":"exchanges","==":3}]})", false},
    {R"({"all":[{"event":"card_taken"},{"fact":"exchanges","==":2}]})", false},
    {R"({"any":[{"event":"card_taken"},{"fact":"exchanges","==":2}]})", true},
    {R"({"any":[{"event":"card_taken"},{"fact":"exchanges","==":3}]})", false},
    {R"({"any":[{"event":"notes_taken"},{"fact":"exchanges","==":3}]})", true},
    {R"({"not":{"event":"card_taken"}})", true},
    {R"({"not":{"all":[{"fact":"exchanges","==":2},{"fact":"receipts","==":1}]}})", false},
    {R"({"not":{"any":[{"fact":"exchanges","==":3},{"fact":"receipts","==":2}]}})", true},
    {R"({"not":{"not":{"fact":"exchanges","==":2}}})", true},
    {R"({"all":[{"any":[{"fact":"exchanges","==":9},{"not":{"event":"card_taken"}}]},{"not":{"any":[{"missing":"notes_taken"}]}}]})",
     true},
    {R"({"any":[{"all":[{"fact":"exchanges","==":2},{"fact":"receipts","==":9}]},{"all":[{"event":"card_taken"}]}]})", false},
};
INSTANTIATE_TEST_SUITE_P(OfGroups, Conditions, testing::ValuesIn(kGroupCases));

TEST(Conditions, AgreeWithABruteForceOracleOnEveryGroupOfThree) {
    // (a and b) or not c, and its mirror, over all eight truth values: the jumps of the compiled form are right.
    for (int bits = 0; bits < 8; ++bits) {
        const bool a = (bits & 1) != 0;
        const bool b = (bits & 2) != 0;
        const bool c = (bits & 4) != 0;
        SyntheticScope scope;
        scope.with(Fact::exchanges, a).with(Fact::receipts, b);
        if (c) scope.line(EventKind::notes_taken);
        const std::string x = R"({"fact":"exchanges","==":1})";
        const std::string y = R"({"fact":"receipts","==":1})";
        const std::string z = R"({"event":"notes_taken"})";
        EXPECT_EQ(holds(fmt::format(R"({{"any":[{{"not":{}}},{{"all":[{},{}]}}]}})", z, x, y), scope), (a && b) || !c) << bits;
        EXPECT_EQ(holds(fmt::format(R"({{"all":[{{"not":{}}},{{"any":[{},{}]}}]}})", z, x, y), scope), (a || b) && !c) << bits;
        EXPECT_EQ(holds(fmt::format(R"({{"not":{{"all":[{{"any":[{},{}]}},{}]}}}})", z, x, y), scope), !((c || a) && b)) << bits;
    }
}

TEST(Conditions, GapIsMeasuredFromTheLastStartBefore) {
    SyntheticScope scope;
    scope.line(EventKind::items_presented, 100).line(EventKind::items_presented, 150).line(EventKind::items_taken, 160);
    EXPECT_TRUE(holds(R"({"gap_between":["items_presented","items_taken"],"==":10})", scope));
    EXPECT_FALSE(holds(R"({"gap_between":["items_presented","items_taken"],">":10})", scope));
}

TEST(Conditions, GapUsesAStartOnce) {
    SyntheticScope scope;
    scope.line(EventKind::items_presented, 100).line(EventKind::items_taken, 110).line(EventKind::items_taken, 150);
    EXPECT_TRUE(holds(R"({"gap_between":["items_presented","items_taken"],"==":10})", scope));
    EXPECT_FALSE(holds(R"({"gap_between":["items_presented","items_taken"],"==":50})", scope));
}

TEST(Conditions, InOrderFindsTheClosestPairAmongMany) {
    SyntheticScope scope;
    for (int second = 0; second < 3000; second += 100) scope.line(EventKind::pin_entered, second);
    scope.line(EventKind::notes_presented, 2905);
    EXPECT_TRUE(holds(R"({"in_order":["pin_entered","notes_presented"],"within_s":5})", scope));
    EXPECT_FALSE(holds(R"({"in_order":["pin_entered","pin_entered","notes_presented"],"within_s":104})", scope));
    EXPECT_TRUE(holds(R"({"in_order":["pin_entered","pin_entered","notes_presented"],"within_s":105})", scope));
}

TEST(Conditions, NothingHoldsOnAnEmptyScopeButAbsence) {
    const SyntheticScope empty;
    EXPECT_TRUE(holds(R"({"missing":"notes_taken"})", empty));
    EXPECT_FALSE(holds(R"({"in_order":["notes_stacked","notes_taken"]})", empty));
    EXPECT_FALSE(holds(R"({"gap_between":["notes_stacked","notes_taken"],">=":0})", empty));
}

}  // namespace
}  // namespace abm
