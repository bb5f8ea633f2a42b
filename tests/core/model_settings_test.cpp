#include "core/pipeline/model_settings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/detect/detector.h"
#include "core/pipeline/evaluate.h"
#include "core/pipeline/model_set.h"
#include "core/pipeline/score.h"
#include "tests/core/small_model.h"

namespace abm {
namespace {

using test::session_rows;
using Texts = std::vector<std::string>;

ModelSettings chosen(const Texts& detectors, const Texts& params = {}) { return chosen_settings({}, detectors, params); }

std::string settings_refusal(const Texts& detectors, const Texts& params) {
    try {
        chosen(detectors, params);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Invalid);
        return error.what();
    }
    return {};
}

TEST(DetectorInfo, DefaultsAndLimitsAreThoseOfTheDetectors) {
    const FeatureMatrix rows = session_rows(60);
    for (const DetectorInfo& info : detector_infos()) {
        if (info.labels || info.kind == "sequence") continue;  // these look at more than rows of features
        for (const ParamInfo& param : info.params) {
            const auto value_fits = [&](double value) {
                const ParamTexts text{{std::string(param.name), std::to_string(static_cast<std::int64_t>(value))}};
                return fit_detector(info.kind, detector_params(info.kind, text, 1), rows, 1, {}) != nullptr;
            };
            if (!param.words.empty() || param.decimals > 0 || param.name == "extension") continue;
            EXPECT_TRUE(value_fits(param.absent)) << info.kind << '.' << param.name;
            EXPECT_TRUE(value_fits(param.least)) << info.kind << '.' << param.name;
            EXPECT_THROW(detector_params(info.kind, {{std::string(param.name), std::to_string(param.least - 1)}}), Error);
            EXPECT_THROW(detector_params(info.kind, {{std::string(param.name), std::to_string(param.most + 1)}}), Error);
        }
        // What is said to be the default is what the detector does when nothing is said.
        ParamTexts spelled;
        for (const ParamInfo& param : info.params) {
            const std::string absent = param.words.empty() ? std::to_string(param.absent) : std::string(param.words.front());
            spelled[std::string(param.name)] = absent;
        }
        const auto scores = [&](const ParamTexts& texts) {
            return Eigen::VectorXd(
                fit_detector(info.kind, detector_params(info.kind, texts, 1), rows, 1, {})->score(rows, 1, {}));
        };
        EXPECT_EQ(scores(spelled), scores({})) << info.kind;
    }
}

TEST(ModelSettings, NamesAndParametersChooseThem) {
    EXPECT_EQ(chosen({}), ModelSettings());
    EXPECT_EQ(chosen({"auto"}), ModelSettings());
    const ModelSettings alone = chosen({"lof"}, {"lof.k=7"});
    EXPECT_FALSE(alone.forest);
    ASSERT_EQ(alone.channels.size(), 1U);
    EXPECT_EQ(alone.channels[0].params.at("k"), "7");
    const ModelSettings more = chosen({"ocsvm", "auto"}, {"ocsvm.weight=0.5", "iforest.trees=50"});
    EXPECT_TRUE(more.forest);
    EXPECT_EQ(settings_text(more), "iforest (trees 50); stats; knn; sequence; ocsvm (weight 0.5)");
    EXPECT_EQ(chosen_settings(more, {}, Texts{"knn.k=9"}).channels[1].params.at("k"), "9");
    EXPECT_EQ(chosen_settings(more, Texts{"auto"}, {}), ModelSettings());  // who names one starts afresh
}

TEST(ModelSettings, RefusalsSayWhatIsWrongAndWhatIsAllowed) {
    EXPECT_NE(settings_refusal({}, {"knn.k=0"}).find("whole numbers from 1 to 1000"), std::string::npos);
    EXPECT_NE(settings_refusal({}, {"knn.k=many"}).find("\"many\""), std::string::npos);
    EXPECT_NE(settings_refusal({}, {"knn.kk=3"}).find("no parameter \"kk\""), std::string::npos);
    EXPECT_NE(settings_refusal({}, {"lof.k=3"}).find("--detector lof"), std::string::npos);
    EXPECT_NE(settings_refusal({}, {"k=3"}).find("DETECTOR.NAME=VALUE"), std::string::npos);
    EXPECT_NE(settings_refusal({}, {"knn.weight=11"}).find("0 to 10"), std::string::npos);
    EXPECT_NE(settings_refusal({}, {"iforest.weight=1"}).find("no weight"), std::string::npos);
    EXPECT_NE(settings_refusal({"classifier"}, {}).find("labels"), std::string::npos);
    EXPECT_NE(settings_refusal({"knnn"}, {}).find("did you mean \"knn\""), std::string::npos);
    EXPECT_NE(settings_refusal({"knn"}, {"knn.weight=0"}).find("every weight is 0"), std::string::npos);
    EXPECT_NE(settings_refusal({"stats"}, {"stats.scaling=minmax"}).find("robust, z_score"), std::string::npos);
    EXPECT_THROW(check_settings_to_keep(chosen({"lof"})), Error);
    EXPECT_THROW(check_settings_to_keep(chosen({"auto"}, {"knn.reference=0"})), Error);
}

JournalModel fitted(const FeatureMatrix& rows, const ModelSettings& settings) {
    const std::vector<MachineIndex> machines(static_cast<std::size_t>(rows.rows()));
    return fit_journal_model(rows, machines, {"m"}, 3, 1, {}, settings);
}

std::vector<Eigen::Index> order_of(const Eigen::VectorXd& scores) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(scores.size()));
    for (std::size_t at = 0; at < order.size(); ++at) order[at] = static_cast<Eigen::Index>(at);
    std::ranges::stable_sort(order, [&](auto a, auto b) { return scores[a] > scores[b]; });
    return order;
}

