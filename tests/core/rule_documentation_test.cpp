// docs/rule-language.md says what the program does: its examples are run.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/core/rule_test_support.h"
#include "tests/core/source_folder.h"

namespace abm {
namespace {

std::string documentation() {
    std::ifstream file(test::source_folder() / "docs/rule-language.md");
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The n-th block of JSON, from 0.
std::string example(int n) {
    const std::string text = documentation();
    constexpr std::string_view kOpen = "```json\n";
    std::size_t at = 0;
    for (int i = 0; i <= n; ++i) {
        at = text.find(kOpen, at);
        if (at == std::string::npos) return {};
        at += kOpen.size();
    }
    return text.substr(at, text.find("```", at) - at);
}

TEST(RuleDocumentation, TheWorkedExampleGivesTheSentenceItPromises) {
    test::SyntheticScope scope;
    scope.with(Fact::chip_fallback, 1)
        .with(Fact::presented_amount, 900)
        .with(Fact::chip_attempts, 3)
        .with(Fact::card_cash_24h, 2400);
    scope.line(EventKind::chip_attempt).line(EventKind::chip_attempt).line(EventKind::chip_attempt);
    scope.line(EventKind::pin_entered, 100).line(EventKind::notes_presented, 140);
    const auto found = test::findings_of(RuleSet::parse(example(0), "site-rules.json"), scope, {"CAD", "...7712", ""});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].severity, Severity::high);
    EXPECT_EQ(found[0].amount, 90000);
    EXPECT_EQ(found[0].evidence.size(), 4U);
    EXPECT_NE(documentation().find("> " + found[0].sentence), std::string::npos) << found[0].sentence;
}

TEST(RuleDocumentation, TheOverrideIsAcceptedAndMutesNothing) {
    const RuleSet rules = RuleSet::built_in().with(RuleSet::parse(R"({"version":1,"rules":[)" + example(1) + "]}", "docs"));
    test::SyntheticScope scope;
    scope.with(Fact::has_end, 1).with(Fact::chip_fallback, 1).with(Fact::supervisor_lines, 2);
    EXPECT_EQ(test::findings_of(rules, scope).size(), 2U);
}

TEST(RuleDocumentation, NamesEveryScope) {
    const std::string text = documentation();
    for (int kind = 0; kind < kScopeKindCount; ++kind) {
        const std::string name(name_of(static_cast<ScopeKind>(kind)));
        EXPECT_NE(text.find("`" + name + "`"), std::string::npos) << name;
    }
}

}  // namespace
}  // namespace abm
