// Channels beside the forest: when they speak, what they add, and what that is worth on the reference tables.
#include "core/pipeline/channel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/decide/explain.h"
#include "core/detect/split_mix.h"
#include "core/pipeline/evaluate.h"
#include "core/pipeline/live_model.h"
#include "core/pipeline/score.h"
#include "tests/core/small_model.h"

namespace abm {
namespace {

constexpr Eigen::Index kOddRow = 123;

/// 600 rows of 30 ordinary columns; one value of row 123 lies far out.
FeatureMatrix wide_table() {
    SplitMix random(4);
    FeatureMatrix data;
    for (int column = 0; column < 30; ++column) data.names.push_back("f" + std::to_string(column));
    data.values.resize(600, 30);
    for (float& value : data.values.reshaped()) value = static_cast<float>(random.normal());
    data.values(kOddRow, 17) = 9.0F;
    data.values(5, 3) = std::numeric_limits<float>::quiet_NaN();
    data.values(6, 4) = std::numeric_limits<float>::infinity();
    return data;
}

JournalModel fit_rows(const FeatureMatrix& data, int threads = 1) {
    return fit_journal_model(data, std::vector<MachineIndex>(static_cast<std::size_t>(data.rows())), {"A"}, 1, threads, {});
}

Explanation explain_row(const JournalModel& model, const FeatureMatrix& data, Eigen::Index row) {
    Investigation one;
    one.machines = {"A"};
    one.records.resize(1);
    one.records[0].feature_row = 0;
    FeatureMatrix chosen;
    chosen.names = data.names;
    chosen.values = data.values.row(row);
    one.features = std::move(chosen);
    return explain_record(one, test::set_of(model).get(), RecordIndex{0});
}

std::size_t rank_of(const Eigen::VectorXd& scores, Eigen::Index row) {
    return static_cast<std::size_t>((scores.array() > scores[row]).count());
}

TEST(Channel, TheMoreOrdinaryHalfRaisesNothing) {
    for (const double surprise : {0.0, 0.1, 0.3, std::log10(2.0)}) EXPECT_EQ(lift_of(surprise), 0.0) << surprise;
    double before = 0;
    for (double surprise = 0.31; surprise < 1e9; surprise *= 1.3) {
        const double now = lift_of(surprise);
        EXPECT_GT(now, before) << surprise;
        EXPECT_LT(now, kMostLift) << surprise;
        before = now;
    }
    EXPECT_LE(lift_of(1e300), kMostLift);
    EXPECT_NEAR(lift_of(1 + std::log10(2.0)), 1.0, 0.1);  // about a deviation a power of ten
}

TEST(Channel, WhereAllAreSilentTheForestsScoreStaysToTheBit) {
    const FeatureMatrix data = wide_table();
    const JournalModel model = fit_rows(data);
    const Eigen::VectorXd forest = model.forest.score(data, 1, {});
    const Eigen::VectorXd raised = raised_scores(model, data, forest, 1, {});
    const Eigen::VectorXd lifts = channel_lifts(model.channels, data, 1, {});
    EXPECT_GT((lifts.array() == 0).count(), 100);
    EXPECT_TRUE((lifts.array() >= 0).all() && lifts.allFinite());
    for (Eigen::Index row = 0; row < data.rows(); ++row) {
        EXPECT_EQ(raised[row] == forest[row], lifts[row] == 0) << row;
        EXPECT_GE(raised[row], forest[row]) << row;
    }
    JournalModel alone = model;
    alone.channels.clear();
    EXPECT_EQ(raised_scores(alone, data, forest, 1, {}), forest);
}

TEST(Channel, RaisesTheSingleExtremeValueTheForestDilutesAndSaysSo) {
    const FeatureMatrix data = wide_table();
    const JournalModel model = fit_rows(data);
    const Eigen::VectorXd forest = model.forest.score(data, 1, {});
    const Eigen::VectorXd raised = raised_scores(model, data, forest, 1, {});
    EXPECT_GT(rank_of(forest, kOddRow), 3U);
    EXPECT_LT(rank_of(raised, kOddRow), 3U);
    const Explanation why = explain_row(model, data, kOddRow);
    ASSERT_EQ(why.channels.size(), 2U);
    const std::string sentence = unusual_sentence(why, false);
    EXPECT_EQ(sentence, why.channels.front().sentence);
    EXPECT_EQ(why.channels.front().contributions.front().feature, "f17");
    EXPECT_NE(sentence.find("f17"), std::string::npos) << sentence;
    EXPECT_TRUE(sentence.starts_with("Single extreme value: the f17 was 9 ")) << sentence;
    EXPECT_NE(unusual_sentence(why, true).find(" (provisional: few sessions to compare with)."), std::string::npos);
}

TEST(Channel, TheStepsFromRawScoresToTheTailAddUp) {
    const FeatureMatrix data = wide_table();
    const JournalModel model = fit_rows(data);
    const auto evidence = score_records(data, model, 1, {});
    for (const Eigen::Index row : {Eigen::Index{0}, Eigen::Index{5}, Eigen::Index{6}, kOddRow}) {
        const Explanation why = explain_row(model, data, row);
        double sum = why.deviations;
        for (const ChannelShare& channel : why.channels) {
            sum += channel.lift;
            double parts = 0;
            for (const Contribution& part : channel.contributions) parts += part.margin;
            EXPECT_NEAR(parts, channel.raw_score, 1e-5 * std::max(1.0, channel.raw_score)) << channel.name;
            EXPECT_EQ(channel.sentence.empty(), channel.lift == 0) << channel.name;
            EXPECT_EQ(channel.lift, channel.weight * lift_of(channel.surprise));
        }
        EXPECT_NEAR(sum, why.raised, 1e-9);
        EXPECT_EQ(why.tail_probability, evidence[static_cast<std::size_t>(row)].tail_probability);
    }
}

TEST(Channel, DoesNotDependOnThreads) {
    const FeatureMatrix data = wide_table();
    const JournalModel one = fit_rows(data, 1);
    const JournalModel three = fit_rows(data, 3);
    const auto a = score_records(data, one, 1, {});
    const auto b = score_records(data, three, 4, {});
    for (std::size_t row = 0; row < a.size(); ++row) EXPECT_EQ(a[row].surprise, b[row].surprise) << row;
}

TEST(Channel, AVerdictNormalSilencesWhatTheChannelsSaid) {
    auto data = wide_table();
    const auto model = std::make_shared<const JournalModel>(fit_rows(data));
    LiveModel live(model, FeatureTable{data, {}}, 1, {});
    const auto odd = static_cast<std::size_t>(kOddRow);
    const double before = live.evidence()[odd].surprise;
    const std::vector<TrainingLabel> labels{{static_cast<std::int32_t>(kOddRow), false}};
    live.set_labels(labels);
    EXPECT_LT(live.evidence()[odd].surprise, before / 2);
    EXPECT_EQ(taught_score(*model, 0.5, 3.0, 0.0), 0.5 + model->prior_deviation * 3.0);
    EXPECT_LT(taught_score(*model, 0.5, 3.0, -2.0), 0.5 - model->prior_deviation);  // little is left of the three
    EXPECT_GT(taught_score(*model, 0.5, 3.0, 1.0), taught_score(*model, 0.5, 3.0, 0.0));
}

TEST(Channel, SurvivesSavingAndRefusesDamage) {
    const FeatureMatrix data = wide_table();
    for (const Channel& channel : fit_channels(data, 1, 1, {})) {
        const Json saved = save_channel(channel);
        const Channel again = load_channel(saved, data.names);
        EXPECT_EQ(channel_lifts({channel}, data, 1, {}), channel_lifts({again}, data, 1, {})) << channel.name;
        EXPECT_EQ(heading_of(channel), heading_of(again));
        const auto refused = [&](const std::function<void(Json&)>& change) {
            Json bad = saved;
            change(bad);
            try {
                load_channel(bad, data.names);
            } catch (const Error& error) {
                return error.code() == ErrorCode::Corrupt || error.code() == ErrorCode::Mismatch;
            }
            return false;
        };
        for (const char* name : {"name", "weight", "detector", "calibration"})
            EXPECT_TRUE(refused([&](Json& bad) { bad.erase(name); })) << name;
        EXPECT_TRUE(refused([](Json& bad) { bad["weight"] = -1; }));
        EXPECT_TRUE(refused([](Json& bad) { bad["weight"] = 11; }));
        EXPECT_TRUE(refused([](Json& bad) { bad["name"] = "iforest"; }));
        std::vector<std::string> others = data.names;
        others.back() = "packets";
        EXPECT_THROW(load_channel(saved, others), Error);
    }
}

/// The marks of `auto`: the channels find what the forest ranks low and cost little of what it ranks first.
TEST(Channel, AutoBeatsTheForestOnTheReferenceTables) {
    const char* shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const std::vector<std::string> forest_too{"iforest"};
    double auroc_forest = 0, auroc_auto = 0, precision_forest = 0, precision_auto = 0;
    int tables = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(shared) / "adbench")) {
        if (entry.path().extension() != ".csv" || entry.path().stem() == "reference") continue;
        const LabelledTable table = read_labelled_table(entry.path(), "label", {});
        for (std::uint64_t seed = 1; seed <= 2; ++seed) {
            const auto rows = evaluate_detectors(table, forest_too, seed, 0, {});
            auroc_forest += rows[0].auroc / 2;
            auroc_auto += rows[1].auroc / 2;
            precision_forest += rows[0].average_precision / 2;
            precision_auto += rows[1].average_precision / 2;
        }
        ++tables;
    }
    ASSERT_EQ(tables, 20);
    std::printf("mean of %d tables: AUROC forest %.4f, auto %.4f; average precision forest %.4f, auto %.4f\n", tables,
                auroc_forest / tables, auroc_auto / tables, precision_forest / tables, precision_auto / tables);
    EXPECT_GE(auroc_auto / tables, auroc_forest / tables + 0.01);
    EXPECT_GE(precision_auto / tables, precision_forest / tables - 0.005);
}

}  // namespace
}  // namespace abm
