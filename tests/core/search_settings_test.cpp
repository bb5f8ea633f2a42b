#include "core/pipeline/search_settings.h"

#include <gtest/gtest.h>

#include <atomic>
#include <sstream>
#include <stop_token>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/pipeline/held_out.h"
#include "core/pipeline/score.h"
#include "tests/core/labelled_records.h"
#include "tests/core/small_model.h"

namespace abm {
namespace {

/// Of 1,200 sessions 60 are labelled, every third of them a fault; odd_value: in one feature, by so much.
TrainingInput labelled_sessions(float odd_value) {
    Investigation all;
    all.machines = {"0777"};
    all.sources.resize(1);
    all.sources[0].identity = "00112233445566778899aabbccddeeff";
    FeatureMatrix rows = test::session_rows(1'200);
    for (std::uint32_t at = 0; at < 1'200; ++at) {
        Record record;
        record.feature_row = static_cast<std::int32_t>(at);
        record.span = {at * 1'000, 1'000};
        all.records.push_back(record);
        if (at % 20 != 1) continue;
        const bool fault = at % 60 == 1;
        if (fault) rows.values(at, 30) += odd_value;
        all.labels.push_back(test::label(at, fault ? LabelClass::anomaly : LabelClass::normal, at));
    }
    all.features = std::move(rows);
    TrainingInput input;
    input.investigation = std::make_shared<const Investigation>(std::move(all));
    input.threads = 2;
    return input;
}

constexpr double kNoHurry = 3'600;

TEST(SearchSettings, ComparesCandidatesBesideTheCurrentOnesAndAdoptsNothing) {
    const TrainingInput input = labelled_sessions(3);
    const SettingsSearch found = search_settings(input, kNoHurry, {});
    ASSERT_GT(found.candidates.size(), 10U);
    EXPECT_FALSE(found.cut_short());
    EXPECT_EQ(found.candidates[0].change, "current settings");
    EXPECT_EQ(found.candidates[0].settings, ModelSettings());
    EXPECT_EQ(found.candidates[0].difference.value, 0);
    EXPECT_EQ(found.labels, 60);
    EXPECT_EQ(found.anomalies, 20);
    EXPECT_EQ(found.folds, 5);
    EXPECT_NE(found.caveat.find("reviewed"), std::string::npos);
    for (std::size_t at = 0; at < found.candidates.size(); ++at) {
        const SearchCandidate& candidate = found.candidates[at];
        EXPECT_LE(candidate.metrics.average_precision.low, candidate.metrics.average_precision.value) << candidate.change;
        EXPECT_LE(candidate.metrics.auroc.value, candidate.metrics.auroc.high) << candidate.change;
        EXPECT_NEAR(candidate.difference.value,
                    candidate.metrics.average_precision.value - found.candidates[0].metrics.average_precision.value, 1e-12);
        EXPECT_EQ(candidate.better, at > 0 && candidate.difference.low > 0) << candidate.change;
        check_settings_to_keep(candidate.settings);
    }
    // The figures of the current settings are those training gives.
    const Comparison trained = train_models(input, {}).comparison;
    EXPECT_EQ(trained.after.average_precision.value, found.candidates[0].metrics.average_precision.value);
    EXPECT_EQ(trained.after.auroc.value, found.candidates[0].metrics.auroc.value);
}

TEST(SearchSettings, IsTheSameForEqualInput) {
    TrainingInput input = labelled_sessions(3);
    const SettingsSearch once = search_settings(input, kNoHurry, {});
    input.threads = 1;
    const SettingsSearch again = search_settings(input, kNoHurry, {});
    ASSERT_EQ(once.candidates.size(), again.candidates.size());
    for (std::size_t at = 0; at < once.candidates.size(); ++at) {
        EXPECT_EQ(once.candidates[at].settings, again.candidates[at].settings);
        EXPECT_EQ(once.candidates[at].metrics.average_precision.value, again.candidates[at].metrics.average_precision.value);
        EXPECT_EQ(once.candidates[at].difference.low, again.candidates[at].difference.low);
    }
    EXPECT_EQ(once.suggested, again.suggested);
}

TEST(SearchSettings, ChanceKeepsTheCurrentSettings) {
    // Twelve times labels without any meaning: at 95 % hardly ever one of the many candidates is called better.
    int called_better = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Random random(seed);
        const std::size_t labels = 80;
        std::vector<bool> anomaly;
        for (std::size_t at = 0; at < labels; ++at) anomaly.push_back(random.chance(0.3));
        anomaly[0] = true;
        anomaly[1] = false;
        std::vector<std::vector<double>> scores(15);
        for (auto& own : scores) {
            for (std::size_t at = 0; at < labels; ++at) own.push_back(random.uniform());
        }
        const auto differences = precision_differences(scores, anomaly, seed);
        called_better += std::ranges::any_of(differences, [](const Estimate& one) { return one.low > 0; }) ? 1 : 0;
    }
    EXPECT_LE(called_better, 3);  // one alone, uncorrected, would be called better in most of these
}

TEST(SearchSettings, WhatIsFarBetterIsCalledBetter) {
    std::vector<bool> anomaly;
    std::vector<std::vector<double>> scores(3);
    Random random(4);
    for (int at = 0; at < 120; ++at) {
        anomaly.push_back(at % 4 == 0);
        scores[0].push_back(random.uniform());
        scores[1].push_back(random.uniform());
        scores[2].push_back(random.uniform() + (at % 4 == 0 ? 0.6 : 0.0));
    }
    const auto differences = precision_differences(scores, anomaly, 1);
    EXPECT_EQ(differences[0].low, 0);
    EXPECT_LE(differences[1].low, 0);
    EXPECT_GT(differences[2].low, 0);
    EXPECT_LT(differences[2].low, differences[2].value);
}

TEST(SearchSettings, WithoutTimeOnlyTheCurrentSettingsAreJudged) {
    const SettingsSearch found = search_settings(labelled_sessions(3), 0, {});
    ASSERT_EQ(found.candidates.size(), 1U);
    EXPECT_TRUE(found.cut_short());
    EXPECT_EQ(found.suggested, 0U);
    EXPECT_NE(found.verdict.find("no time"), std::string::npos);
}

TEST(SearchSettings, IsCancelledAndNeedsLabels) {
    std::stop_source stop;
    std::atomic<int> reports = 0;  // from several threads
    const Progress cancelled(stop.get_token(), [&](double, std::string_view) {
        if (++reports == 200) stop.request_stop();
    });
    TrainingInput input = labelled_sessions(3);
    try {
        search_settings(input, kNoHurry, cancelled);
        FAIL() << "went on";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Cancelled);
    }
    Investigation few = *input.investigation;
    few.labels.resize(2);
    input.investigation = std::make_shared<const Investigation>(std::move(few));
    try {
        search_settings(input, kNoHurry, {});
        FAIL() << "compared nothing";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Invalid);
        EXPECT_NE(std::string(error.what()).find("normal records are labelled"), std::string::npos) << error.what();
    }
}

