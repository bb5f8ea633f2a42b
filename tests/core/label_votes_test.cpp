// The second opinion: blended by rank, never worse than the ridge alone on rows without labels.
#include "core/pipeline/label_votes.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/random.h"
#include "core/decide/metrics.h"
#include "core/detect/classifier.h"
#include "core/pipeline/live_model.h"
#include "core/pipeline/table.h"
#include "tests/core/small_model.h"

namespace abm {
namespace {

/// Labels on rows drawn at random, as a model remembers them.
std::vector<TrainingLabel> drawn_labels(const LabelledTable& table, std::size_t count, std::uint64_t seed) {
    Random random(seed);
    std::vector<std::int32_t> rows(table.anomalous.size());
    std::iota(rows.begin(), rows.end(), 0);
    std::vector<TrainingLabel> labels;
    for (std::size_t at = 0; at < count; ++at) {
        std::swap(rows[at], rows[at + random.below(static_cast<std::uint32_t>(rows.size() - at))]);
        labels.push_back({rows[at], table.anomalous[static_cast<std::size_t>(rows[at])]});
    }
    return labels;
}

std::vector<LearnedLabel> learned(const LabelledTable& table, std::span<const TrainingLabel> labels) {
    std::vector<LearnedLabel> all;
    for (const TrainingLabel& label : labels) {
        LearnedLabel& made = all.emplace_back();
        made.anomaly = label.anomaly;
        const auto row = table.features.values.row(label.feature_row);
        made.features.assign(row.data(), row.data() + row.size());
    }
    return all;
}

struct Figures {
    double auroc = 0;
    double precision = 0;
    void add(const Figures& other) {
        auroc += other.auroc;
        precision += other.precision;
    }
};

/// Of the rows without labels.
Figures beyond_labels(const LabelledTable& table, std::span<const TrainingLabel> labels, const Eigen::VectorXd& margins) {
    std::vector<bool> known(table.anomalous.size());
    for (const TrainingLabel& label : labels) known[static_cast<std::size_t>(label.feature_row)] = true;
    std::vector<double> scores;
    std::vector<bool> anomalous;
    for (std::size_t row = 0; row < known.size(); ++row) {
        if (known[row]) continue;
        scores.push_back(margins[static_cast<Eigen::Index>(row)]);
        anomalous.push_back(table.anomalous[row]);
    }
    return {auroc(scores, anomalous), average_precision(scores, anomalous)};
}

TEST(LabelVotes, BlendedOrdersUnseenRowsNoWorseThanTheRidgeAlone) {
    const char* shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const std::filesystem::path folder = std::filesystem::path(shared) / "adbench";
    for (const std::size_t count : {30U, 100U, 500U}) {
        Figures ridge, blend;
        int voted = 0;
        int tables = 0;
        for (const char* name : {"18_Ionosphere", "20_letter", "26_optdigits", "28_pendigits", "29_Pima", "2_annthyroid",
                                 "31_satimage-2", "38_thyroid", "40_vowels", "44_Wilt", "6_cardio", "37_Stamps"}) {
            const LabelledTable table = read_labelled_table(folder / (std::string(name) + ".csv"), "label", {});
            if (table.anomalous.size() < 2 * count) continue;
            const std::vector<MachineIndex> machines(table.anomalous.size());
            auto model = fit_journal_model(table.features, machines, {"table"}, 1, 0, {});
            for (const std::uint64_t seed : {1U, 2U}) {
                const auto labels = drawn_labels(table, count, seed);
                model.votes = fit_votes(model, table.features, learned(table, labels), 0, {});
                LiveModel live(std::make_shared<const JournalModel>(model), FeatureTable{table.features, {}}, 0, {});
                live.set_labels(labels);
                ridge.add(beyond_labels(table, labels, live.ridge_margins()));
                blend.add(beyond_labels(table, labels, live.margins()));
                voted += model.votes ? 1 : 0;
                ++tables;
            }
        }
        const double n = tables;
        std::cout << count << " labels, " << voted << " of " << tables << " with votes: ridge " << ridge.auroc / n << " / "
                  << ridge.precision / n << ", blend " << blend.auroc / n << " / " << blend.precision / n << " (AUROC / AP)\n";
        // Ten of a class is few: one draw may lose what the mean gains. With a hundred labels there is nothing to lose.
        const double lost = count < 100 ? 0.002 : 0;
        EXPECT_GE(blend.auroc / n, ridge.auroc / n - lost) << count;
        EXPECT_GE(blend.precision / n, ridge.precision / n - lost) << count;
    }
}

/// 12 labels of each class on the odd and the ordinary rows of session_rows().
struct TaughtModel {
    LabelledTable table{test::session_rows(400), {}};
    std::vector<TrainingLabel> labels;
    JournalModel model;

