#include "core/decide/rule_weights.h"

#include <gtest/gtest.h>

#include <chrono>

#include "core/base/error.h"
#include "core/pipeline/judge.h"
#include "core/pipeline/score.h"
#include "tests/core/labelled_records.h"

namespace abm {
namespace {

using test::finding;
using test::label;

RuleWeights weights_of(std::int64_t confirmed, std::int64_t labelled) {
    return RuleWeights({{"card-retained", {confirmed, labelled}}});
}

Severity after(std::int64_t confirmed, std::int64_t labelled, Severity word, Money amount = kNoAmount) {
    return weights_of(confirmed, labelled).weighed(finding(0, RecordType::card_fault, word, "card-retained", amount));
}

constexpr Severity kWords[] = {Severity::none, Severity::low, Severity::medium, Severity::high, Severity::critical};

TEST(RuleWeights, WithoutLabelsTheWordStands) {
    for (const Severity word : kWords) {
        const Finding plain = finding(0, RecordType::card_fault, word, "card-retained");
        EXPECT_EQ(RuleWeights().weighed(plain), word);
        EXPECT_EQ(RuleWeights().note(plain), "");
        EXPECT_EQ(RuleWeights({{"another-rule", {0, 50}}}).weighed(plain), word);
    }
}

TEST(RuleWeights, OneOrTwoLabelsChangeNothing) {
    for (const Severity word : kWords) {
        for (const std::int64_t labelled : {1, 2}) EXPECT_EQ(after(0, labelled, word), word);
    }
}

TEST(RuleWeights, LoseOneTierForEveryTwentyLabelsAtMost) {
    EXPECT_EQ(after(0, 3, Severity::critical), Severity::high);
    EXPECT_EQ(after(0, 19, Severity::critical), Severity::high);
    EXPECT_EQ(after(0, 20, Severity::critical), Severity::medium);
    EXPECT_EQ(after(0, 39, Severity::critical), Severity::medium);
    EXPECT_EQ(after(0, 40, Severity::critical), Severity::low);
    EXPECT_EQ(after(0, 3, Severity::high), Severity::medium);
    EXPECT_EQ(after(0, 20, Severity::high), Severity::low);
    EXPECT_EQ(after(0, 3, Severity::medium), Severity::low);
}

TEST(RuleWeights, NoNumberOfLabelsMutes) {
    for (const std::int64_t labelled : {std::int64_t{100}, std::int64_t{1'000'000'000}}) {
        for (const Severity word : {Severity::low, Severity::medium, Severity::high, Severity::critical})
            EXPECT_EQ(after(0, labelled, word), Severity::low);
    }
}

TEST(RuleWeights, ProvenMoneyStaysMedium) {
    EXPECT_EQ(after(0, 1'000, Severity::critical, 5'000), Severity::medium);
    EXPECT_EQ(after(0, 1'000, Severity::high, 1), Severity::medium);
    EXPECT_EQ(after(0, 1'000, Severity::high, 0), Severity::low);
    EXPECT_EQ(after(0, 1'000, Severity::medium, 5'000), Severity::low);
}

TEST(RuleWeights, ConfirmedRulesKeepTheirWordAndNeverRise) {
    for (const Severity word : kWords) {
        for (std::int64_t labelled = 0; labelled <= 200; ++labelled) {
            EXPECT_EQ(after(labelled, labelled, word), word);
            for (std::int64_t confirmed = 0; confirmed <= labelled; confirmed += 7)
                EXPECT_LE(after(confirmed, labelled, word), word);
        }
    }
    EXPECT_EQ(after(18, 20, Severity::high), Severity::high);
}

TEST(RuleWeights, MoreConfirmationsNeverMeanLess) {
    for (const Severity word : kWords) {
        for (std::int64_t labelled = 1; labelled <= 60; ++labelled) {
            for (std::int64_t confirmed = 1; confirmed <= labelled; ++confirmed)
                EXPECT_GE(after(confirmed, labelled, word), after(confirmed - 1, labelled, word));
        }
    }
}

TEST(RuleWeights, SayWhatExpertsConfirmed) {
    const Finding plain = finding(0, RecordType::card_fault, Severity::high, "card-retained");
    EXPECT_EQ(weights_of(2, 12).note(plain), "2 of 12 confirmed by experts: medium instead of high");
    EXPECT_EQ(weights_of(12, 12).note(plain), "");
}

TEST(RuleWeights, RefuseImpossibleCounts) {
    EXPECT_THROW(weights_of(3, 2), Error);
    EXPECT_THROW(weights_of(-1, 2), Error);
}

/// Records 0..n-1, each with a high finding of card-retained about it, twice; the last one with a critical one beside it.
Investigation retained_cards(std::uint32_t n) {
    Investigation all;
    all.machines = {"ABM1"};
    all.records.resize(n);
    std::vector<Finding> findings;
    for (std::uint32_t at = 0; at < n; ++at) {
        findings.push_back(finding(at, RecordType::card_fault, Severity::high, "card-retained"));
        findings.push_back(finding(at, RecordType::card_fault, Severity::high, "card-retained"));
        findings.push_back(finding(at, RecordType::note_recovery, Severity::medium, "notes-recovered", 2'000));
    }
    findings.push_back(finding(n - 1, RecordType::cash_at_risk, Severity::critical, "cash-missing", 10'000));
    roll_up(all.records, findings);
    all.findings = std::move(findings);
    return all;
}

TEST(RuleWeights, CountEachRuleOncePerRecordAndLeaveUnsureOut) {
    const Investigation all = retained_cards(4);
    const std::vector<StandingLabel> labels{label(0, LabelClass::anomaly), label(1, LabelClass::normal),
                                            label(2, LabelClass::unsure), label(3, LabelClass::normal)};
    const RuleWeights weights = RuleWeights::of(all, labels);
    EXPECT_EQ(weights.records().at("card-retained"), (RuleRecord{1, 3}));
    EXPECT_EQ(weights.records().at("notes-recovered"), (RuleRecord{1, 3}));
    EXPECT_EQ(weights.records().at("cash-missing"), (RuleRecord{0, 1}));
    EXPECT_EQ(weights.records().size(), 3U);
}

TEST(ScoreInvestigation, FollowsTheWeightsOfRulesAndBack) {
    Investigation all = retained_cards(3);
    const std::vector<Record> rolled = all.records;
    score_investigation(all, {});
    for (std::size_t at = 0; at < rolled.size(); ++at) {
        EXPECT_EQ(all.records[at].type, rolled[at].type);
        EXPECT_EQ(all.records[at].severity, rolled[at].severity);
        EXPECT_EQ(all.records[at].at_risk, rolled[at].at_risk);
    }
    const float before = all.records[0].score;
    score_investigation(all, {}, RuleWeights({{"card-retained", {0, 30}}}));
    // Demoted to low, the card no longer names the record: the notes do.
    EXPECT_EQ(all.records[0].type, RecordType::note_recovery);
    EXPECT_EQ(all.records[0].severity, Severity::medium);
    EXPECT_EQ(all.records[0].at_risk, 2'000);
    EXPECT_LT(all.records[0].score, before);
    EXPECT_EQ(all.records[2].type, RecordType::cash_at_risk);
    EXPECT_EQ(all.records[2].severity, Severity::critical);
    score_investigation(all, {}, RuleWeights({{"card-retained", {0, 5}}}));
    EXPECT_EQ(all.records[0].type, RecordType::note_recovery);  // both medium now: the one with money
    score_investigation(all, {});
    EXPECT_EQ(all.records[0].type, rolled[0].type);
    EXPECT_EQ(all.records[0].score, before);
}

TEST(ScoreInvestigation, AgreesWithTheWeightsForManyRules) {
    Investigation all;
    all.records.resize(2'000);
    std::vector<Finding> findings;
    RuleWeights::Records records;
    for (std::uint32_t at = 0; at < 2'000; ++at) {
        const std::string rule = "rule-with-a-long-name-" + std::to_string(at % 700);
        findings.push_back(finding(at, RecordType::card_fault, kWords[1 + at % 4], rule, at % 3 == 0 ? 100 : kNoAmount));
        if (at % 2 == 0) records[rule] = {at % 5, 4 + at % 60};
    }
    roll_up(all.records, findings);
    all.findings = findings;
    const RuleWeights weights(records);
    score_investigation(all, {}, weights);
    int demoted = 0;
    for (std::size_t at = 0; at < findings.size(); ++at) {
        ASSERT_EQ(all.records[at].severity, weights.weighed(findings[at])) << at;
        demoted += all.records[at].severity < findings[at].severity ? 1 : 0;
    }
    EXPECT_GT(demoted, 100);
}

TEST(ScoreInvestigation, RefusesEvidenceOfAnotherFile) {
    Investigation all = retained_cards(2);
    EXPECT_THROW(score_investigation(all, std::vector<ModelEvidence>(7)), Error);
}

}  // namespace
}  // namespace abm
