// knn, lof and dbscan against the definitions, and against scikit-learn where its figures are at hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/decide/metrics.h"
#include "core/detect/dbscan_detector.h"
#include "core/detect/knn_detector.h"
#include "core/detect/lof_detector.h"
#include "core/pipeline/table.h"
#include "tests/core/csv_rows.h"
#include "tests/core/feature_test_data.h"
#include "tests/core/source_folder.h"

namespace abm {
namespace {

using test::normal_table;

/// Plain double arithmetic on raw tables, sharing no code with the detectors.
class Oracle {
public:
    Oracle(const FeatureMatrix& training, std::size_t k) : training_(training.values.cast<double>()), k_(k) {
        mean_ = training_.colwise().mean();
        deviation_ = (training_.rowwise() - mean_).array().square().colwise().mean().sqrt();
        for (Eigen::Index row = 0; row < training_.rows(); ++row) reach_.push_back(nearest(training_.row(row), row).back().first);
        for (Eigen::Index row = 0; row < training_.rows(); ++row) density_.push_back(density(nearest(training_.row(row), row)));
    }

    /// (distance, row), nearest first; own: never its own neighbour, -1 for a fresh row.
    std::vector<std::pair<double, std::size_t>> nearest(const Eigen::RowVectorXd& query, Eigen::Index own) const {
        std::vector<std::pair<double, std::size_t>> all;
        for (Eigen::Index row = 0; row < training_.rows(); ++row) {
            const double apart = ((training_.row(row) - query).array() / deviation_).matrix().norm();
            if (row != own) all.emplace_back(apart, static_cast<std::size_t>(row));
        }
        std::sort(all.begin(), all.end());
        all.resize(std::min(k_, all.size()));
        return all;
    }
    double density(const std::vector<std::pair<double, std::size_t>>& neighbours) const {
        double sum = 0;
        for (const auto& [apart, row] : neighbours) sum += std::max(apart, reach_[row]);
        return static_cast<double>(neighbours.size()) / sum;
    }
    double lof(const Eigen::RowVectorXd& query, Eigen::Index own) const {
        const auto neighbours = nearest(query, own);
        double sum = 0;
        for (const auto& [apart, row] : neighbours) sum += density_[row];
        return sum / static_cast<double>(neighbours.size()) / density(neighbours);
    }

private:
    Eigen::MatrixXd training_;
    std::size_t k_;
    Eigen::RowVectorXd mean_;
    Eigen::Array<double, 1, Eigen::Dynamic> deviation_;
    std::vector<double> reach_;
    std::vector<double> density_;
};

TEST(KnnDetector, IsTheDistanceToTheKthOtherRow) {
    for (const Eigen::Index columns : {3, 11}) {
        const FeatureMatrix data = normal_table(150, columns);
        const FeatureMatrix fresh = normal_table(30, columns, 9);
        const Oracle oracle(data, 4);
        const KnnDetector knn = KnnDetector::fit(data, {.k = 4}, {});
        const Eigen::VectorXd trained = knn.score(data, 1, {});
        const Eigen::VectorXd scores = knn.score(fresh, 1, {});
        for (Eigen::Index row = 0; row < data.rows(); ++row)
            EXPECT_NEAR(trained[row], oracle.nearest(data.values.row(row).cast<double>(), row).back().first, 1e-5);
        for (Eigen::Index row = 0; row < fresh.rows(); ++row)
            EXPECT_NEAR(scores[row], oracle.nearest(fresh.values.row(row).cast<double>(), -1).back().first, 1e-5);
    }
}

TEST(LofDetector, IsTheRatioOfDensitiesOfItsDefinition) {
    for (const Eigen::Index columns : {3, 11}) {
        const FeatureMatrix data = normal_table(150, columns);
        const FeatureMatrix fresh = normal_table(30, columns, 9);
        const Oracle oracle(data, 10);
        const LofDetector lof = LofDetector::fit(data, {.k = 10}, 1, {});
        const Eigen::VectorXd trained = lof.score(data, 1, {});
        const Eigen::VectorXd scores = lof.score(fresh, 1, {});
        for (Eigen::Index row = 0; row < data.rows(); ++row)
            EXPECT_NEAR(trained[row], oracle.lof(data.values.row(row).cast<double>(), row), 1e-5);
        for (Eigen::Index row = 0; row < fresh.rows(); ++row)
            EXPECT_NEAR(scores[row], oracle.lof(fresh.values.row(row).cast<double>(), -1), 1e-5);
    }
}

TEST(LofDetector, SeesWhatDistanceAloneDoesNot) {
    FeatureMatrix data = normal_table(400, 2);
    data.values.topRows(200) *= 0.01F;  // dense beside sparse
    data.values.bottomRows(200).array() += 50.0F;
    data.values.row(0) = Eigen::RowVector2f(0.3F, 0.3F);  // near, but far for the dense half
    Eigen::Index first = 0;
    LofDetector::fit(data, {}, 1, {}).score(data, 1, {}).maxCoeff(&first);
    EXPECT_EQ(first, 0);
    KnnDetector::fit(data, {}, {}).score(data, 1, {}).maxCoeff(&first);
    EXPECT_NE(first, 0);
}

TEST(KnnDetector, ASampleComparesWithThatManyRows) {
    const FeatureMatrix data = normal_table(2000, 10);
    const auto detector = fit_detector("knn", {{"reference", 300}}, data, 1, {});
    EXPECT_EQ(detector->save()["reference"]["count"], 300);
    EXPECT_EQ(fit_detector("knn", {{"reference", 0}}, data, 1, {})->save()["reference"]["count"], 2000);
    const Eigen::VectorXd sampled = detector->score(data, 1, {});
    const Eigen::VectorXd whole = KnnDetector::fit(data, {}, {}).score(data, 1, {});
    EXPECT_TRUE((sampled.array() >= whole.array() - 1e-12).all());  // fewer rows are never nearer
}

/// tests/data/dbscan_labels.py makes the same rows, and from them the labels of scikit-learn.
FeatureMatrix two_moons_and_dust(Eigen::Index columns) {
    std::uint32_t state = 12345;
    const auto draw = [&] { return static_cast<float>((state = state * 1664525u + 1013904223u) >> 16) / 65536.0F; };
    FeatureMatrix data = normal_table(600, columns);  // for its names
    for (Eigen::Index row = 0; row < 600; ++row) {
        const float along = draw();
        for (Eigen::Index column = 0; column < columns; ++column) data.values(row, column) = 0.1F * (draw() + draw());
        const float side = row % 2 == 0 ? 1.0F : -1.0F;
        data.values(row, 0) += 2 * along + (row % 2 == 0 ? 0.0F : 1.0F);
        data.values(row, 1) += side * 4 * along * (1 - along) - (row % 2 == 0 ? 0.0F : -0.4F);
        if (row % 15 == 0) {
            for (Eigen::Index column = 0; column < columns; ++column) data.values(row, column) = 4 * draw() - 1;
        }
    }
    return data;
}

TEST(DbscanDetector, LabelsTheTrainingRowsAsScikitLearnDoes) {
    std::ifstream file(test::source_folder() / "tests/data/dbscan_labels.txt");
    std::string line;
    int cases = 0;
    while (std::getline(file, line)) {
        if (line.starts_with("#")) continue;
        std::istringstream words(line);
        Eigen::Index columns = 0;
        DbscanParams params{.reference = 0};
        words >> columns >> params.eps >> params.min_samples;
        std::vector<int> theirs(std::istream_iterator<int>(words), {});
        ASSERT_EQ(theirs.size(), 600U);
        const FeatureMatrix data = two_moons_and_dust(columns);
        const DbscanDetector dbscan = DbscanDetector::fit(data, params, 2, {});
        EXPECT_EQ(dbscan.labels(data, 2, {}), theirs) << line.substr(0, 20);
        EXPECT_EQ(dbscan.clusters(), *std::max_element(theirs.begin(), theirs.end()) + 1);
        ++cases;
    }
    EXPECT_EQ(cases, 6);
}

TEST(DbscanDetector, ScoresAreTheDistanceToTheNearestCorePoint) {
    const FeatureMatrix data = two_moons_and_dust(3);
    const DbscanDetector dbscan = DbscanDetector::fit(data, {.eps = 0.3, .min_samples = 5}, 1, {});
    const std::vector<int> labels = dbscan.labels(data, 1, {});
    const Eigen::VectorXd scores = dbscan.score(data, 1, {});
    for (std::size_t row = 0; row < labels.size(); ++row) {
        if (labels[row] == DbscanDetector::kNoise)
            EXPECT_GT(scores[static_cast<Eigen::Index>(row)], 0.3);
        else
            EXPECT_LE(scores[static_cast<Eigen::Index>(row)], 0.3 + 1e-9);
    }
    EXPECT_GT(std::count(labels.begin(), labels.end(), DbscanDetector::kNoise), 10);
}

TEST(DbscanDetector, ItsOwnEpsMakesNineOfTenRowsCorePoints) {
    const FeatureMatrix data = two_moons_and_dust(3);
    const DbscanDetector dbscan = DbscanDetector::fit(data, {}, 1, {});
    EXPECT_EQ(dbscan.save()["core"]["count"], 540);
    EXPECT_GT(dbscan.eps(), 0);
    const DbscanDetector again = DbscanDetector::fit(data, {.eps = dbscan.eps()}, 1, {});
    EXPECT_EQ(again.save(), dbscan.save());
}

TEST(NeighbourScores, RankTheReferenceTablesAsWellAsScikitLearn) {
    const char* shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const std::filesystem::path folder = std::filesystem::path(shared) / "adbench";
    std::map<std::string, double> ours;
    std::map<std::string, double> theirs;
    int tables = 0;
    for (const auto& reference : test::read_csv(folder / "reference.csv")) {
        const LabelledTable table = read_labelled_table(folder / (reference.at("dataset") + ".csv"), "label", {});
        for (const char* kind : {"knn", "lof"}) {
            const auto detector = fit_detector(kind, {{"reference", 0}}, table.features, 0, {});
            const Eigen::VectorXd scores = detector->score(table.features, 0, {});
            const double area = auroc({scores.data(), table.anomalous.size()}, table.anomalous);
            const double mark = std::stod(reference.at(std::string(kind) + "_auroc"));
            EXPECT_NEAR(area, mark, 0.03) << kind << " on " << reference.at("dataset");
            ours[kind] += area;
            theirs[kind] += mark;
        }
        ++tables;
    }
    ASSERT_EQ(tables, 20);
    for (const char* kind : {"knn", "lof"}) EXPECT_GE(ours[kind] / tables, theirs[kind] / tables - 0.01) << kind;
}

}  // namespace
}  // namespace abm
