#include "core/detect/sequence_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/pipeline/evaluate_sequences.h"
#include "core/pipeline/sequence_file.h"
#include "tests/core/detector_checks.h"

namespace abm {
namespace {

using test::code_of;

/// One sequence a text, words separated by blanks.
TokenSequences sequences(const std::vector<std::string>& texts) {
    TokenSequences all;
    for (const std::string& text : texts) {
        std::istringstream words(text);
        for (std::string word; words >> word;) {
            const auto at = std::find(all.words.begin(), all.words.end(), word);
            all.tokens.push_back(static_cast<Token>(at - all.words.begin()));
            if (at == all.words.end()) all.words.push_back(word);
        }
        all.end_sequence();
    }
    return all;
}

const FeatureMatrix kNoFeatures;

Dataset of(const TokenSequences& all) { return {kNoFeatures, &all}; }

TEST(SequenceModel, SurprisalsAreThoseComputedByHand) {
    // Transitions: START a 2; a b 1, a END 1; b END 1. Five in all, to a, b and END: P(to) = (count + 3/4) / 8.
    const TokenSequences train = sequences({"a b", "a"});
    const SequenceModel model = SequenceModel::fit(of(train), {});
    const double a = 2.75 / 8, b = 1.75 / 8, end = 2.75 / 8, unknown = 0.75 / 8;
    const Eigen::VectorXd known = model.contributions(of(train), 0);
    ASSERT_EQ(known.size(), 3);
    EXPECT_DOUBLE_EQ(known[0], -std::log2((2 + 1 * a) / (2 + 1)));
    EXPECT_DOUBLE_EQ(known[1], -std::log2((1 + 2 * b) / (2 + 2)));
    EXPECT_DOUBLE_EQ(known[2], -std::log2((1 + 1 * end) / (1 + 1)));
    EXPECT_NEAR(a + b + end + unknown, 1, 1e-12);

    const TokenSequences strange = sequences({"b x", ""});
    const Eigen::VectorXd odd = model.contributions(of(strange), 0);
    EXPECT_DOUBLE_EQ(odd[0], -std::log2(b / 3));
    EXPECT_DOUBLE_EQ(odd[1], -std::log2(unknown / 2));
    EXPECT_DOUBLE_EQ(odd[2], -std::log2(end)) << "after an unknown word only how often a word comes at all counts";
    const Eigen::VectorXd scores = model.score(of(strange), 1, {});
    EXPECT_DOUBLE_EQ(scores[0], odd.maxCoeff());
    EXPECT_DOUBLE_EQ(scores[1], -std::log2(end / 3)) << "an empty sequence ends where it starts";
}

TEST(SequenceModel, WordsAreMatchedByTheirText) {
    const TokenSequences train = sequences({"insert pin take", "insert pin cancel", "insert pin take"});
    const SequenceModel model = SequenceModel::fit(of(train), {});
    const TokenSequences other = sequences({"take", "pin", "insert pin take"});
    EXPECT_EQ(model.contributions(of(other), 2), model.contributions(of(train), 0));
}

TEST(SequenceModel, SaysWhatWasExpected) {
    std::vector<std::string> texts(99, "SHOWN TAKEN");
    texts.push_back("SHOWN RETRACTED");
    const TokenSequences train = sequences(texts);
    const SequenceModel model = SequenceModel::fit(of(train), {});
    const std::vector<Transition> steps = model.explain(train, 99);
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[1].position, 1U);
    EXPECT_EQ(steps[1].likely, "TAKEN");
    EXPECT_DOUBLE_EQ(steps[1].likely_share, 0.99);
    EXPECT_EQ(sentence_of(steps[1]), "SHOWN is followed by RETRACTED; expected TAKEN here, 99.0 % of the time");
    EXPECT_EQ(sentence_of(model.explain(sequences({"Q"}), 0)[1]), "It ends after Q; never seen before");
}

TEST(SequenceModel, RanksAPlantedOutlierFirstForAnyNumberOfThreads) {
    std::vector<std::string> texts(20'000, "a b c d");
    texts[12'345] = "a c b d";
    const TokenSequences all = sequences(texts);
    const SequenceModel model = SequenceModel::fit(of(all), {});
    const Eigen::VectorXd scores = model.score(of(all), 1, {});
    Eigen::Index highest = 0;
    scores.maxCoeff(&highest);
    EXPECT_EQ(highest, 12'345);
    EXPECT_EQ(model.score(of(all), 3, {}), scores);
}

TEST(SequenceModel, IsTheSameToTheBitWhenLoaded) {
    const TokenSequences train = sequences({"a b c", "a c", "", "b b a"});
    const auto fitted = fit_detector("sequence", Json::object(), of(train), 1, {});
    const auto loaded = load_detector(Json::parse(fitted->save().dump()));
    EXPECT_EQ(loaded->score(of(train), 1, {}), fitted->score(of(train), 1, {}));
    EXPECT_EQ(loaded->save(), fitted->save());
}

TEST(SequenceModel, RefusesDamage) {
    const TokenSequences train = sequences({"a b c", "a c"});
    const Json good = SequenceModel::fit(of(train), {}).save();
    for (const char* member : {"words", "contexts", "kind", "format"}) {
        Json bad = good;
        bad.erase(member);
        EXPECT_EQ(code_of([&] { SequenceModel::load(bad); }), ErrorCode::Corrupt) << member;
    }
    const auto refused = [&good](const char* pointer, const Json& value) {
        Json bad = good;
        bad[Json::json_pointer(pointer)] = value;
        return code_of([&] { SequenceModel::load(bad); });
    };
    EXPECT_EQ(refused("/words/0", "b"), ErrorCode::Corrupt) << "twice";
    EXPECT_EQ(refused("/contexts/0/counts/0", 0), ErrorCode::Corrupt);
    EXPECT_EQ(refused("/contexts/0/next/0", 4), ErrorCode::Corrupt) << "no such word";
    EXPECT_EQ(refused("/contexts/0/next", Json{2, 1}), ErrorCode::Corrupt) << "not in order";
    EXPECT_EQ(refused("/contexts/0/next", Json::array()), ErrorCode::Corrupt);
    EXPECT_EQ(refused("/format", 2), ErrorCode::Mismatch);
}

TEST(SequenceModel, RefusesBadInputAndStopsWhenCancelled) {
    const TokenSequences none, train = sequences({"a b"});
    EXPECT_EQ(code_of([&] { SequenceModel::fit(kNoFeatures, {}); }), ErrorCode::Invalid);
    EXPECT_EQ(code_of([&] { SequenceModel::fit(of(none), {}); }), ErrorCode::Invalid);
    EXPECT_EQ(code_of([&] { fit_detector("sequence", Json{{"order", 3}}, of(train), 1, {}); }), ErrorCode::Invalid);
    const SequenceModel model = SequenceModel::fit(of(train), {});
    EXPECT_EQ(code_of([&] { model.score(kNoFeatures, 1, {}); }), ErrorCode::Mismatch);
    std::stop_source stop;
    stop.request_stop();
    const Progress cancelled(stop.get_token(), {});
    EXPECT_EQ(code_of([&] { SequenceModel::fit(of(train), cancelled); }), ErrorCode::Cancelled);
    EXPECT_EQ(code_of([&] { model.score(of(train), 1, cancelled); }), ErrorCode::Cancelled);
}

TEST(SequenceModel, TellsTheAbnormalBlocksOfHdfs) {
    const char* shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const std::filesystem::path folder = std::filesystem::path(shared) / "sequences";
    const auto rows = evaluate_sequences(read_sequences(folder / "hdfs_train_normal.txt", {}),
                                         read_sequences(folder / "hdfs_test_normal.txt", {}),
                                         read_sequences(folder / "hdfs_test_abnormal.txt", {}), 1, {});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_GE(rows[0].auroc, .998);
}

}  // namespace
}  // namespace abm