TEST(SearchSettings, TheChoiceGoesOnFromModelToModel) {
    TrainingInput input = labelled_sessions(3);
    input.settings = chosen_settings({}, {}, std::vector<std::string>{"knn.k=9", "iforest.trees=60"});
    const auto first = train_models(input, {}).models;
    EXPECT_EQ(first->settings(), *input.settings);
    EXPECT_EQ(first->parts[0]->forest.table().trees, 60);
    input.settings.reset();
    input.current = first;
    EXPECT_EQ(train_models(input, {}).models->settings(), first->settings());
    EXPECT_EQ(search_settings(input, 0, {}).candidates[0].settings, first->settings());
    input.settings = ModelSettings{.forest = false};
    EXPECT_THROW(train_models(input, {}), Error);
}

TEST(SearchSettings, WordsOfTheCommandLineGiveTheSettingsBack) {
    for (const SearchCandidate& candidate : search_settings(labelled_sessions(3), 2, {}).candidates) {
        std::vector<std::string> detectors, params;
        std::istringstream words(settings_words(candidate.settings));
        for (std::string option, value; words >> option >> value;) (option == "--detector" ? detectors : params).push_back(value);
        EXPECT_EQ(chosen_settings({}, detectors, params), candidate.settings) << candidate.change;
    }
}

}  // namespace
}  // namespace abm
