// Detectors saved by the first version that could: every later one must load them and score alike.
#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "core/detect/detector.h"
#include "tests/core/small_model.h"
#include "tests/core/source_folder.h"

namespace abm {
namespace {

FeatureMatrix rows_of(const Json& golden) {
    FeatureMatrix rows;
    rows.names = golden.at("names").get<std::vector<std::string>>();
    rows.values.resize(static_cast<Eigen::Index>(golden.at("rows").size()), static_cast<Eigen::Index>(rows.names.size()));
    for (Eigen::Index row = 0; row < rows.values.rows(); ++row) {
        for (Eigen::Index column = 0; column < rows.values.cols(); ++column) {
            const Json& value = golden.at("rows").at(static_cast<std::size_t>(row)).at(static_cast<std::size_t>(column));
            rows.values(row, column) = value.is_null() ? std::numeric_limits<float>::quiet_NaN() : value.get<float>();
        }
    }
    return rows;
}

TEST(GoldenDetectors, OfEveryKindLoadAndScoreAlike) {
    std::ifstream file(test::source_folder() / "tests/data/detectors-1.json", std::ios::binary);
    const Json golden = Json::parse(file);
    const FeatureMatrix rows = rows_of(golden);
    const TokenSequences sequences = test::small_table(rows.values.rows()).sequences;
    std::set<std::string> kinds;
    for (const Json& one : golden.at("detectors")) {
        const auto detector = load_detector(one.at("model"));
        const Eigen::VectorXd scores = detector->score(Dataset(rows, &sequences), 1, {});
        const auto expected = one.at("scores").get<std::vector<double>>();
        ASSERT_EQ(static_cast<std::size_t>(scores.size()), expected.size());
        for (std::size_t row = 0; row < expected.size(); ++row)
            EXPECT_NEAR(scores[static_cast<Eigen::Index>(row)], expected[row], 1e-9 * std::max(1.0, std::abs(expected[row])))
                << one.at("kind") << ", row " << row;
        EXPECT_EQ(load_detector(detector->save())->score(Dataset(rows, &sequences), 1, {}), scores) << one.at("kind");
        kinds.insert(one.at("kind").get<std::string>());
    }
    EXPECT_EQ(kinds,
              (std::set<std::string>{"classifier", "dbscan", "feedback", "iforest", "knn", "lof", "ocsvm", "sequence", "stats"}));
}

}  // namespace
}  // namespace abm
