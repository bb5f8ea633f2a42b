#include "core/pipeline/train.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <stop_token>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/decide/metrics.h"
#include "core/pipeline/held_out.h"
#include "core/pipeline/judge.h"
#include "core/pipeline/learned_labels.h"
#include "core/pipeline/score.h"
#include "tests/core/labelled_records.h"
#include "tests/core/small_model.h"

namespace abm {
namespace {

using test::finding;
using test::label;
using test::session_rows;

/// Ordinary sessions, every tenth odd in its first five features, one machine, one source.
Investigation sessions(Eigen::Index n) {
    Investigation all;
    all.machines = {"0777"};
    all.sources.resize(1);
    all.sources[0].identity = "00112233445566778899aabbccddeeff";
    for (Eigen::Index row = 0; row < n; ++row) {
        Record record;
        record.feature_row = static_cast<std::int32_t>(row);
        record.span = {row * 1'000, 1'000};
        all.records.push_back(record);
    }
    all.features = session_rows(n);
    return all;
}

/// Labels every `step`-th record from `first` on.
void label_every(Investigation& all, std::size_t first, std::size_t step, std::size_t count,
                 const std::function<bool(std::size_t)>& is_anomaly) {
    for (std::size_t at = first; count > 0; at += step, --count) {
        all.labels.push_back(label(static_cast<std::uint32_t>(at), is_anomaly(at) ? LabelClass::anomaly : LabelClass::normal,
                                   static_cast<std::int64_t>(200 + at), is_anomaly(at) ? "deposit_fault" : ""));
    }
}

TrainedModel train(Investigation all, std::shared_ptr<const ModelSet> current = nullptr, std::uint64_t seed = 1) {
    TrainingInput input;
    input.investigation = std::make_shared<const Investigation>(std::move(all));
    input.current = std::move(current);
    input.seed = seed;
    input.threads = 2;
    return train_models(input, {});
}

/// Scored by a model without labels, as a first import leaves it.
std::shared_ptr<const ModelSet> first_model(Investigation& all) {
    auto models = std::make_shared<const ModelSet>(fit_models(all, 1, 1, {}));
    score_investigation(all, score_tables(all.features, *models, 1, {}));
    return models;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool same(const Estimate& a, const Estimate& b) { return same(a.value, b.value) && same(a.low, b.low) && same(a.high, b.high); }

void expect_equal(const HeldOutMetrics& a, const HeldOutMetrics& b) {
    EXPECT_TRUE(same(a.auroc, b.auroc));
    EXPECT_TRUE(same(a.average_precision, b.average_precision));
    EXPECT_TRUE(same(a.found_in_first, b.found_in_first));
    EXPECT_TRUE(same(a.false_alarms, b.false_alarms));
    EXPECT_EQ(a.true_positives, b.true_positives);
    EXPECT_EQ(a.false_positives, b.false_positives);
    EXPECT_EQ(a.true_negatives, b.true_negatives);
    EXPECT_EQ(a.false_negatives, b.false_negatives);
}

TEST(Train, LabelsThatFollowFeaturesRankHeldOutRecordsBetter) {
    Investigation all = sessions(2'000);
    // What experts call a fault here is a value the forest finds ordinary.
    const FeatureMatrix features = all.features[0].features;
    const auto fault = [&](std::size_t at) { return features.values(static_cast<Eigen::Index>(at), 20) > 0.5F; };
    const auto current = first_model(all);
    label_every(all, 1, 7, 200, fault);
    const Comparison comparison = train(all, current).comparison;
    EXPECT_EQ(comparison.labels, 200);
    EXPECT_EQ(comparison.anomalies + comparison.normals, 200);
    EXPECT_EQ(comparison.folds, 5);
    EXPECT_TRUE(comparison.has_before);
    EXPECT_GT(comparison.after.average_precision.value, comparison.before.average_precision.value + 0.2);
    EXPECT_GT(comparison.after.auroc.value, 0.7);
    EXPECT_LT(comparison.after.auroc.value, 1.0);
    for (const HeldOutMetrics& metrics : {comparison.before, comparison.after}) {
        EXPECT_EQ(metrics.true_positives + metrics.false_negatives, comparison.anomalies);
        EXPECT_EQ(metrics.false_positives + metrics.true_negatives, comparison.normals);
        for (const Estimate& estimate :
             {metrics.auroc, metrics.average_precision, metrics.found_in_first, metrics.false_alarms}) {
            EXPECT_LE(estimate.low, estimate.value);
            EXPECT_LE(estimate.value, estimate.high);
        }
    }
}

TEST(Train, MemorisedChanceDoesNotLookLikeKnowledge) {
    // AUROC of chance spreads by .041 with 100 labels of each class, its mean over six by .017.
    constexpr int kSeeds = 6;
    double mean_after = 0;
    double mean_before = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        Investigation all = sessions(1'500);
        auto current = first_model(all);
        Random random(seed);
        std::vector<bool> coin(1'500);
        for (std::size_t at = 0; at < coin.size(); ++at) coin[at] = random.chance(0.5);
        label_every(all, 0, 7, 200, [&](std::size_t at) { return coin[at]; });
        const TrainedModel once = train(all, current);
        mean_after += once.comparison.after.auroc.value / kSeeds;
        // The current model has seen these very labels: it must not profit from that either.
        const Comparison again = train(all, once.models).comparison;
        mean_before += again.before.auroc.value / kSeeds;
        EXPECT_LT(again.before.auroc.value, 0.65);
        ASSERT_TRUE(once.models->parts[0]->probability);
        EXPECT_NEAR(once.models->parts[0]->probability->probability(1), 0.5, 0.25);
    }
    EXPECT_NEAR(mean_after, 0.5, 0.05);
    EXPECT_NEAR(mean_before, 0.5, 0.05);
}

TEST(Train, TheSameSessionInTwoFilesGivesNothingAway) {
    constexpr std::size_t kEach = 200;
    Investigation all = sessions(2 * kEach);
    FeatureMatrix features = all.features[0].features;
    all.sources.push_back(all.sources[0]);
    all.sources[1].identity = "ffeeddccbbaa99887766554433221100";
    for (std::size_t at = kEach; at < 2 * kEach; ++at) {
        const auto row = static_cast<Eigen::Index>(at);
        features.values.row(row) = features.values.row(row - static_cast<Eigen::Index>(kEach));
        all.records[at].source = SourceIndex{1};
        all.records[at].span = all.records[at - kEach].span;
    }
    all.features = features;
    double mean = 0;
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
        Random random(seed);
        std::vector<bool> coin(kEach);
        for (std::size_t at = 0; at < coin.size(); ++at) coin[at] = random.chance(0.5);
        all.labels.clear();
        label_every(all, 0, 1, 2 * kEach, [&](std::size_t at) { return coin[at % kEach]; });
        mean += train(all).comparison.after.auroc.value / 6;
    }
    EXPECT_NEAR(mean, 0.5, 0.05);  // a twin in another fold would tell nearly all
    const auto folds = folds_of(learned_labels(all, all.labels));
    for (std::size_t at = 0; at < kEach; ++at) EXPECT_EQ(folds[at], folds[at + kEach]);
}

TEST(Train, IsTheSameForTheSameInputAndAnyThreadCount) {
    Investigation all = sessions(1'200);
    const auto current = first_model(all);
    label_every(all, 0, 11, 100, [](std::size_t at) { return at % 10 == 9; });
    TrainingInput input;
    input.investigation = std::make_shared<const Investigation>(all);
    input.current = current;
    input.threads = 1;
    const TrainedModel one = train_models(input, {});
    input.threads = 3;
    const TrainedModel three = train_models(input, {});
    EXPECT_EQ(save_models(*one.models), save_models(*three.models));
    EXPECT_EQ(comparison_text(one.comparison), comparison_text(three.comparison));
    ASSERT_EQ(one.comparison.changed.size(), three.comparison.changed.size());
    for (std::size_t at = 0; at < one.comparison.changed.size(); ++at) {
        EXPECT_EQ(one.comparison.changed[at].after, three.comparison.changed[at].after);
        EXPECT_EQ(one.comparison.changed[at].because, three.comparison.changed[at].because);
    }
}

TEST(Train, FoldsDependOnThePlaceOfALabelAloneAndAreEven) {
    Investigation all = sessions(300);
    label_every(all, 0, 3, 90, [](std::size_t at) { return at % 9 == 0; });
    std::vector<LearnedLabel> labels = learned_labels(all, all.labels);
    const std::vector<int> folds = folds_of(labels);
    std::vector<LearnedLabel> reversed(labels.rbegin(), labels.rend());
    const std::vector<int> turned = folds_of(reversed);
    EXPECT_TRUE(std::equal(folds.begin(), folds.end(), turned.rbegin()));
    for (int fold = 0; fold < 5; ++fold) {
        std::int64_t anomalies = 0;
        for (std::size_t at = 0; at < labels.size(); ++at) anomalies += folds[at] == fold && labels[at].anomaly ? 1 : 0;
        EXPECT_EQ(anomalies, 6);
        EXPECT_EQ(std::count(folds.begin(), folds.end(), fold), 18);
    }
}

TEST(Train, TooFewLabelsGiveAModelButNoFigures) {
    Investigation all = sessions(300);
    label_every(all, 0, 5, 2, [](std::size_t) { return true; });
    label_every(all, 101, 5, 40, [](std::size_t) { return false; });
    const TrainedModel trained = train(all);
    EXPECT_EQ(trained.comparison.folds, 0);
    EXPECT_TRUE(std::isnan(trained.comparison.after.auroc.value));
    EXPECT_TRUE(std::isnan(trained.comparison.before.false_alarms.low));
    EXPECT_NE(trained.comparison.caveat.find("Only 2 anomalies and 40 normal"), std::string::npos) << trained.comparison.caveat;
    EXPECT_EQ(trained.models->parts[0]->labels.size(), 42U);
    all.labels.push_back(label(99, LabelClass::anomaly));
    const Comparison three = train(all).comparison;
    EXPECT_EQ(three.folds, 3);
    EXPECT_FALSE(std::isnan(three.after.auroc.value));
    EXPECT_NE(three.caveat.find("43 reviewed records"), std::string::npos) << three.caveat;
}

TEST(Train, OnlyAnomaliesOrNoLabelsSaySo) {
    Investigation all = sessions(300);
    const Comparison none = train(all).comparison;
    EXPECT_EQ(none.labels, 0);
    EXPECT_FALSE(none.has_before);
    EXPECT_NE(none.caveat.find("nothing to compare"), std::string::npos) << none.caveat;
    label_every(all, 0, 5, 12, [](std::size_t) { return true; });
    const Comparison anomalies = train(all).comparison;
    EXPECT_EQ(anomalies.folds, 0);
    EXPECT_EQ(anomalies.anomalies, 12);
    EXPECT_NE(anomalies.caveat.find("All 12 labels say anomaly"), std::string::npos) << anomalies.caveat;
}

TEST(Train, UnsureNeverTrains) {
    Investigation all = sessions(300);
    label_every(all, 0, 10, 10, [](std::size_t at) { return at % 20 == 0; });
    const TrainedModel without = train(all);
    for (std::uint32_t at = 201; at < 290; at += 2) all.labels.push_back(label(at, LabelClass::unsure));
    const TrainedModel with = train(all);
    EXPECT_EQ(save_models(*without.models), save_models(*with.models));
    EXPECT_EQ(comparison_text(without.comparison), comparison_text(with.comparison));
}

TEST(Train, StopsWhenCancelledAndRefusesNothingToFit) {
    Investigation all = sessions(300);
    std::stop_source stop;
    stop.request_stop();
    TrainingInput input;
    input.investigation = std::make_shared<const Investigation>(all);
    try {
        train_models(input, Progress(stop.get_token(), {}));
        ADD_FAILURE() << "was not cancelled";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Cancelled);
    }
    input.investigation = std::make_shared<const Investigation>();
    EXPECT_THROW(train_models(input, {}), Error);
}

TEST(Train, LabelsWithoutFeaturesWeighRulesOnly) {
    Investigation all = sessions(300);
    std::vector<Finding> findings;
    for (std::uint32_t at = 300; at < 340; ++at) {
        Record interval;
        interval.kind = RecordKind::interval;
        interval.span = {at * 1'000, 1'000};
        all.records.push_back(interval);
        findings.push_back(finding(at, RecordType::power_reset, Severity::high, "power-reset"));
    }
    roll_up(all.records, findings);
    all.findings = std::move(findings);
    const auto current = first_model(all);
    for (std::uint32_t at = 300; at < 308; ++at) all.labels.push_back(label(at, LabelClass::normal, at));
    const TrainedModel trained = train(all, current);
    ASSERT_EQ(trained.models->parts[0]->labels.size(), 8U);
    EXPECT_TRUE(trained.models->parts[0]->labels[0].features.empty());
    EXPECT_EQ(trained.models->parts[0]->labels[0].rules, std::vector<std::string>{"power-reset"});
    EXPECT_EQ(trained.comparison.changed_sides, 0);  // high became medium: still above .5

    TrainingInput input;
    input.investigation = std::make_shared<const Investigation>(all);
    input.current = current;
    input.threshold = 0.85;
    const Comparison stricter = train_models(input, {}).comparison;
    EXPECT_EQ(stricter.changed_sides, 40);
    ASSERT_EQ(stricter.changed.size(), 40U);
    EXPECT_EQ(stricter.changed[0].because, "rule power-reset weighed medium by 0 of 8");
    EXPECT_LT(stricter.changed[0].after, stricter.changed[0].before);
}

TEST(Train, SaysLikeWhichLabelsARecordChangedSides) {
    Investigation all = sessions(2'000);
    const auto current = first_model(all);
    label_every(all, 9, 50, 8, [](std::size_t) { return true; });
    label_every(all, 1'001, 10, 8, [](std::size_t) { return false; });
    TrainingInput input;
    input.investigation = std::make_shared<const Investigation>(all);
    input.current = current;
    const Comparison comparison = train_models(input, {}).comparison;
    ASSERT_GT(comparison.changed_sides, 3);
    float last = 1;
    bool alike = false;
    for (const ChangedRecord& changed : comparison.changed) {
        EXPECT_NE(changed.before >= 0.5F, changed.after >= 0.5F);
        EXPECT_LE(std::abs(changed.after - changed.before), last);
        EXPECT_FALSE(changed.because.empty());
        EXPECT_EQ(changed.before, all.records[raw(changed.record)].score);
        last = std::abs(changed.after - changed.before);
        alike = alike || (changed.because.starts_with("like #") && changed.because.ends_with("(deposit_fault)"));
    }
    EXPECT_TRUE(alike) << comparison.changed.front().because;
}

TEST(Train, KeepsWhatOnlyTheCurrentModelKnows) {
    Investigation all = sessions(300);
    JournalModel known = *first_model(all)->parts[0];
    const std::vector<float> here(all.features.values_of(5).data(),
                                  all.features.values_of(5).data() + all.features[0].features.columns());
    std::vector<float> away = here;
    away[0] += 1.0F;
    known.labels = {{"another source", RecordKind::session, 77, true, away, {"card-retained"}},
                    {all.sources[0].identity, RecordKind::session, 3'000, true, away, {}},      // undone since
                    {"this source when smaller", RecordKind::session, 5'000, true, here, {}}};  // the record is here
    const auto trained = train(all, test::set_of(known));
    ASSERT_EQ(trained.models->parts[0]->labels.size(), 1U);
    EXPECT_EQ(trained.models->parts[0]->labels[0].source, "another source");
    EXPECT_EQ(trained.comparison.labels, 0);
}

TEST(HeldOutMetrics, AreThoseOfTheLibraryWithTies) {
    Random random(8);
    std::vector<double> scores;
    std::vector<bool> anomaly;
    for (int at = 0; at < 150; ++at) {
        scores.push_back(random.below(40) / 40.0);
        anomaly.push_back(random.chance(scores.back() * 0.7));
    }
    const HeldOutMetrics metrics = held_out_metrics(scores, anomaly, 0.5, 1);
    const auto k = static_cast<std::size_t>(std::count(anomaly.begin(), anomaly.end(), true));
    EXPECT_NEAR(metrics.auroc.value, auroc(scores, anomaly), 1e-12);
    EXPECT_NEAR(metrics.average_precision.value, average_precision(scores, anomaly), 1e-12);
    EXPECT_NEAR(metrics.found_in_first.value, recall_at(scores, anomaly, k), 1e-12);
    const Confusion table = confusion_at(scores, anomaly, 0.5);
    EXPECT_EQ(metrics.false_positives, static_cast<std::int64_t>(table.false_positives));
    EXPECT_NEAR(metrics.false_alarms.value,
                static_cast<double>(table.false_positives) / static_cast<double>(table.false_positives + table.true_negatives),
                1e-12);
    // Of a proportion the interval is known: p +- 1.96 sqrt(p q / n).
    const auto normals = static_cast<double>(150 - k);
    const double half = 1.96 * std::sqrt(metrics.false_alarms.value * (1 - metrics.false_alarms.value) / normals);
    EXPECT_NEAR(metrics.false_alarms.high - metrics.false_alarms.low, 2 * half, 0.35 * half);
}

TEST(HeldOutMetrics, NarrowWithMoreLabels) {
    const auto width = [](int n) {
        Random random(8);
        std::vector<double> scores;
        std::vector<bool> anomaly;
        for (int at = 0; at < n; ++at) {
            anomaly.push_back(at % 4 == 0);
            scores.push_back(random.uniform() * 0.6 + (anomaly.back() ? 0.3 : 0.0));
        }
        const Estimate auroc = held_out_metrics(scores, anomaly, 0.5, 1).auroc;
        return auroc.high - auroc.low;
    };
    EXPECT_NEAR(width(60) / width(960), 4.0, 2.0);
}

TEST(ComparisonText, GivesBackAllButTheChangedRecords) {
    Investigation all = sessions(500);
    const auto current = first_model(all);
    label_every(all, 0, 7, 60, [](std::size_t at) { return at % 10 == 9; });
    const Comparison comparison = train(all, current).comparison;
    const Comparison back = comparison_from_text(comparison_text(comparison));
    EXPECT_EQ(back.labels, comparison.labels);
    EXPECT_EQ(back.anomalies, comparison.anomalies);
    EXPECT_EQ(back.normals, comparison.normals);
    EXPECT_EQ(back.folds, comparison.folds);
    EXPECT_EQ(back.threshold, comparison.threshold);
    EXPECT_EQ(back.changed_sides, comparison.changed_sides);
    EXPECT_EQ(back.caveat, comparison.caveat);
    EXPECT_TRUE(back.has_before);
    expect_equal(back.before, comparison.before);
    expect_equal(back.after, comparison.after);
}

TEST(ComparisonText, KeepsWhatCannotBeToldAndRefusesDamage) {
    const Comparison none = train(sessions(50)).comparison;
    const Comparison back = comparison_from_text(comparison_text(none));
    EXPECT_FALSE(back.has_before);
    EXPECT_TRUE(std::isnan(back.after.auroc.value));
    const Comparison empty = comparison_from_text("{}");
    EXPECT_EQ(empty.labels, 0);
    EXPECT_FALSE(empty.has_before);
    EXPECT_TRUE(std::isnan(empty.after.average_precision.high));
    for (const char* bad : {"", "[]", "3", "{\"labels\":-1}", "{\"labels\":\"many\"}", "{\"after\":3}", "{\"caveat\":4}",
                            "{\"after\":{\"auroc\":{\"value\":\"high\"}}}", "{\"folds\":1e99}"}) {
        try {
            comparison_from_text(bad);
            ADD_FAILURE() << bad;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::Corrupt) << bad;
        }
    }
}

}  // namespace
}  // namespace abm