TEST(ModelSettings, ADetectorAloneKeepsItsOwnOrder) {
    const FeatureMatrix rows = session_rows(300);
    for (const std::string_view kind : channel_kinds()) {
        if (kind == "sequence") continue;  // of rows of features it has nothing to say
        const JournalModel model = fitted(rows, chosen({std::string(kind)}));
        const Eigen::VectorXd own =
            fit_detector(kind, detector_params(kind, usual_channel(kind).params, 3), rows, 1, {})->score(rows, 1, {});
        const Eigen::VectorXd raised = raised_scores(model, rows, model.forest.score(rows, 1, {}), 1, {});
        std::vector<bool> odd(300);
        for (std::size_t row = 0; row < odd.size(); ++row) odd[row] = row % 10 == 9;
        // The tails of a calibration may tie what the detector tells apart, never turn it round.
        for (Eigen::Index a = 0; a < 300; ++a) {
            for (Eigen::Index b = 0; b < 300; ++b) EXPECT_FALSE(own[a] > own[b] && raised[a] < raised[b]) << kind;
        }
        EXPECT_EQ(order_of(own).front(), order_of(raised).front()) << kind;
        const Explanation why = [&] {
            Investigation all;
            all.machines = {"m"};
            all.sources.resize(1);
            Record record;
            record.feature_row = 0;
            all.records.push_back(record);
            all.features = rows;
            ModelSet models;
            models.parts.push_back(std::make_shared<const JournalModel>(model));
            return explain_record(all, &models, RecordIndex{0});
        }();
        EXPECT_TRUE(why.contributions.empty()) << kind;  // the forest was not asked
        EXPECT_EQ(why.deviations, 0) << kind;
        ASSERT_EQ(why.channels.size(), 1U) << kind;
        EXPECT_NEAR(why.raised, why.channels[0].lift, 1e-9) << kind;
    }
}

TEST(ModelSettings, AreKeptInTheModelDocument) {
    const FeatureMatrix rows = session_rows(80);
    const Texts everything{"iforest", "stats", "knn", "lof", "dbscan", "ocsvm"};
    const ModelSettings settings =
        chosen(everything, {"iforest.trees=20", "iforest.extension=1", "knn.k=3", "lof.weight=0.25", "ocsvm.nu=0.1"});
    ModelSet models;
    models.parts.push_back(std::make_shared<const JournalModel>(fitted(rows, settings)));
    const ModelSet again = load_models(save_models(models));
    EXPECT_EQ(again.settings(), settings);
    const auto evidence = [&](const ModelSet& of) { return score_records(rows, *of.parts[0], 1, {}); };
    for (std::size_t row = 0; row < 80; ++row) EXPECT_EQ(evidence(again)[row].surprise, evidence(models)[row].surprise) << row;
    EXPECT_THROW(load_settings(Json{{"forest", true}, {"params", {{"trees", "0"}}}, {"channels", Json::array()}}), Error);
    EXPECT_THROW(load_settings(Json{{"forest", 1}, {"params", Json::object()}, {"channels", Json::array()}}), Error);
}

TEST(Evaluate, DetectorsThatLearnAreJudgedOnFoldsTheyWereNotGiven) {
    // Labels that follow nothing cannot be learned; one that had seen them would seem to know them.
    LabelledTable table{session_rows(400), std::vector<bool>(400)};
    for (std::size_t row = 0; row < 400; ++row) table.anomalous[row] = (row * 2'654'435'761U) % 97 < 24;
    const Texts names{"classifier", "feedback"};
    for (const DetectorFigures& figures : evaluate_detectors(table, names, 1, 1, {})) {
        EXPECT_GT(figures.auroc, 0.35) << figures.detector;
        EXPECT_LT(figures.auroc, 0.65) << figures.detector;
    }
    // And those that follow a feature can.
    for (std::size_t row = 0; row < 400; ++row)
        table.anomalous[row] = table.features.values(static_cast<Eigen::Index>(row), 20) > 0.8F;
    const auto figures = evaluate_detectors(table, names, 1, 1, {});
    ASSERT_EQ(figures.size(), 3U);
    EXPECT_GT(figures[0].auroc, 0.9);
    EXPECT_GT(figures[1].auroc, figures[2].auroc + 0.1);
    EXPECT_EQ(evaluate_detectors(table, names, 1, 3, {})[0].auroc, figures[0].auroc);
}

TEST(Evaluate, ParametersChangeTheirDetectorAndAuto) {
    LabelledTable table{session_rows(400), std::vector<bool>(400)};
    for (std::size_t row = 0; row < 400; ++row) table.anomalous[row] = row % 10 == 9;
    const Texts names{"knn"};
    const auto usual = evaluate_detectors(table, names, 1, 1, {});
    const auto wide = evaluate_detectors(table, names, 1, 1, {}, Texts{"knn.k=200"});
    EXPECT_NE(usual[0].auroc, wide[0].auroc);
    EXPECT_NE(usual[1].average_precision, wide[1].average_precision);
    EXPECT_THROW(evaluate_detectors(table, names, 1, 1, {}, Texts{"lof.k=5"}), Error);
    EXPECT_THROW(evaluate_detectors(table, names, 1, 1, {}, Texts{"knn.k=5000"}), Error);
}

}  // namespace
}  // namespace abm
