#include "core/detect/feedback.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <limits>

#include "core/detect/split_mix.h"

namespace abm {
namespace {

constexpr Eigen::Index kRows = 400;
constexpr Eigen::Index kColumns = 5;

/// Two faint clumps apart from the rest: rows 0..19 around +4 in feature 0, rows 20..39 around -4 in feature 1.
FeatureMatrix clumps() {
    SplitMix random(3);
    FeatureMatrix data;
    data.values.resize(kRows, kColumns);
    for (Eigen::Index at = 0; at < data.values.size(); ++at) data.values.data()[at] = static_cast<float>(random.normal());
    for (Eigen::Index row = 0; row < 20; ++row) data.values(row, 0) = 4.0F + 0.2F * data.values(row, 0);
    for (Eigen::Index row = 20; row < 40; ++row) data.values(row, 1) = -4.0F + 0.2F * data.values(row, 1);
    data.values(50, 2) = std::numeric_limits<float>::quiet_NaN();
    data.values(51, 3) = std::numeric_limits<float>::infinity();
    data.names = {"a", "b", "c", "d", "e"};
    return data;
}

struct ClumpedWorld {
    FeatureMatrix data = clumps();
    IsolationForest forest = IsolationForest::fit(data, {.trees = 60, .seed = 4}, 1, {});
    LeafIds ids = leaf_ids(forest, data, 1, {});
    Scaler scaler = Scaler::fit(data, Scaling::z_score);
    Eigen::VectorXd z = standardised(forest.score(data, 1, {}));

    static Eigen::VectorXd standardised(const Eigen::VectorXd& scores) {
        const double mean = scores.mean();
        return (scores.array() - mean) / std::sqrt((scores.array() - mean).square().mean());
    }
    KernelPoint point(const Feedback& feedback, Eigen::Index row) const {
        return feedback.kernel().point(ids.of_row(static_cast<std::size_t>(row)), {data.values.row(row).data(), kColumns});
    }
    LabelledPoint label(const Feedback& feedback, Eigen::Index row, bool anomaly) const {
        return {point(feedback, row), z[row], anomaly};
    }
    Eigen::VectorXd corrections(const Feedback& feedback, int threads = 1) const {
        return feedback.corrections(ids, data.values, threads);
    }
};

struct Answer {
    Eigen::Index row;
    bool anomaly;
};
const std::vector<Answer> kAnswers{{3, true}, {25, false}, {200, false}, {11, true}, {51, false}, {50, true}, {320, false}};

Feedback taught(const ClumpedWorld& world, const std::vector<Answer>& answers, const FeedbackParams& params = {}) {
    Feedback feedback(world.scaler, params);
    for (const Answer& answer : answers) feedback.append(world.label(feedback, answer.row, answer.anomaly));
    feedback.solve();
    return feedback;
}

/// The kernel by its definition, from leaves and raw values.
double kernel_by_definition(const ClumpedWorld& world, Eigen::Index a, Eigen::Index b, double linear, double clip) {
    double same = 0;
    for (std::size_t tree = 0; tree < world.ids.trees; ++tree)
        same += world.ids.at(tree, static_cast<std::size_t>(a)) == world.ids.at(tree, static_cast<std::size_t>(b)) ? 1 : 0;
    double dot = 0;
    for (Eigen::Index feature = 0; feature < kColumns; ++feature) {
        const auto scaled = [&](Eigen::Index row) {
            const double value = world.data.values(row, feature);
            if (std::isnan(value)) return 0.0;
            return std::clamp((value - world.scaler.centre()[feature]) / world.scaler.scale()[feature], -clip, clip);
        };
        dot += scaled(a) * scaled(b);
    }
    return same / static_cast<double>(world.ids.trees) + linear * dot / static_cast<double>(kColumns);
}

/// f - z by dense algebra, from nothing but the formulas.
Eigen::VectorXd corrections_by_definition(const ClumpedWorld& world, const std::vector<Answer>& answers,
                                          const FeedbackParams& params) {
    const auto labels = static_cast<Eigen::Index>(answers.size());
    const auto row = [&](Eigen::Index at) { return answers[static_cast<std::size_t>(at)].row; };
    Eigen::MatrixXd gram(labels, labels);
    Eigen::VectorXd right(labels);
    for (Eigen::Index a = 0; a < labels; ++a) {
        for (Eigen::Index b = 0; b < labels; ++b)
            gram(a, b) = kernel_by_definition(world, row(a), row(b), params.linear, params.clip);
        gram(a, a) += params.ridge;
        right[a] =
            (answers[static_cast<std::size_t>(a)].anomaly ? params.anomaly_target : params.normal_target) - world.z[row(a)];
    }
    const Eigen::VectorXd weights = gram.fullPivLu().solve(right);
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(kRows);
    for (Eigen::Index x = 0; x < kRows; ++x) {
        for (Eigen::Index a = 0; a < labels; ++a)
            sums[x] += weights[a] * kernel_by_definition(world, x, row(a), params.linear, params.clip);
    }
    return sums;
}

TEST(Feedback, AgreesWithDenseRidgeRegression) {
    const ClumpedWorld world;
    for (const double linear : {0.0, 0.1, 0.2}) {
        const FeedbackParams params{.ridge = 0.2, .linear = linear, .clip = 2.5F};
        const Eigen::VectorXd ours = world.corrections(taught(world, kAnswers, params));
        const Eigen::VectorXd theirs = corrections_by_definition(world, kAnswers, params);
        EXPECT_LT((ours - theirs).cwiseAbs().maxCoeff(), 1e-5) << "linear " << linear;  // z-scores are float
        EXPECT_GT(theirs.cwiseAbs().maxCoeff(), 1.0);
    }
}

TEST(Feedback, WithoutLabelsCorrectsNothing) {
    const ClumpedWorld world;
    EXPECT_EQ(world.corrections(taught(world, {})), Eigen::VectorXd::Zero(kRows));
}

TEST(Feedback, RemovedAndReplacedLabelsLeaveNoTrace) {
    const ClumpedWorld world;
    Feedback detour = taught(world, kAnswers);
    detour.truncate(2);
    detour.append(world.label(detour, 333, true));
    detour.solve();
    detour.truncate(2);
    std::vector<LabelledPoint> rest;
    for (std::size_t at = 2; at < kAnswers.size(); ++at)
        rest.push_back(world.label(detour, kAnswers[at].row, kAnswers[at].anomaly));
    detour.append_all(std::move(rest));
    detour.solve();
    EXPECT_EQ(world.corrections(detour), world.corrections(taught(world, kAnswers)));  // bit for bit
}

TEST(Feedback, IsTheSameForAnyNumberOfThreads) {
    const ClumpedWorld world;
    FeatureMatrix many;
    many.names = world.data.names;
    many.values = world.data.values.replicate(60, 1);
    const LeafIds ids = leaf_ids(world.forest, many, 2, {});
    const Feedback feedback = taught(world, kAnswers);
    EXPECT_EQ(feedback.corrections(ids, many.values, 1), feedback.corrections(ids, many.values, 4));
}

TEST(Feedback, TermsOfTheLabelsSumToTheCorrection) {
    const ClumpedWorld world;
    const Feedback feedback = taught(world, kAnswers);
    const Eigen::VectorXd corrections = world.corrections(feedback);
    for (const Eigen::Index row : {0, 3, 22, 50, 51, 399}) {
        double sum = 0;
        for (std::size_t label = 0; label < feedback.size(); ++label) sum += feedback.term(label, world.point(feedback, row));
        EXPECT_NEAR(sum, corrections[row], 1e-9) << row;
    }
}

TEST(Feedback, OneLabelLiftsItsLookAlikesAndLeavesTheOthers) {
    const ClumpedWorld world;
    const Eigen::VectorXd corrections = world.corrections(taught(world, {{3, true}}));
    const double alike = corrections.segment(0, 20).mean();
    EXPECT_GT(alike, 1.0);
    EXPECT_GT(alike, 3 * std::abs(corrections.segment(20, 20).mean()));
    EXPECT_GT(alike, 3 * std::abs(corrections.segment(40, kRows - 40).mean()));
    const Eigen::VectorXd normal = world.corrections(taught(world, {{3, false}}));
    EXPECT_LT(normal.segment(0, 20).mean(), -0.5);
}

TEST(Feedback, ALabelledRowComesNearItsTarget) {
    const ClumpedWorld world;
    const Eigen::VectorXd f = world.z + world.corrections(taught(world, kAnswers));
    for (const Answer& answer : kAnswers) EXPECT_NEAR(f[answer.row], answer.anomaly ? 6.0 : -1.0, 1.0) << answer.row;
}

TEST(Feedback, BearsTheSameRecordLabelledAgainAndAgainst) {
    const ClumpedWorld world;
    const Eigen::VectorXd f = world.z + world.corrections(taught(world, {{3, true}, {3, false}, {3, true}, {3, true}}));
    EXPECT_NEAR(f[3], (6.0 - 1.0 + 6.0 + 6.0) / 4, 0.3);  // a ridge regression answers with about the mean
}

/// 37 x 37, positive definite; its rows up to the diagonal.
struct Matrix {
    static constexpr Eigen::Index kSize = 37;
    Eigen::MatrixXd all = Eigen::MatrixXd::Identity(kSize, kSize) * 0.1;
    Eigen::VectorXd right{kSize};
    std::vector<std::vector<double>> rows;

