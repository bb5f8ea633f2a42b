#include "core/features/model_document.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/decide/calibration.h"
#include "core/detect/isolation_forest.h"
#include "core/features/scaler.h"
#include "tests/core/feature_test_data.h"

namespace abm {
namespace {

Json saved_forest(int extension = 0) {
    return IsolationForest::fit(test::normal_table(60, 3), {.trees = 3, .extension = extension}, 1, {}).save();
}

ErrorCode load_problem(const Json& document) {
    try {
        load_detector(document);
    } catch (const Error& error) {
        EXPECT_FALSE(std::string(error.what()).empty());
        return error.code();
    }
    ADD_FAILURE() << "was loaded";
    return ErrorCode::Io;
}

TEST(ModelDocument, RefusesForeignAndNewerModels) {
    Json foreign = saved_forest();
    foreign["kind"] = "abacus";
    EXPECT_EQ(load_problem(foreign), ErrorCode::Mismatch);
    Json newer = saved_forest();
    newer["format"] = 2;
    EXPECT_EQ(load_problem(newer), ErrorCode::Mismatch);
    Json other_features = saved_forest();
    other_features["names"][0] = "renamed";
    EXPECT_EQ(load_problem(other_features), ErrorCode::Mismatch);
}

TEST(ModelDocument, RefusesWhatIsNotAModel) {
    EXPECT_THROW(parse_model_text("{\"kind\":"), Error);
    EXPECT_THROW(parse_model_text(""), Error);
    for (const char* text : {"[]", "{}", "3", "null", R"({"kind":7})", R"({"kind":"iforest"})",
                             R"({"kind":"iforest","format":"1"})", R"({"kind":"iforest","format":0})"})
        EXPECT_EQ(load_problem(parse_model_text(text)), ErrorCode::Corrupt) << text;
}

TEST(ModelDocument, RefusesAForestWithoutAnyOneMember) {
    for (const int extension : {0, 1}) {
        const Json good = saved_forest(extension);
        for (const auto& [name, value] : good.items()) {
            Json bad = good;
            bad.erase(name);
            EXPECT_EQ(load_problem(bad), ErrorCode::Corrupt) << name;
            bad[name] = Json::object();
            EXPECT_NE(load_problem(bad), ErrorCode::Io) << name;
        }
        for (const auto& [name, value] : good["trees"][0].items()) {
            Json bad = good;
            bad["trees"][1].erase(name);
            EXPECT_EQ(load_problem(bad), ErrorCode::Corrupt) << name;
            bad["trees"][1][name] = "text";
            EXPECT_EQ(load_problem(bad), ErrorCode::Corrupt) << name;
        }
    }
}

TEST(ModelDocument, RefusesTreesThatPointAnywhereElse) {
    const Json good = saved_forest();
    const auto broken = [&](const auto& change) {
        Json bad = good;
        change(bad["trees"][0]);
        return load_problem(bad);
    };
    EXPECT_EQ(broken([](Json& tree) { tree["features"][0] = 3; }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["features"][0] = -1; }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["features"][0] = UINT64_MAX; }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["thresholds"][0] = 1e300; }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["thresholds"][0] = nullptr; }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["thresholds"].push_back(0.5); }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["leaves"].push_back(1); }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["leaves"].erase(tree["leaves"].size() - 1); }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["leaves"].back() = 2; }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["leaves"].back() = 0; }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["leaves"] = Json::array({60}); }), ErrorCode::Corrupt);
    EXPECT_EQ(broken([](Json& tree) { tree["leaves"] = std::vector<int>(5000, 0); }), ErrorCode::Corrupt);
}

TEST(ModelDocument, RefusesForestsOfImpossibleSize) {
    Json bad = saved_forest();
    bad["trees"] = Json::array();
    EXPECT_EQ(load_problem(bad), ErrorCode::Corrupt);
    bad = saved_forest();
    bad["sample"] = 70'000;
    EXPECT_EQ(load_problem(bad), ErrorCode::Corrupt);
    bad = saved_forest();
    bad["extension"] = 3;
    EXPECT_EQ(load_problem(bad), ErrorCode::Corrupt);
    bad = saved_forest();
    bad["medians"].push_back(0.0);
    EXPECT_EQ(load_problem(bad), ErrorCode::Corrupt);
}

TEST(ModelDocument, RefusesDamagedCalibrationsAndScalers) {
    const Json calibration = Calibration::fit(Eigen::VectorXd::LinSpaced(50, 0.0, 1.0)).save();
    for (const char* name : {"reference", "threshold", "shape", "scale", "kind", "format"}) {
        Json bad = calibration;
        bad.erase(name);
        EXPECT_THROW(Calibration::load(bad), Error) << name;
    }
    for (const auto& [name, value] : std::vector<std::pair<const char*, Json>>{{"scale", 0.0},
                                                                               {"scale", -1.0},
                                                                               {"shape", -0.1},
                                                                               {"shape", 0.6},
                                                                               {"threshold", 7.0},
                                                                               {"reference", Json::array()},
                                                                               {"reference", {2.0, 1.0}},
                                                                               {"format", 2},
                                                                               {"kind", "iforest"}}) {
        Json bad = calibration;
        bad[name] = value;
        EXPECT_THROW(Calibration::load(bad), Error) << name << " = " << value;
    }
    Json scaler = Scaler::fit(test::normal_table(20, 3), Scaling::robust).save();
    EXPECT_THROW(Scaler::load(calibration), Error);
    scaler["scale"][1] = 0.0;
    EXPECT_THROW(Scaler::load(scaler), Error);
}

}  // namespace
}  // namespace abm
