// Every kind of detector explains: parts that sum to what its header promises, pointing at what is odd, the same once loaded.
#include <nlohmann/json.hpp>

#include "core/detect/classifier.h"
#include "core/detect/isolation_forest.h"
#include "core/detect/one_class_svm.h"
#include "tests/core/detector_checks.h"
#include "tests/core/feature_test_data.h"

namespace abm {
namespace {

constexpr Eigen::Index kTableRows = 400;
constexpr Eigen::Index kOdd = 37, kOddColumn = 3;

/// One value of row 37 is far out, and things happen in another order in it. Experts called ten rows like it anomalies.
struct OddWorld {
    OddWorld() : features(test::normal_table(kTableRows, 5)) {
        happened.words = {"A", "B", "C"};
        for (std::int32_t row = 0; row < kTableRows; ++row) {
            const bool odd = row == kOdd || (row >= 100 && row < 110);
            if (odd) features.values(row, kOddColumn) = row == kOdd ? 30.0F : 6.0F + static_cast<float>(row - 100);
            for (const Token token : odd ? std::vector<Token>{0, 2, 1} : std::vector<Token>{0, 1, 2})
                happened.tokens.push_back(token);
            happened.end_sequence();
            if (row >= 100 && row < 120) labels.push_back({row, row < 110});
        }
    }
    Dataset data() const { return {features, &happened, labels}; }

    FeatureMatrix features;
    TokenSequences happened;
    std::vector<TrainingLabel> labels;
};

/// What the parts of a row sum to, as the headers of the detectors say.
double margin_of(const Detector& detector, double score) {
    if (const auto* forest = dynamic_cast<const IsolationForest*>(&detector)) return forest->margin_of(score);
    if (const auto* machine = dynamic_cast<const OneClassSvm*>(&detector)) return score - machine->score_of_mean();
    if (const auto* taught = dynamic_cast<const Classifier*>(&detector)) return score - taught->base_rate();
    return model_kind(detector.save()) == "lof" ? score - 1 : score;
}

class Explains : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(EveryDetector, Explains,
                         testing::Values("iforest", "knn", "lof", "dbscan", "ocsvm", "stats", "classifier", "feedback",
                                         "sequence"),
                         [](const auto& kind) { return std::string(kind.param); });

TEST_P(Explains, ItsMarginInPartsThatPointAtWhatIsOdd) {
    const OddWorld world;
    const auto detector = fit_detector(GetParam(), Json::object(), world.data(), 2, {});
    const auto loaded = load_detector(parse_model_text(detector->save().dump()));
    const Eigen::VectorXd scores = detector->score(world.data(), 1, {});
    const bool of_steps = std::string_view(GetParam()) == "sequence";
    for (const Eigen::Index row : {Eigen::Index{0}, kOdd, Eigen::Index{399}}) {
        const Eigen::VectorXd parts = detector->contributions(world.data(), row);
        ASSERT_EQ(parts.size(), of_steps ? 4 : 5);
        ASSERT_TRUE(parts.allFinite());
        const double sum = of_steps ? parts.maxCoeff() : parts.sum();  // a sequence is as odd as its oddest step
        EXPECT_NEAR(sum, margin_of(*detector, scores[row]), 1e-5) << row;
        EXPECT_EQ(loaded->contributions(world.data(), row), parts) << row;
    }
    EXPECT_GT(scores[kOdd], scores[0]);
    Eigen::Index strongest = 0;
    detector->contributions(world.data(), kOdd).maxCoeff(&strongest);
    EXPECT_EQ(strongest, of_steps ? 1 : kOddColumn);
}

}  // namespace
}  // namespace abm
