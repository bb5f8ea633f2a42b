#include "core/detect/one_class_svm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/decide/metrics.h"
#include "core/pipeline/table.h"
#include "tests/core/detector_checks.h"
#include "tests/core/feature_test_data.h"

namespace abm {
namespace {

using test::code_of;
using test::kInfinity;
using test::kNan;
using test::normal_table;

/// Parameter: rows from which on the machine is approximated; 0 always, 10,000 never in these tests.
class OneClassKinds : public testing::TestWithParam<int> {
protected:
    OneClassSvm fit(const FeatureMatrix& data) const { return OneClassSvm::fit(data, {.exact_rows = GetParam()}, {}); }
    bool exact() const { return GetParam() > 0; }
};
INSTANTIATE_TEST_SUITE_P(ExactAndFourier, OneClassKinds, testing::Values(10'000, 0),
                         [](const auto& chosen) { return chosen.param > 0 ? "Exact" : "Fourier"; });

TEST_P(OneClassKinds, RanksAPlantedOutlierFirst) {
    FeatureMatrix data = normal_table(500, 5);
    data.values.row(123).setConstant(9.0F);
    const OneClassSvm machine = fit(data);
    EXPECT_EQ(machine.exact(), exact());
    Eigen::Index first = 0;
    machine.score(data, 1, {}).maxCoeff(&first);
    EXPECT_EQ(first, 123);
}

TEST_P(OneClassKinds, LeavesAboutHalfOfTheTrainingRowsOutside) {
    const FeatureMatrix data = normal_table(2'000, 4);
    const Eigen::VectorXd scores = fit(data).score(data, 2, {});
    EXPECT_NEAR((scores.array() > 0).cast<double>().mean(), 0.5, exact() ? 0.01 : 0.04);
}

TEST_P(OneClassKinds, SurvivesSaveAndLoadBitEqual) {
    const FeatureMatrix data = normal_table(301, 5);
    test::expect_saved_and_loaded(fit(data), data);
}

TEST_P(OneClassKinds, ScoresAreTheSameForAnyThreadCountAndPlace) {
    const FeatureMatrix data = normal_table(700, 5);
    const OneClassSvm machine = fit(data);
    const Eigen::VectorXd alone = machine.score(data, 1, {});
    for (const int threads : {0, 2, 3, 7}) EXPECT_EQ(alone, fit(data).score(data, threads, {}));
    FeatureMatrix last = data;
    last.values = data.values.bottomRows(3).eval();
    EXPECT_EQ(machine.score(last, 1, {}), alone.tail(3));
}

TEST_P(OneClassKinds, ContributionsSumToWhatSetsTheRowApartFromTheMean) {
    FeatureMatrix data = normal_table(400, 5);
    data.values(7, 3) = 12.0F;
    data.values(8, 2) = kInfinity;
    data.values(9, 1) = kNan;
    const OneClassSvm machine = fit(data);
    const Eigen::VectorXd scores = machine.score(data, 1, {});
    for (Eigen::Index row = 0; row < 40; ++row)
        EXPECT_NEAR(machine.contributions(data, row).sum(), scores[row] - machine.score_of_mean(), 1e-9) << row;
    for (const auto& [row, feature] : {std::pair(7, 3), std::pair(8, 2)}) {
        Eigen::Index strongest = 0;
        machine.contributions(data, row).maxCoeff(&strongest);
        EXPECT_EQ(strongest, feature);
    }
    EXPECT_EQ(machine.contributions(data, 9)[1], 0);  // an unknown value says nothing
}

TEST_P(OneClassKinds, ToldTwoOddFeaturesFromTheRestEvenFarOut) {
    FeatureMatrix data = normal_table(400, 6);
    data.values(5, 1) = 40.0F;
    data.values(5, 4) = -40.0F;
    const Eigen::VectorXd parts = fit(data).contributions(data, 5);
    EXPECT_GT(parts[1] + parts[4], 0.8 * parts.cwiseAbs().sum());
    EXPECT_GT(parts[1], 0.2 * parts.sum());
    EXPECT_GT(parts[4], 0.2 * parts.sum());
}

TEST_P(OneClassKinds, UnknownIsTheMeanAndInfinityFarAway) {
    FeatureMatrix data = normal_table(400, 3);
    data.values(3, 2) = kNan;
    data.values(4, 2) = kInfinity;
    const OneClassSvm machine = fit(data);
    EXPECT_TRUE(machine.score(data, 1, {}).allFinite());
    FeatureMatrix rows = normal_table(2, 3, 9);
    rows.values.row(1) = rows.values.row(0);
    rows.values(0, 1) = kNan;
    rows.values(1, 1) = static_cast<float>(machine.save()["scaler"]["centre"][1].get<double>());
    const Eigen::VectorXd pair = machine.score(rows, 1, {});
    EXPECT_NEAR(pair[0], pair[1], 1e-6);
    rows.values(0, 1) = kInfinity;
    rows.values(1, 0) = -kInfinity;
    const Eigen::VectorXd far = machine.score(rows, 1, {});
    EXPECT_TRUE(far.allFinite());
    if (exact()) {  // like nothing at all: no row can be odder
        const double most = machine.save()["support_vectors"]["rho"].get<double>();
        EXPECT_EQ(far[0], most);
        EXPECT_EQ(far[1], most);
    }
}

TEST_P(OneClassKinds, StaysSaneOnTinyConstantAndRepeatedRows) {
    for (const Eigen::Index rows : {1, 2, 3, 8}) {
        const FeatureMatrix data = normal_table(rows, 4);
        EXPECT_TRUE(fit(data).score(data, 1, {}).allFinite()) << rows;
    }
    FeatureMatrix same = normal_table(100, 3);
    same.values.setConstant(4.0F);
    const OneClassSvm machine = fit(same);
    const Eigen::VectorXd scores = machine.score(same, 1, {});
    EXPECT_EQ(scores.minCoeff(), scores.maxCoeff());
    EXPECT_EQ(machine.contributions(same, 0), Eigen::VectorXd::Zero(3));
    FeatureMatrix repeated = normal_table(200, 3);
    repeated.values.bottomRows(190).rowwise() = repeated.values.row(0);
    const Eigen::VectorXd often = fit(repeated).score(repeated, 1, {});
    EXPECT_TRUE(often.allFinite());
    EXPECT_EQ(often[0], often[199]);
    EXPECT_LT(often[0], often.head(10).maxCoeff());
}

TEST_P(OneClassKinds, RefusesDamagedDocuments) {
    const Json good = fit(normal_table(60, 3)).save();
    test::expect_damage_refused(good);
    const char* part = exact() ? "support_vectors" : "fourier";
    for (const Json& wrong : {Json(0), Json(-1), Json("2"), Json(nullptr)}) {
        Json bad = good;
        bad[part]["gamma"] = wrong;
        EXPECT_EQ(code_of([&] { load_detector(bad); }), ErrorCode::Corrupt) << wrong;
    }
    Json shorter = good;
    shorter[part]["weights"].erase(0);
    EXPECT_EQ(code_of([&] { load_detector(shorter); }), ErrorCode::Corrupt);
    Json other = good;
    other["names"] = {"x", "y", "z"};
    EXPECT_EQ(code_of([&] { load_detector(other); }), ErrorCode::Mismatch);
    Json newer = good;
    newer["format"] = 2;
    EXPECT_EQ(code_of([&] { load_detector(newer); }), ErrorCode::Mismatch);
}

TEST_P(OneClassKinds, RefusesRowsOfAnotherSchemaAndStopsWhenCancelled) {
    const OneClassSvm machine = fit(normal_table(50, 3));
    FeatureMatrix renamed = normal_table(5, 3);
    renamed.names[1] = "other";
    EXPECT_EQ(code_of([&] { machine.score(renamed, 1, {}); }), ErrorCode::Mismatch);
    EXPECT_EQ(code_of([&] { machine.contributions(renamed, 0); }), ErrorCode::Mismatch);
    std::stop_source stop;
    stop.request_stop();
    const Progress cancelled(stop.get_token(), {});
    EXPECT_EQ(code_of([&] { OneClassSvm::fit(normal_table(50, 3), {.exact_rows = GetParam()}, cancelled); }),
              ErrorCode::Cancelled);
    EXPECT_EQ(code_of([&] { machine.score(normal_table(500, 3), 2, cancelled); }), ErrorCode::Cancelled);
}

TEST(OneClassSvm, StopsInTheMiddleOfTheApproximation) {
    std::stop_source stop;
    const Progress progress(stop.get_token(), [&](double fraction, std::string_view) {
        if (fraction > 0.3) stop.request_stop();
    });
    EXPECT_EQ(code_of([&] { OneClassSvm::fit(normal_table(100, 3), {.exact_rows = 0}, progress); }), ErrorCode::Cancelled);
}

TEST(OneClassSvm, RefusesBadInput) {
    const FeatureMatrix good = normal_table(50, 3);
    for (const FeatureMatrix& bad : test::tables_without_a_model(good))
        EXPECT_EQ(code_of([&] { OneClassSvm::fit(bad, {}, {}); }), ErrorCode::Invalid);
    for (const Json& bad : {Json{{"nu", 0}}, Json{{"nu", 1.1}}, Json{{"nu", "half"}}, Json{{"gamma", -1}},
                            Json{{"gamma", "auto"}}, Json{{"exact_rows", 10'001}}, Json{{"exact_rows", -1}},
                            Json{{"frequencies", 0}}, Json{{"seed", 0.5}}, Json{{"mu", 0.5}}, Json::array()})
        EXPECT_EQ(code_of([&] { fit_detector("ocsvm", bad, good, 1, {}); }), ErrorCode::Invalid) << bad;
    const Json saved = fit_detector("ocsvm", {{"gamma", 0.25}, {"exact_rows", 0}, {"frequencies", 7}}, good, 1, {})->save();
    EXPECT_EQ(saved["fourier"]["gamma"], 0.25);
    EXPECT_EQ(saved["fourier"]["weights"].size(), 14U);
    EXPECT_NEAR(fit_detector("ocsvm", {{"gamma", "scale"}}, good, 1, {})->save()["support_vectors"]["gamma"].get<double>(),
                1.0 / 3,
                1e-6);  // z-scores have variance 1
}

TEST(OneClassSvm, OneSeedGivesTheSameMachineAndAnotherAnother) {
    const FeatureMatrix data = normal_table(300, 4);
    const auto fit = [&](std::uint64_t seed) { return OneClassSvm::fit(data, {.exact_rows = 0, .seed = seed}, {}).save(); };
    EXPECT_EQ(fit(3), fit(3));
    EXPECT_NE(fit(3), fit(4));
}

std::vector<double> ranks_of(const Eigen::VectorXd& values) {
    std::vector<std::size_t> order(static_cast<std::size_t>(values.size()));
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return values[static_cast<Eigen::Index>(a)] < values[static_cast<Eigen::Index>(b)];
    });
    std::vector<double> ranks(order.size());
    for (std::size_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = static_cast<double>(rank);
    return ranks;
}

double rank_correlation(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    const auto ranks_a = ranks_of(a);
    const auto ranks_b = ranks_of(b);
    const auto n = static_cast<double>(ranks_a.size());
    double squares = 0;
    for (std::size_t at = 0; at < ranks_a.size(); ++at) squares += (ranks_a[at] - ranks_b[at]) * (ranks_a[at] - ranks_b[at]);
    return 1 - 6 * squares / (n * (n * n - 1));
}

TEST(OneClassSvm, TheApproximationOrdersRowsAsTheExactMachineDoes) {
    for (const Eigen::Index columns : {2, 8, 20}) {
        const FeatureMatrix data = normal_table(3'000, columns);
        for (const double nu : {0.1, 0.5}) {
            const Eigen::VectorXd exact = OneClassSvm::fit(data, {.nu = nu}, {}).score(data, 2, {});
            const Eigen::VectorXd near = OneClassSvm::fit(data, {.nu = nu, .exact_rows = 0}, {}).score(data, 2, {});
            EXPECT_GT(rank_correlation(exact, near), 0.94) << columns << " columns, nu " << nu;
            EXPECT_NEAR(exact.mean(), near.mean(), 0.02) << columns << " columns, nu " << nu;
        }
    }
}

TEST(OneClassSvm, RanksTheReferenceTablesAsWellAsScikitLearn) {
    const char* shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const std::filesystem::path folder = std::filesystem::path(shared) / "adbench";
    double exact = 0, near = 0, theirs = 0;
    const auto references = test::reference_figures(folder / "reference.csv", "ocsvm_auroc");
    ASSERT_EQ(references.size(), 20U);
    for (const auto& [name, auroc_there] : references) {
        const LabelledTable table = read_labelled_table(folder / (name + ".csv"), "label", {});
        const auto auroc_of = [&](const OneClassParams& params) {
            const Eigen::VectorXd scores = OneClassSvm::fit(table.features, params, {}).score(table.features, 0, {});
            return auroc({scores.data(), table.anomalous.size()}, table.anomalous);
        };
        const double ours = auroc_of({});
        EXPECT_NEAR(ours, auroc_there, 0.01) << name;  // the same solver on the same scaled columns
        exact += ours / 20;
        near += auroc_of({.exact_rows = 0}) / 20;
        theirs += auroc_there / 20;
    }
    RecordProperty("exact", std::to_string(exact));
    RecordProperty("fourier", std::to_string(near));
    std::cout << "mean AUROC: exact " << exact << ", Fourier features " << near << ", reference " << theirs << "\n";
    EXPECT_GE(exact, theirs - 0.002);
    EXPECT_GE(near, theirs - 0.01);
}

}  // namespace
}  // namespace abm
