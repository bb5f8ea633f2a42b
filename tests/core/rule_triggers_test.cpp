// Rules passed over at a glance are exactly those that could not have held.
#include <gtest/gtest.h>

#include <random>

#include "core/decide/triggers.h"
#include "tests/core/rule_test_support.h"

namespace abm {
namespace {

Condition fact(Fact name, Relation comparison, double bound) {
    Condition condition;
    condition.kind = Condition::Kind::test;
    condition.test.kind = TestKind::fact_to_number;
    condition.test.fact = name;
    condition.test.bound = {comparison, bound, bound};
    return condition;
}

Condition group(Condition::Kind kind, std::vector<Condition> parts) {
    Condition condition;
    condition.kind = kind;
    condition.parts = std::move(parts);
    return condition;
}

const Condition kMany = fact(Fact::exchanges, Relation::at_least, 3);
const Condition kNoEnd = fact(Fact::has_end, Relation::equal, 0);

TEST(Triggers, AreTheFactsThatMustNotBeZero) {
    EXPECT_EQ(triggers_of(kMany), (std::vector{Fact::exchanges}));
    EXPECT_EQ(triggers_of(kNoEnd), std::nullopt);
    EXPECT_EQ(triggers_of(Condition{}), std::nullopt);
    EXPECT_EQ(triggers_of(group(Condition::Kind::all, {kNoEnd, kMany})), (std::vector{Fact::exchanges}));
    EXPECT_EQ(triggers_of(group(Condition::Kind::any, {kNoEnd, kMany})), std::nullopt);
    EXPECT_EQ(triggers_of(group(Condition::Kind::any, {kMany, fact(Fact::drained, Relation::different, 0)})),
              (std::vector{Fact::exchanges, Fact::drained}));
    EXPECT_EQ(triggers_of(group(Condition::Kind::negated, {kMany})), std::nullopt);
}

/// A random condition, written as JSON, of at most `depth` levels, over four facts and two kinds of lines.
std::string random_condition(std::mt19937& random, int depth) {
    const auto roll = [&random](int sides) { return static_cast<int>(random() % static_cast<unsigned>(sides)); };
    constexpr const char* kFacts[] = {"exchanges", "receipts", "drained", "note_errors"};
    constexpr const char* kSigns[] = {"<", "<=", ">", ">=", "==", "!="};
    const int choice = roll(depth > 0 ? 8 : 5);
    if (choice < 3) return fmt::format(R"({{"fact":"{}","{}":{}}})", kFacts[roll(4)], kSigns[roll(6)], roll(3) - 1);
    if (choice == 3) {
        return fmt::format(R"({{"fact":"{}","{}":{{"fact":"{}","times":{}}}}})", kFacts[roll(4)], kSigns[roll(6)],
                           kFacts[roll(4)], roll(3) - 1);
    }
    if (choice == 4)
        return fmt::format(R"({{"{}":"{}"}})", roll(2) == 0 ? "event" : "missing", roll(2) == 0 ? "pan" : "notes_taken");
    if (choice == 5) return fmt::format(R"({{"not":{}}})", random_condition(random, depth - 1));
    std::string parts = random_condition(random, depth - 1);
    for (int more = roll(3); more > 0; --more) parts.append(",").append(random_condition(random, depth - 1));
    return fmt::format(R"({{"{}":[{}]}})", choice == 6 ? "all" : "any", parts);
}

TEST(Triggers, NeverChangeWhatIsFound) {
    // The same condition with a disjunct that is never true but defeats the glance must find the same.
    std::mt19937 random(7);
    int held = 0;
    for (int round = 0; round < 3000; ++round) {
        const std::string condition = random_condition(random, 3);
        const RuleSet quick = RuleSet::parse(test::rule_file("\"when\":" + condition), "t.json");
        const RuleSet asked =
            RuleSet::parse(test::rule_file(R"("when":{"any":[)" + condition + R"(,{"event":"micr"}]})"), "t.json");
        test::SyntheticScope scope;
        for (const Fact name : {Fact::exchanges, Fact::receipts, Fact::drained, Fact::note_errors}) {
            constexpr double kValues[] = {0, 0, 0, 1, -1, Facts::kUnknown};
            scope.with(name, kValues[random() % 6]);
        }
        if (random() % 2 == 0) scope.line(EventKind::pan);
        const std::size_t found = test::findings_of(asked, scope).size();
        EXPECT_EQ(test::findings_of(quick, scope).size(), found) << condition;
        held += static_cast<int>(found);
    }
    EXPECT_GT(held, 500);
    EXPECT_LT(held, 2500);
}

TEST(Triggers, MoreThanSixtyFourRulesOfAKindKeepTheirOrder) {
    std::string rules;
    for (int i = 0; i < 150; ++i) {
        rules += fmt::format(R"({}{{"id":"r{}","applies_to":"session","type":"unusual","severity":"low","sentence":"S.",)"
                             R"("when":{{"fact":"exchanges",">=":{}}}}})",
                             i == 0 ? "" : ",", i, 1 + i % 2);
    }
    const RuleSet set = RuleSet::parse(R"({"version":1,"rules":[)" + rules + "]}", "t.json");
    test::SyntheticScope scope;
    EXPECT_TRUE(test::findings_of(set, scope).empty());
    const auto some = test::findings_of(set, scope.with(Fact::exchanges, 1));
    ASSERT_EQ(some.size(), 75U);
    EXPECT_EQ(some[40].rule, "r80");
    const auto all = test::findings_of(set, scope.with(Fact::exchanges, 2));
    ASSERT_EQ(all.size(), 150U);
    EXPECT_EQ(all[149].rule, "r149");
}

}  // namespace
}  // namespace abm
