// What a rule that holds makes of its scope.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "tests/core/rule_test_support.h"

namespace abm {
namespace {

using test::findings_of;
using test::rule_file;
using test::SyntheticScope;

Finding only_finding(const std::string& more, const SyntheticScope& scope, const std::string& sentence = "Something.") {
    const auto found = findings_of(RuleSet::parse(rule_file(more, sentence), "t.json"), scope, {"CAD", "...7712", "0777"});
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Finding{} : found.front();
}

TEST(RuleFindings, CarryEverythingTheRuleSays) {
    SyntheticScope scope;
    scope.with(Fact::escrow_left_amount, 1000);
    const Finding finding =
        only_finding(R"("action":"Count it.","amount":"escrow_left_amount")", scope, "{escrow_left_amount:money} lost.");
    EXPECT_EQ(finding.type, RecordType::unusual);
    EXPECT_EQ(finding.severity, Severity::low);
    EXPECT_EQ(finding.amount, 100000);
    EXPECT_EQ(finding.rule, "r");
    EXPECT_EQ(finding.sentence, "1,000.00 CAD lost.");
    EXPECT_EQ(finding.action, "Count it.");
    EXPECT_EQ(finding.span, (TextSpan{0, 10000}));
    EXPECT_TRUE(finding.evidence.empty());
}

TEST(RuleFindings, AmountMayBeAbsoluteOrUnknown) {
    SyntheticScope scope;
    scope.with(Fact::deposit_mismatch_amount, -100);
    EXPECT_EQ(only_finding(R"("amount":{"fact":"deposit_mismatch_amount","absolute":true})", scope).amount, 10000);
    EXPECT_EQ(only_finding(R"("amount":{"fact":"deposit_mismatch_amount"})", scope).amount, -10000);
    scope.with(Fact::deposit_mismatch_amount, Facts::kUnknown);
    EXPECT_EQ(only_finding(R"("amount":{"fact":"deposit_mismatch_amount","absolute":true})", scope).amount, kNoAmount);
    EXPECT_EQ(only_finding("", scope).amount, kNoAmount);
}

TEST(RuleFindings, TheGravestRaiseThatHoldsCounts) {
    const std::string raise = R"("raise":[
        {"to":"medium","when":{"fact":"exchanges",">=":1},"because":"of one"},
        {"to":"critical","when":{"fact":"exchanges",">=":3},"because":"of {exchanges:count exchange}"},
        {"to":"high","when":{"fact":"exchanges",">=":2},"because":"of two"}])";
    SyntheticScope scope;
    EXPECT_EQ(only_finding(raise, scope).severity, Severity::low);
    EXPECT_EQ(only_finding(raise, scope).sentence, "Something.");
    EXPECT_EQ(only_finding(raise, scope.with(Fact::exchanges, 1)).sentence, "Something; medium because of one.");
    EXPECT_EQ(only_finding(raise, scope.with(Fact::exchanges, 2)).severity, Severity::high);
    EXPECT_EQ(only_finding(raise, scope.with(Fact::exchanges, 3)).severity, Severity::critical);
    EXPECT_EQ(only_finding(raise, scope).sentence, "Something; critical because of 3 exchanges.");
}

TEST(RuleFindings, EvidenceIsPickedAndInFileOrder) {
    SyntheticScope scope;
    scope.line(EventKind::notes_presented).line(EventKind::pan).line(EventKind::notes_presented).line(EventKind::notes_presented);
    const Finding finding = only_finding(R"("span":"evidence","evidence":[
        {"event":"notes_presented","which":"last","note":"after {exchanges:count exchange}"},
        {"event":"pan","which":"all"},
        {"event":"notes_presented","which":"first"},
        {"event":"card_taken"}])",
                                         scope);
    ASSERT_EQ(finding.evidence.size(), 3U);
    EXPECT_EQ(finding.evidence[0].line, (TextSpan{0, 20}));
    EXPECT_EQ(finding.evidence[1].line, (TextSpan{100, 20}));
    EXPECT_EQ(finding.evidence[2].line, (TextSpan{300, 20}));
    EXPECT_EQ(finding.evidence[2].note, "after 0 exchanges");
    EXPECT_EQ(finding.span, (TextSpan{0, 320}));
}