    Matrix() {
        SplitMix random(9);
        Eigen::MatrixXd half(kSize, kSize);
        for (double& value : half.reshaped()) value = random.normal();
        for (double& value : right) value = random.normal();
        all += half * half.transpose();
        for (Eigen::Index at = 0; at < kSize; ++at) rows.emplace_back(all.col(at).data(), all.col(at).data() + at + 1);
    }
    std::vector<double> solved(const GrowingCholesky& factor) const { return factor.solve({right.data(), factor.size()}); }
};

TEST(GrowingCholesky, SolvesWhatItWasAppended) {
    const Matrix matrix;
    GrowingCholesky factor;
    factor.append(matrix.rows);
    const auto check = [&] {
        const auto size = static_cast<Eigen::Index>(factor.size());
        const std::vector<double> ours = matrix.solved(factor);
        const Eigen::VectorXd theirs = matrix.all.topLeftCorner(size, size).ldlt().solve(matrix.right.head(size));
        for (Eigen::Index at = 0; at < size; ++at) EXPECT_NEAR(ours[static_cast<std::size_t>(at)], theirs[at], 1e-7) << at;
    };
    check();
    factor.truncate(20);
    check();
    EXPECT_TRUE(GrowingCholesky().solve({}).empty());
}

TEST(GrowingCholesky, ABatchGivesTheBitsOfRowsOneByOne) {
    const Matrix matrix;
    const std::span<const std::vector<double>> rows(matrix.rows);
    GrowingCholesky whole;
    whole.append(rows);
    GrowingCholesky single;
    for (std::size_t at = 0; at < rows.size(); ++at) single.append(rows.subspan(at, 1));
    GrowingCholesky parts;
    parts.append(rows.first(30));
    parts.truncate(11);
    parts.append(rows.subspan(11, 9));
    parts.append(rows.subspan(20));
    EXPECT_EQ(matrix.solved(whole), matrix.solved(single));
    EXPECT_EQ(matrix.solved(whole), matrix.solved(parts));
}

}  // namespace
}  // namespace abm
