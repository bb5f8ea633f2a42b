// What knn, lof, dbscan and stats owe whoever uses them as detectors.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/detect/detector.h"
#include "tests/core/detector_checks.h"
#include "tests/core/feature_test_data.h"

namespace abm {
namespace {

using test::code_of;
using test::kInfinity;
using test::kNan;
using test::normal_table;

std::string message_of(const auto& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

class DistanceDetectors : public testing::TestWithParam<const char*> {
protected:
    bool draws() const { return std::string(GetParam()) != "stats"; }
    std::unique_ptr<const Detector> fit(const FeatureMatrix& data, int threads = 1, const Json& params = {}) const {
        return fit_detector(GetParam(), params, data, threads, {});
    }
    Json saved() const { return fit(normal_table(60, 3))->save(); }
};
INSTANTIATE_TEST_SUITE_P(All, DistanceDetectors, testing::Values("knn", "lof", "dbscan", "stats"),
                         [](const auto& kind) { return std::string(kind.param); });

TEST_P(DistanceDetectors, RankAPlantedOutlierFirst) {
    for (const Eigen::Index columns : {2, 5, 15}) {
        FeatureMatrix data = normal_table(500, columns);
        data.values.row(123).setConstant(9.0F);
        Eigen::Index first = 0;
        fit(data)->score(data, 1, {}).maxCoeff(&first);
        EXPECT_EQ(first, 123);
    }
}

TEST_P(DistanceDetectors, SurviveSaveAndLoadBitEqual) {
    const FeatureMatrix data = normal_table(301, 12);
    const FeatureMatrix fresh = normal_table(40, 12, 99);
    const auto detector = draws() ? fit(data, 1, {{"reference", 100}, {"seed", UINT64_MAX}}) : fit(data);
    const auto loaded = load_detector(parse_model_text(detector->save().dump()));
    EXPECT_EQ(detector->score(data, 1, {}), loaded->score(data, 1, {}));
    EXPECT_EQ(detector->score(fresh, 1, {}), loaded->score(fresh, 1, {}));
    EXPECT_EQ(detector->contributions(fresh, 7), loaded->contributions(fresh, 7));
    EXPECT_EQ(detector->save(), loaded->save());
}

TEST_P(DistanceDetectors, EqualSeedsAndAnyThreadCountScoreBitEqual) {
    const FeatureMatrix data = normal_table(3000, 12);
    const Json params = draws() ? Json{{"reference", 500}} : Json::object();
    const Eigen::VectorXd alone = fit(data, 1, params)->score(data, 1, {});
    for (const int threads : {0, 2, 5}) EXPECT_EQ(alone, fit(data, threads, params)->score(data, threads, {}));
    if (!draws()) return;
    const Json other{{"reference", 500}, {"seed", 2}};
    EXPECT_NE(alone, fit(data, 1, other)->score(data, 1, {}));
}

TEST_P(DistanceDetectors, ContributionsSumToTheMarginAndPointAtTheOddFeature) {
    FeatureMatrix data = normal_table(400, 10);
    data.values(7, 4) = 25.0F;
    const auto detector = fit(data);
    const Eigen::VectorXd scores = detector->score(data, 1, {});
    const double ordinary = std::string(GetParam()) == "lof" ? 1.0 : 0.0;
    for (Eigen::Index row = 0; row < 50; ++row) {
        const Eigen::VectorXd parts = detector->contributions(data, row);
        ASSERT_EQ(parts.size(), 10);
        EXPECT_NEAR(parts.sum(), scores[row] - ordinary, 1e-9) << row;
    }
    Eigen::Index strongest = 0;
    detector->contributions(data, 7).maxCoeff(&strongest);
    EXPECT_EQ(strongest, 4);
}

TEST_P(DistanceDetectors, TakeUnknownInfiniteAndConstantValues) {
    FeatureMatrix data = normal_table(400, 4);
    data.values.col(1).setConstant(3.0F);
    data.values(3, 2) = kNan;
    data.values(4, 2) = kInfinity;
    data.values(5, 0) = -kInfinity;
    const auto detector = fit(data);
    EXPECT_TRUE(detector->score(data, 1, {}).allFinite());
    FeatureMatrix rows = normal_table(4, 4, 5);
    for (Eigen::Index row = 1; row < 4; ++row) rows.values.row(row) = rows.values.row(0);
    rows.values(0, 1) = -70.0F;  // what stands in a constant column says nothing
    rows.values(1, 1) = kNan;
    rows.values(2, 0) = kInfinity;
    rows.values(3, 0) = 1e30F;
    const Eigen::VectorXd scores = detector->score(rows, 1, {});
    EXPECT_TRUE(scores.allFinite());
    EXPECT_EQ(scores[0], scores[1]);
    EXPECT_EQ(scores[2], scores[3]);
    EXPECT_GT(scores[2], scores[0]);
    EXPECT_EQ(detector->contributions(rows, 0)[1], 0.0);
    EXPECT_TRUE(detector->contributions(rows, 2).allFinite());
}

TEST_P(DistanceDetectors, StaySaneOnDuplicatesAndTinyTables) {
    for (const Eigen::Index count : {1, 2, 3, 30}) {
        for (const bool equal : {false, true}) {
            FeatureMatrix data = normal_table(count, 4);
            if (equal) data.values.rowwise() = data.values.row(0).eval();
            const auto detector = fit(data);
            EXPECT_TRUE(detector->score(data, 1, {}).allFinite()) << count;
            EXPECT_TRUE(detector->score(normal_table(9, 4, 8), 1, {}).allFinite()) << count;
            EXPECT_TRUE(detector->contributions(data, 0).allFinite()) << count;
            EXPECT_EQ(load_detector(detector->save())->score(data, 1, {}), detector->score(data, 1, {}));
        }
    }
    FeatureMatrix mostly = normal_table(200, 12);
    for (Eigen::Index row = 50; row < 200; ++row) mostly.values.row(row) = mostly.values.row(0);
    EXPECT_TRUE(fit(mostly)->score(mostly, 1, {}).allFinite());
    EXPECT_EQ(fit(mostly)->score(normal_table(0, 12), 1, {}).size(), 0);
}

TEST_P(DistanceDetectors, RefuseBadInput) {
    const FeatureMatrix good = normal_table(50, 3);
    for (const FeatureMatrix& bad : test::tables_without_a_model(good)) EXPECT_EQ(code_of([&] { fit(bad); }), ErrorCode::Invalid);
    const std::string unasked = message_of([&] { fit(good, 1, {{"neighbors", 5}}); });
    EXPECT_NE(unasked.find("\"neighbors\" of " + std::string(GetParam())), std::string::npos) << unasked;
    EXPECT_EQ(code_of([&] { fit(good, 1, Json::array({1})); }), ErrorCode::Invalid);
    FeatureMatrix renamed = good;
    renamed.names[1] = "other";
    const auto detector = fit(good);
    for (const FeatureMatrix& other : {renamed, normal_table(5, 4)}) {
        EXPECT_EQ(code_of([&] { detector->score(other, 1, {}); }), ErrorCode::Mismatch);
        EXPECT_EQ(code_of([&] { detector->contributions(other, 0); }), ErrorCode::Mismatch);
    }
}

TEST(DetectorParameters, AreRefusedWhenImpossible) {
    const FeatureMatrix good = normal_table(50, 3);
    for (const auto& [kind, params] : std::vector<std::pair<const char*, Json>>{{"knn", {{"k", 0}}},
                                                                                {"knn", {{"k", 1001}}},
                                                                                {"knn", {{"k", 2.5}}},
                                                                                {"knn", {{"reference", -1}}},
                                                                                {"knn", {{"seed", "one"}}},
                                                                                {"lof", {{"k", UINT64_MAX}}},
                                                                                {"lof", {{"k", "many"}}},
                                                                                {"dbscan", {{"eps", 0}}},
                                                                                {"dbscan", {{"eps", -0.5}}},
                                                                                {"dbscan", {{"eps", nullptr}}},
                                                                                {"dbscan", {{"eps", 1e-6}}},  // no core point
                                                                                {"dbscan", {{"min_samples", 0}}},
                                                                                {"stats", {{"scaling", "minmax"}}},
                                                                                {"stats", {{"scaling", 1}}}})
        EXPECT_EQ(code_of([&] { fit_detector(kind, params, good, 1, {}); }), ErrorCode::Invalid) << kind << params;
}

TEST_P(DistanceDetectors, StopWhenCancelled) {
    std::stop_source stop;
    stop.request_stop();
    const Progress cancelled(stop.get_token(), {});
    const FeatureMatrix data = normal_table(300, 12);
    const auto detector = fit(data);
    EXPECT_EQ(code_of([&] { fit_detector(GetParam(), {}, data, 2, cancelled); }), ErrorCode::Cancelled);
    EXPECT_EQ(code_of([&] { detector->score(data, 2, cancelled); }), ErrorCode::Cancelled);
}

TEST_P(DistanceDetectors, StopInTheMiddleWhenCancelled) {
    if (!draws()) GTEST_SKIP() << "one pass over the rows has no middle";
    const FeatureMatrix data = normal_table(2000, 12);
    const auto detector = fit(data);
    // Of two threads the one that reports may get to do the first rows only.
    for (const auto& [threads, behind] : {std::pair(1, 0.3), std::pair(2, -1.0)}) {
        std::stop_source stop;
        const Progress progress(stop.get_token(), [&stop, behind = behind](double fraction, std::string_view) {
            if (fraction > behind) stop.request_stop();
        });
        EXPECT_EQ(code_of([&, threads = threads] { detector->score(normal_table(5000, 12, 3), threads, progress); }),
                  ErrorCode::Cancelled);
    }
}

/// Every number, list and text of a document, one at a time.
void for_every_place(const Json& document, const auto& visit) {
    const Json places = document.flatten();  // items() refers to it
    for (const auto& [place, value] : places.items()) visit(Json::json_pointer(place));
}

TEST_P(DistanceDetectors, RefuseDamagedNewerAndForeignDocuments) {
    const Json good = saved();
    Json newer = good;
    newer["format"] = 2;
    EXPECT_EQ(code_of([&] { load_detector(newer); }), ErrorCode::Mismatch);
    Json foreign = good;
    foreign["kind"] = "abacus";
    EXPECT_EQ(code_of([&] { load_detector(foreign); }), ErrorCode::Mismatch);
    for (const auto& [name, value] : good.items()) {
        Json bad = good;
        bad.erase(name);
        EXPECT_EQ(code_of([&] { load_detector(bad); }), ErrorCode::Corrupt) << name;
    }
    for_every_place(good, [&](const Json::json_pointer& place) {
        Json bad = good;
        for (const Json& wrong : {Json(nullptr), Json(Json::array({Json::object()})), Json(Json::object())}) {
            bad[place] = wrong;
            EXPECT_NE(code_of([&] { load_detector(bad); }), ErrorCode::Io) << place;
        }
    });
}

TEST_P(DistanceDetectors, RefusePartsThatDoNotFitTogether) {
    const Json good = saved();
    for (const auto& [place, value] : std::vector<std::pair<const char*, Json>>{{"/reference/values/0", 1e300},
                                                                                {"/reference/values/0", 0.1},
                                                                                {"/reference/values/0", 2e6},
                                                                                {"/reference/values/180", 1.0},
                                                                                {"/reference/count", 59},
                                                                                {"/reference/count", 0},
                                                                                {"/reference/columns/used/2", 1},
                                                                                {"/reference/columns/used/2", 3},
                                                                                {"/reference/columns/used/2", -1},
                                                                                {"/core/values/0", 0.1},
                                                                                {"/core/count", 3},
                                                                                {"/clusters/0", -1},
                                                                                {"/clusters/0", 60},
                                                                                {"/eps", -1.0},
                                                                                {"/eps", 1e300},
                                                                                {"/min_samples", 0},
                                                                                {"/k", 0},
                                                                                {"/k", 1001},
                                                                                {"/reaches/60", 1.0},
                                                                                {"/densities/0", -1.0},
                                                                                {"/factors/0", 1e300},
                                                                                {"/columns/used/2", 1},
                                                                                {"/columns/scaler/scale/0", 0.0},
                                                                                {"/columns/names/3", "more"},
                                                                                {"/scaling", "none"},
                                                                                {"/reference/columns/names/3", ""}}) {
        const Json::json_pointer pointer(place);
        if (!good.contains(Json::json_pointer(place).parent_pointer())) continue;
        const bool list = good[pointer.parent_pointer()].is_array();
        if (!list && !good.contains(pointer)) continue;
        Json bad = good;
        if (list && !good.contains(pointer))
            bad[pointer.parent_pointer()].push_back(value);
        else
            bad[pointer] = value;
        EXPECT_EQ(code_of([&] { load_detector(bad); }), ErrorCode::Corrupt) << place << " " << value;
    }
}

}  // namespace
}  // namespace abm