TEST(RuleFindings, ALinePickedTwiceIsShownOnce) {
    SyntheticScope scope;
    scope.line(EventKind::pan);
    const Finding finding =
        only_finding(R"("evidence":[{"event":"pan","note":"one"},{"event":"pan","which":"first","note":"two"}])", scope);
    ASSERT_EQ(finding.evidence.size(), 1U);
    EXPECT_EQ(finding.evidence[0].note, "one");
}

TEST(RuleFindings, EvidenceOfALoopIsBounded) {
    SyntheticScope scope;
    for (int i = 0; i < 1000; ++i) scope.line(EventKind::supervisor_entry);
    EXPECT_EQ(only_finding(R"("evidence":[{"event":"supervisor_entry"}])", scope).evidence.size(), kMostLinesOfEvidence);
}

TEST(RuleFindings, SpanIsTheScopeWhenThereIsNoEvidence) {
    EXPECT_EQ(only_finding(R"("span":"evidence","evidence":[{"event":"pan"}])", {}).span, (TextSpan{0, 10000}));
}

std::string simple(const char* id, const char* scopes, const char* severity) {
    return fmt::format(R"({{"id":"{}","applies_to":{},"type":"unusual","severity":"{}","sentence":"S."}})", id, scopes, severity);
}

TEST(RuleFindings, ComeInTheOrderOfTheRulesAndOnlyForTheirScope) {
    const RuleSet rules =
        RuleSet::parse(fmt::format(R"({{"version":1,"rules":[{},{},{}]}})", simple("b", R"("session")", "low"),
                                   simple("c", R"("interval")", "low"), simple("a", R"(["interval","session"])", "low")),
                       "t.json");
    SyntheticScope scope;
    auto found = findings_of(rules, scope);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].rule, "b");
    EXPECT_EQ(found[1].rule, "a");
    scope.kind = ScopeKind::interval;
    found = findings_of(rules, scope);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].rule, "c");
    scope.kind = ScopeKind::clock_jump;
    EXPECT_TRUE(findings_of(rules, scope).empty());
}

TEST(RuleFindings, AreAppended) {
    const SyntheticScope scope;
    const RuleSet rules = RuleSet::parse(rule_file(""), "t.json");
    std::vector<Finding> found(1);
    rules.apply(scope.scope(), {}, found);
    EXPECT_EQ(found.size(), 2U);
}

TEST(RuleFindings, AnOverrideIsShownAndMutesNothing) {
    const std::string explained =
        R"({"version":1,"rules":[{"id":"known-test-card","applies_to":"session","type":"normal","severity":"none",
        "when":{"fact":"chip_fallback",">":0},"sentence":"The engineer's test card."}]})";
    const RuleSet rules = RuleSet::built_in().with(RuleSet::parse(explained, "site.json"));
    SyntheticScope scope;
    scope.with(Fact::has_end, 1).with(Fact::chip_fallback, 1);
    const auto found = findings_of(rules, scope);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].type, RecordType::chip_fallback);
    EXPECT_EQ(found[0].severity, Severity::low);
    EXPECT_EQ(found[1].type, RecordType::normal);
    EXPECT_EQ(found[1].severity, Severity::none);
}

class RuleFiles : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("abm-rules-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
                   testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path write(const char* name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
        return folder_ / name;
    }
    std::filesystem::path folder_;
};

TEST_F(RuleFiles, AreLoadedInTheOrderGiven) {
    const std::vector<std::filesystem::path> paths{
        write("b.json", fmt::format(R"({{"version":1,"rules":[{}]}})", simple("b", R"("session")", "low"))),
        write("a.json", fmt::format(R"({{"version":1,"rules":[{}]}})", simple("a", R"("session")", "low")))};
    const RuleSet rules = RuleSet::load(paths);
    ASSERT_EQ(rules.rules().size(), 2U);
    EXPECT_EQ(rules.rules()[0].id, "b");
    EXPECT_EQ(rules.rules()[1].id, "a");
    EXPECT_EQ(RuleSet::load(paths[1]).rules().size(), 1U);
}

TEST_F(RuleFiles, NameTheFileOfAMistake) {
    const auto path = write("wrong.json", "{\n}");
    try {
        RuleSet::load(path);
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.what(), path.string() + ":1: \"version\" is missing");
    }
}

}  // namespace
}  // namespace abm
