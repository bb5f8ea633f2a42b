// Every default rule, at least once holding and once not, by exact sets of findings.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "tests/core/default_rule_situations.h"

namespace abm {
namespace {

using test::Expected;
using test::Situation;

/// A session has its end unless the case says otherwise.
std::vector<Finding> findings_of(const Situation& one) {
    test::SyntheticScope scope;
    scope.kind = one.kind;
    if (one.kind == ScopeKind::session) scope.with(Fact::has_end, 1);
    for (const auto& [fact, value] : one.facts) scope.with(fact, value);
    for (const EventKind line : one.lines) scope.line(line);
    return test::findings_of(RuleSet::built_in(), scope, {"CAD", "...7712", "0777"});
}

const std::vector<Situation>& cases() {
    static const std::vector<Situation> all = [] {
        std::vector<Situation> list = test::session_situations();
        const std::vector<Situation> more = test::interval_situations();
        list.insert(list.end(), more.begin(), more.end());
        return list;
    }();
    return all;
}

TEST(DefaultRules, FindExactlyWhatIsThere) {
    for (const Situation& one : cases()) {
        SCOPED_TRACE(one.name);
        std::vector<Expected> found;
        for (const Finding& finding : findings_of(one)) {
            const std::size_t at = found.size();
            const bool compare = at < one.expected.size() && one.expected[at].amount.has_value();
            found.push_back({finding.rule, finding.severity, compare ? std::optional(finding.amount) : std::nullopt});
        }
        EXPECT_EQ(found, one.expected);
    }
}

/// Without a condition the scope itself is the finding: it cannot fail to hold.
bool is_unconditional(const Rule& rule) { return rule.when.kind == Condition::Kind::always; }

TEST(DefaultRules, AreAllSeenHoldingAndNotHolding) {
    std::map<std::string, std::set<bool>> seen;
    for (const Situation& one : cases()) {
        const auto found = findings_of(one);
        for (const Rule& rule : RuleSet::built_in().rules()) {
            if (!rule.applies_to[static_cast<std::size_t>(one.kind)]) continue;
            seen[rule.id].insert(
                std::any_of(found.begin(), found.end(), [&rule](auto& finding) { return finding.rule == rule.id; }));
        }
    }
    for (const Rule& rule : RuleSet::built_in().rules()) {
        EXPECT_TRUE(seen[rule.id].contains(true)) << rule.id << " never held";
        EXPECT_NE(seen[rule.id].contains(false), is_unconditional(rule)) << rule.id;
    }
}

TEST(DefaultRules, EveryRaiseIsReached) {
    std::map<std::string, std::set<Severity>> seen;
    for (const Situation& one : cases()) {
        for (const Finding& finding : findings_of(one)) seen[finding.rule].insert(finding.severity);
    }
    for (const Rule& rule : RuleSet::built_in().rules()) {
        EXPECT_TRUE(seen[rule.id].contains(rule.severity)) << rule.id;
        for (const Raise& raise : rule.raises) EXPECT_TRUE(seen[rule.id].contains(raise.to)) << rule.id << name_of(raise.to);
    }
}

TEST(DefaultRules, SpeakInOneSentenceAndRecommend) {
    for (const Situation& one : cases()) {
        for (const Finding& finding : findings_of(one)) {
            EXPECT_TRUE(finding.sentence.ends_with('.')) << finding.sentence;
            EXPECT_EQ(finding.sentence.find(". "), std::string::npos) << finding.sentence;
            EXPECT_EQ(finding.sentence.find_first_of("{}"), std::string::npos) << finding.sentence;
            EXPECT_TRUE(finding.action.ends_with('.')) << finding.rule;
        }
    }
}

std::string sentence_of(const std::string& name) {
    for (const Situation& one : cases()) {
        if (one.name == name) return findings_of(one).front().sentence;
    }
    return {};
}

TEST(DefaultRules, SayTheAmountFirst) {
    EXPECT_EQ(sentence_of("reset in mid-deposit, recovered short"),
              "The machine restarted during a deposit: 1,000.00 CAD went in, nothing was credited or returned.");
    EXPECT_EQ(sentence_of("unexplained"),
              "Between two counter blocks 4,000.00 CAD left the dispenser with no transaction, "
              "authorisation or supervisor entry.");
    EXPECT_EQ(sentence_of("repaired for hours"),
              "No customer was served for 10 h 12 min; 7 supervisor visits and 3 restarts lie inside.");
    EXPECT_EQ(sentence_of("cleared to something else"),
              "The cash counts were cleared outside an ordinary replenishment; high because "
              "the counters now say 8,000 notes where the books held 5,740 notes.");
    EXPECT_EQ(sentence_of("headers twice"), "8 header numbers are used a second time.");
    EXPECT_EQ(sentence_of("clock"),
              "The clock of the machine jumped 2 h back: times here are wrong, or these lines come from elsewhere.");
}

TEST(DefaultRules, ProveWhatTheySay) {
    const auto found = findings_of({"",
                                    ScopeKind::session,
                                    {{Fact::retracted_amount, 300}},
                                    {EventKind::pin_entered, EventKind::notes_presented, EventKind::dispenser_status},
                                    {}});
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].evidence.size(), 2U);
    EXPECT_EQ(found[0].evidence[0].line.offset, 100);
    EXPECT_EQ(found[0].evidence[0].note, "presented");
    EXPECT_EQ(found[0].evidence[1].line.offset, 200);
}

}  // namespace
}  // namespace abm