    explicit TaughtModel(int each) : model(fitted()) {
        for (int at = 0; at < each; ++at) {
            labels.push_back({at * 10 + 9, true});
            labels.push_back({at * 10 + 3, false});
        }
        model.votes = fit_votes(model, table.features, learned(table, labels), 1, {});
    }
    JournalModel fitted() const {
        const std::vector<MachineIndex> machines(400);
        return fit_journal_model(table.features, machines, {"m"}, 1, 1, {});
    }
};

TEST(LabelVotes, NeedTenLabelsOfEachClass) {
    EXPECT_FALSE(TaughtModel(9).model.votes.has_value());
    EXPECT_TRUE(TaughtModel(10).model.votes.has_value());
}

TEST(LabelVotes, ActWhileTheirLabelsStandAndAreTheMeanOfBoth) {
    const TaughtModel taught(12);
    const auto model = std::make_shared<const JournalModel>(taught.model);
    LiveModel live(model, FeatureTable{taught.table.features, {}}, 1, {});
    EXPECT_EQ(live.margins(), live.ridge_margins());  // no label stands
    live.set_labels(taught.labels);
    const Eigen::VectorXd scores = model->forest.score(taught.table.features, 1, {});
    const Eigen::VectorXd votes =
        model->votes->margins(classifier_rows(model->forest, taught.table.features.values, scores), 1, {});
    EXPECT_LT((live.margins() - (live.ridge_margins() + votes) / 2).cwiseAbs().maxCoeff(), 1e-12);
    EXPECT_NE(live.margins(), live.ridge_margins());
    live.set_labels(std::span(taught.labels).first(19));  // nine normal are left
    EXPECT_EQ(live.margins(), live.ridge_margins());
}

TEST(LabelVotes, AreTheSameForAnyThreadCountAndAfterLoading) {
    const TaughtModel taught(12);
    const auto other = fit_votes(taught.model, taught.table.features, learned(taught.table, taught.labels), 3, {});
    EXPECT_EQ(taught.model.votes->save(), other->save());
    JournalModel model = taught.model;
    std::vector<double> margins(40);
    std::vector<bool> anomaly(40);
    for (std::size_t at = 0; at < 40; ++at) {
        margins[at] = static_cast<double>(at % 7);
        anomaly[at] = at % 7 > 4;
    }
    model.probability = ProbabilityCalibration::fit(margins, anomaly);
    const JournalModel loaded = *load_models(save_models(*test::set_of(model))).parts.at(0);
    ASSERT_TRUE(loaded.votes && loaded.probability);
    const auto live = [&](const JournalModel& of) {
        LiveModel made(std::make_shared<const JournalModel>(of), FeatureTable{taught.table.features, {}}, 2, {});
        EXPECT_FALSE(made.probability(0).has_value());  // no label stands
        made.set_labels(taught.labels);
        return std::pair(Eigen::VectorXd(made.margins()), made.probability(9));
    };
    EXPECT_EQ(live(model), live(loaded));
    EXPECT_GT(*live(model).second, 0.5);
    Json damaged = model.votes->save();
    damaged["margins"].erase(0);
    EXPECT_THROW(RankedVotes::load(damaged, std::ssize(model.forest.names()) + 1), Error);
}

}  // namespace
}  // namespace abm
