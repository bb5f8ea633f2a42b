#include "core/pipeline/score.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/decide/combine.h"
#include "core/pipeline/judge.h"
#include "tests/core/feature_test_data.h"
#include "tests/core/labelled_records.h"
#include "tests/core/small_model.h"

namespace abm {
namespace {

/// n ordinary sessions: the longest gap between 4 and 21 s, a few exchanges, at about noon.
FeatureMatrix session_values(Eigen::Index n) {
    std::mt19937 random(11);
    FeatureMatrix data;
    data.names = {"longest_gap_s", "exchanges", "log1p_withdrawn_amount", "hour_sin", "hour_cos"};
    data.values.resize(n, 5);
    const auto unit = [&] { return static_cast<float>(random() % 1000) / 1000.0F; };
    for (Eigen::Index row = 0; row < n; ++row) {
        const float hour = 10.0F + 4.0F * unit();
        const float angle = hour / 24.0F * 2.0F * std::numbers::pi_v<float>;
        data.values.row(row) << 4.0F + 17.0F * unit(), 1.0F + std::floor(3.0F * unit()), std::log1p(1000.0F + 4000.0F * unit()),
            std::sin(angle), std::cos(angle);
    }
    return data;
}

Investigation investigation_with(FeatureMatrix features) {
    Investigation all;
    all.machines = {"ABM1"};
    for (Eigen::Index row = 0; row < features.rows(); ++row) {
        Record record;
        record.feature_row = static_cast<std::int32_t>(row);
        all.records.push_back(record);
    }
    all.features = std::move(features);
    return all;
}

JournalModel fit_records(const Investigation& all, int threads = 1) { return fit_table(all, 0, 1, threads, {}); }

void score(Investigation& all, const JournalModel& model, int threads = 1) {
    score_investigation(all, score_tables(all.features, *test::set_of(model), threads, {}));
}

TEST(ScoreInvestigation, NamesAnOddSessionUnusualAndSaysWhy) {
    FeatureMatrix features = session_values(500);
    features.values.row(7) << 383.0F, 9.0F, std::log1p(60'000.0F), std::sin(0.8F), std::cos(0.8F);  // about three in the morning
    Investigation all = investigation_with(std::move(features));
    const JournalModel model = fit_records(all);
    score(all, model);
    const Record& odd = all.records[7];
    EXPECT_EQ(odd.type, RecordType::unusual);
    EXPECT_EQ(odd.severity, Severity::low);
    EXPECT_FALSE(odd.provisional);
    for (const Record& record : all.records) {
        EXPECT_LE(record.score, odd.score);
        if (record.type == RecordType::unusual) {
            EXPECT_LT(record.tail_probability, static_cast<float>(kUnusualTail));
        }
    }
    const std::string sentence =
        unusual_sentence(explain_record(all, test::set_of(model).get(), RecordIndex{7}), odd.provisional);
    EXPECT_TRUE(sentence.starts_with("Unusual course: ")) << sentence;
    EXPECT_NE(sentence.find("(usual here "), std::string::npos) << sentence;
    const Explanation why = explain_record(all, test::set_of(model).get(), RecordIndex{7});
    for (const Contribution& part : why.contributions) EXPECT_GT(part.margin, 0.0) << part.feature;
}

TEST(ScoreInvestigation, ExplainsInNaturalUnitsAndSumsToTheMargin) {
    Investigation all = investigation_with(session_values(300));
    const JournalModel model = fit_records(all);
    score(all, model);
    const Explanation why = explain_record(all, test::set_of(model).get(), RecordIndex{3});
    double sum = 0;
    double shares = 0;
    for (const Contribution& part : why.contributions) {
        sum += part.margin;
        shares += part.share;
        EXPECT_FALSE(part.feature.starts_with("log1p"));
        if (part.feature == "withdrawn_amount") {
            EXPECT_GE(part.value, 999.0);
            EXPECT_NEAR(part.usual_low, 1200.0, 100.0);
            EXPECT_NEAR(part.usual_high, 4800.0, 100.0);
        }
    }
    EXPECT_NEAR(sum, model.forest.margin_of(why.raw_score), 1e-5);
    EXPECT_NEAR(shares, 1.0, 1e-9);
    EXPECT_TRUE(std::is_sorted(why.contributions.begin(), why.contributions.end(),
                               [](const Contribution& a, const Contribution& b) { return a.margin > b.margin; }));
    EXPECT_EQ(why.displayed_score, static_cast<double>(all.records[3].score));
    EXPECT_EQ(static_cast<float>(why.tail_probability), all.records[3].tail_probability);
}

TEST(ScoreInvestigation, KeepsWhatRulesProvedAndScoresRecordsWithoutARow) {
    Investigation all = investigation_with(session_values(300));
    const JournalModel model = fit_records(all);
    Record interval;
    interval.kind = RecordKind::interval;
    all.records.push_back(interval);
    std::vector<Finding> findings = {test::finding(5, RecordType::dispense_fault, Severity::high, "short-presentation"),
                                     test::finding(300, RecordType::power_reset, Severity::medium, "power-reset")};
    roll_up(all.records, findings);
    all.findings = std::move(findings);
    score(all, model);
    EXPECT_EQ(all.records[5].type, RecordType::dispense_fault);
    EXPECT_GT(all.records[5].score, 0.85F);
    EXPECT_LT(all.records[5].score, 0.95F);
    EXPECT_EQ(all.records.back().tail_probability, 1.0F);
    EXPECT_FLOAT_EQ(all.records.back().score, static_cast<float>(displayed_score(Severity::medium, 0.0)));
    EXPECT_TRUE(explain_record(all, test::set_of(model).get(), RecordIndex{300}).contributions.empty());
}

TEST(ScoreInvestigation, CanBeCalledAgainAndWithoutAModel) {
    FeatureMatrix features = session_values(600);
    features.values(9, 0) = 5000.0F;
    Investigation all = investigation_with(std::move(features));
    const JournalModel model = fit_records(all);
    score(all, model);
    ASSERT_EQ(all.records[9].type, RecordType::unusual);
    score_investigation(all, {});
    EXPECT_EQ(all.records[9].type, RecordType::normal);
    EXPECT_EQ(all.records[9].severity, Severity::none);
    EXPECT_EQ(all.records[9].tail_probability, 1.0F);
    EXPECT_LT(all.records[9].score, 0.5F);
}

TEST(ScoreInvestigation, FilesWithoutStructureRaiseFewUnusualSessions) {
    Investigation all = investigation_with(test::normal_table(20'000, 44));
    const JournalModel model = fit_records(all);
    score(all, model);
    const auto unusual =
        std::count_if(all.records.begin(), all.records.end(), [](const Record& r) { return r.type == RecordType::unusual; });
    EXPECT_LT(unusual, 40);  // by rank alone it would be a hundred
}

TEST(ScoreInvestigation, ExplainsByTheMachineOfTheSameName) {
    FeatureMatrix features = session_values(400);
    Investigation here = investigation_with(features);
    here.machines = {"A", "B"};
    for (Eigen::Index row = 200; row < 400; ++row) {
        here.records[static_cast<std::size_t>(row)].machine = MachineIndex{1};
        features.values(row, 0) += 1'000.0F;
    }
    here.features = features;
    const JournalModel model = fit_records(here);
    Investigation there = here;  // another workspace: other machines came first
    there.machines = {"C", "B", "A"};
    const auto usual_gap = [&](const Investigation& all, std::uint32_t machine) {
        Investigation one = all;
        one.records[0].machine = MachineIndex{machine};
        for (const Contribution& part : explain_record(one, test::set_of(model).get(), RecordIndex{0}).contributions) {
            if (part.feature == "longest_gap_s") return part.usual_high;
        }
        return std::nan("");
    };
    EXPECT_LT(usual_gap(here, 0), 30.0);
    EXPECT_EQ(usual_gap(there, 2), usual_gap(here, 0));
    EXPECT_EQ(usual_gap(there, 1), usual_gap(here, 1));
    EXPECT_GT(usual_gap(there, 0), usual_gap(there, 2));  // never seen: the range of all rows
    EXPECT_GT(usual_gap(there, 0), 1'000.0);
}

TEST(ScoreInvestigation, TinyFilesAreProvisionalAndStayQuiet) {
    for (const Eigen::Index n : {1, 2, 8, 60}) {
        Investigation all = investigation_with(session_values(n));
        const JournalModel model = fit_records(all);
        score(all, model);
        for (const Record& record : all.records) {
            EXPECT_TRUE(record.provisional);
            EXPECT_EQ(record.type, RecordType::normal);
            EXPECT_LT(record.score, 0.5F);
        }
    }
}

TEST(ScoreInvestigation, IsTheSameForAnyThreadCount) {
    Investigation one = investigation_with(session_values(40'000));
    Investigation many = one;
    const JournalModel alone = fit_records(one, 1);
    const JournalModel together = fit_records(many, 3);
    EXPECT_FALSE(alone.calibration.reference_size() > 32'768);
    score(one, alone);
    score(many, together, 3);
    for (std::size_t at = 0; at < one.records.size(); ++at) ASSERT_EQ(one.records[at].score, many.records[at].score);
}

TEST(UsualRanges, BelongToTheMachineWhereItHasEnoughRows) {
    FeatureMatrix data = test::normal_table(60, 1);
    std::vector<MachineIndex> machines(60, MachineIndex{0});
    for (std::size_t row = 30; row < 60; ++row) {
        machines[row] = row < 50 ? MachineIndex{1} : MachineIndex{2};
        data.values(static_cast<Eigen::Index>(row), 0) += 100.0F;
    }
    const UsualRanges ranges(data, machines);
    EXPECT_LT(ranges.of(MachineIndex{0}, 0).high, 10.0);
    EXPECT_GT(ranges.of(MachineIndex{1}, 0).low, 90.0);
    EXPECT_LT(ranges.of(MachineIndex{2}, 0).low, 10.0);  // ten rows only: the range of all
    EXPECT_GT(ranges.of(MachineIndex{2}, 0).high, 90.0);
    EXPECT_EQ(ranges.of(MachineIndex{9}, 0).high, ranges.of(MachineIndex{2}, 0).high);
    EXPECT_THROW(UsualRanges(data, std::vector<MachineIndex>(3)), Error);
}

TEST(UnusualSentence, NamesTheTwoStrongestValuesOutsideTheirUsualRange) {
    Explanation why;
    why.contributions = {{"longest_gap_s", 383, 4, 21, 2.0, 0.5},
                         {"withdrawn_amount", 2000, 1000, 5000, 1.5, 0.3},
                         {"exchanges", 9, 1, 3, 1.0, 0.2},
                         {"note_errors", 5, 0, 0, 0.5, 0.1}};
    EXPECT_EQ(unusual_sentence(why, false),
              "Unusual course: the longest gap was 383 s (usual here 4-21 s), and the number of exchanges "
              "with the host was 9 (usual here 1-3).");
}

TEST(UnusualSentence, TellsTheHourAndMissingStepsAndCombinations) {
    Explanation why;
    why.contributions = {
        {"hour_sin", 0.7071, -1.0, 0.5, 2.0, 0.5}, {"hour_cos", 0.7071, -1.0, 0.5, 1.0, 0.3}, {"ended_flag", 0, 1, 1, 0.5, 0.2}};
    EXPECT_EQ(
        unusual_sentence(why, false),
        "Unusual course: it began about 03:00, a rare hour here, and the end of the session was missing (usual here: seen).");
    why.contributions = {{"exchanges", 2, 1, 3, 1.0, 0.6}, {"longest_gap_s", 9, 4, 21, 0.5, 0.4}};
    EXPECT_EQ(unusual_sentence(why, true),
              "Unusual course: no single value stands out; the combination is rare here, above all the number of exchanges with "
              "the host and "
              "the longest gap (provisional: few sessions to compare with).");
    why.contributions = {{"exchanges", std::nan(""), 1, 3, 1.0, 1.0}};
    EXPECT_NE(unusual_sentence(why, false).find("no single value"), std::string::npos);
    EXPECT_EQ(unusual_sentence({}, false), "Unusual course: no single value stands out.");
}

}  // namespace
}  // namespace abm
