#include "core/pipeline/live_model.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/detect/split_mix.h"
#include "core/pipeline/score.h"

namespace abm {
namespace {

/// 600 ordinary rows; the first 12 stand a little apart in two features.
FeatureMatrix rows_with_a_group() {
    SplitMix random(21);
    FeatureMatrix data;
    data.names = {"a", "b", "c", "d"};
    data.values.resize(600, 4);
    for (Eigen::Index at = 0; at < data.values.size(); ++at) data.values.data()[at] = static_cast<float>(random.normal());
    for (Eigen::Index row = 0; row < 12; ++row) {
        data.values(row, 0) = 2.5F + 0.2F * data.values(row, 0);
        data.values(row, 1) = -2.5F + 0.2F * data.values(row, 1);
    }
    return data;
}

struct GroupWorld {
    Shared<FeatureTable> features = FeatureTable{rows_with_a_group(), {}};
    std::shared_ptr<const JournalModel> model = std::make_shared<const JournalModel>(
        fit_journal_model(features->features, std::vector<MachineIndex>(600), {"ABM1"}, 1, 1, {}));

    LiveModel live(int threads = 1, std::span<const LearnedLabel> remembered = {}) const {
        return {model, features, threads, {}, remembered};
    }
    LearnedLabel remembered(Eigen::Index row, bool anomaly) const {
        LearnedLabel label;
        label.anomaly = anomaly;
        label.features.assign(features->features.values.row(row).begin(), features->features.values.row(row).end());
        return label;
    }
};

std::vector<double> surprises(const std::vector<ModelEvidence>& evidence) {
    std::vector<double> all;
    for (const ModelEvidence& one : evidence) all.push_back(one.surprise);
    return all;
}

void expect_same_bits(const std::vector<ModelEvidence>& ours, const std::vector<ModelEvidence>& theirs) {
    ASSERT_EQ(ours.size(), theirs.size());
    for (std::size_t row = 0; row < ours.size(); ++row) {
        EXPECT_EQ(ours[row].tail_probability, theirs[row].tail_probability) << row;
        EXPECT_EQ(ours[row].surprise, theirs[row].surprise) << row;
        EXPECT_EQ(ours[row].distinct, theirs[row].distinct) << row;
    }
}

const std::vector<TrainingLabel> kLabels{{3, true}, {300, false}, {5, true}, {17, false}};

TEST(LiveModel, WithoutLabelsSaysWhatTheModelSays) {
    const GroupWorld world;
    LiveModel live = world.live();
    const std::vector<ModelEvidence> expected = score_records(world.features->features, *world.model, 1, {});
    expect_same_bits(live.evidence(), expected);
    live.set_labels(kLabels);
    EXPECT_NE(surprises(live.evidence()), surprises(expected));
    live.set_labels({});
    expect_same_bits(live.evidence(), expected);
    EXPECT_NEAR(live.margins().mean(), 0, 1e-9);  // z
}

TEST(LiveModel, OneLabelRaisesItsKind) {
    const GroupWorld world;
    LiveModel live = world.live();
    const std::vector<double> before = surprises(live.evidence());
    live.set_labels(std::vector<TrainingLabel>{{3, true}});
    const std::vector<double> after = surprises(live.evidence());
    for (std::size_t row = 0; row < 12; ++row) EXPECT_GT(after[row], before[row] + 0.1) << row;
    live.set_labels(std::vector<TrainingLabel>{{3, false}});
    const std::vector<double> cleared = surprises(live.evidence());
    EXPECT_LT(cleared[3], 1.0);  // more than one in ten look so
    for (std::size_t row = 0; row < 12; ++row) EXPECT_LT(cleared[row], before[row]) << row;
}

TEST(LiveModel, ComesToTheSameWhateverWasSaidBefore) {
    const GroupWorld world;
    LiveModel straight = world.live(1);
    straight.set_labels(kLabels);
    LiveModel detour = world.live(3);
    detour.set_labels(std::vector<TrainingLabel>{{3, true}, {300, true}, {44, true}});
    detour.set_labels(std::vector<TrainingLabel>{{3, true}});
    detour.set_labels(kLabels);
    detour.set_labels(kLabels);
    EXPECT_EQ(straight.margins(), detour.margins());
    expect_same_bits(straight.evidence(), detour.evidence());
}

TEST(LiveModel, OrderOfTheLabelsIsRoundingOnly) {
    const GroupWorld world;
    LiveModel one = world.live();
    LiveModel other = world.live();
    one.set_labels(kLabels);
    other.set_labels(std::vector<TrainingLabel>(kLabels.rbegin(), kLabels.rend()));
    EXPECT_LT((one.margins() - other.margins()).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(LiveModel, InfluencesExplainTheMarginCompletely) {
    const GroupWorld world;
    LiveModel live = world.live();
    const Eigen::VectorXd before = live.margins();
    live.set_labels(kLabels);
    for (const std::int32_t row : {0, 3, 300, 599}) {
        const std::vector<LabelInfluence> all = live.influences(row, 100);
        ASSERT_EQ(all.size(), kLabels.size());
        double sum = 0;
        for (const LabelInfluence& influence : all) sum += influence.margin;
        EXPECT_NEAR(before[row] + sum, live.margins()[row], 1e-9);
        for (std::size_t at = 1; at < all.size(); ++at) EXPECT_GE(std::abs(all[at - 1].margin), std::abs(all[at].margin));
        EXPECT_EQ(live.influences(row, 1).front().label, all.front().label);
    }
    const LabelInfluence own = live.influences(5, 1).front();
    EXPECT_EQ(own.label, 2U);  // row 5 is the third label
    EXPECT_EQ(own.alike, 1.0);
    EXPECT_GT(own.margin, 0);
}

TEST(LiveModel, ARememberedLabelTeachesLikeOneAtHand) {
    const GroupWorld world;
    const std::vector<LearnedLabel> remembered{
        {}, world.remembered(3, true), world.remembered(300, false)};  // the first: rules only
    LiveModel far = world.live(1, remembered);
    LiveModel near = world.live();
    near.set_labels(std::vector<TrainingLabel>{{3, true}, {300, false}});
    EXPECT_EQ(far.margins(), near.margins());
    EXPECT_TRUE(far.influences(4, 10).empty());
    const std::vector<LabelInfluence> why = far.remembered_influences(4, 10);
    ASSERT_EQ(why.size(), 2U);
    EXPECT_EQ(why.front().label, 1U);
    far.set_labels(std::vector<TrainingLabel>{{5, true}, {17, false}});
    near.set_labels(kLabels);
    EXPECT_EQ(far.margins(), near.margins());
    EXPECT_EQ(far.influences(5, 1).front().label, 0U);
}

TEST(LiveModel, ARememberedLabelOfOtherFeaturesIsRefused) {
    const GroupWorld world;
    std::vector<LearnedLabel> remembered{world.remembered(3, true)};
    remembered[0].features.pop_back();
    EXPECT_THROW(world.live(1, remembered), Error);
    FeatureMatrix renamed = world.features->features;
    renamed.names[0] = "other";
    EXPECT_THROW(LiveModel(world.model, FeatureTable{renamed, {}}, 1, {}), Error);
}

TEST(LiveModel, AlikeRowsAreThoseThatShareLeaves) {
    const GroupWorld world;
    const LiveModel live = world.live();
    const LeafIds ids = leaf_ids(world.model->forest, world.features->features, 1, {});
    const auto share = [&](std::size_t row) {
        int same = 0;
        for (std::size_t tree = 0; tree < ids.trees; ++tree) same += ids.at(tree, row) == ids.at(tree, 3) ? 1 : 0;
        return same / static_cast<double>(ids.trees);
    };
    const std::vector<AlikeRow> rows = live.alike(3, 0.0, 10'000);
    ASSERT_EQ(rows.size(), 599U);  // all but the row itself
    for (const AlikeRow& row : rows) EXPECT_EQ(row.alike, share(static_cast<std::size_t>(row.feature_row))) << row.feature_row;
    EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(), [](const AlikeRow& a, const AlikeRow& b) { return a.alike > b.alike; }));
    EXPECT_LT(rows.front().feature_row, 12);
    const std::vector<AlikeRow> few = live.alike(3, rows[6].alike, 5);
    ASSERT_EQ(few.size(), 5U);
    for (std::size_t at = 0; at < few.size(); ++at) EXPECT_EQ(few[at].feature_row, rows[at].feature_row);
    for (const AlikeRow& row : live.alike(3, rows[6].alike, 10'000)) EXPECT_GE(row.alike, rows[6].alike);
    EXPECT_TRUE(live.alike(3, 1.1, 10).empty());
}

TEST(LiveModel, WorksOnNoRowsAndOnOne) {
    const GroupWorld world;
    FeatureMatrix none = world.features->features;
    none.values.resize(0, 4);
    EXPECT_TRUE(LiveModel(world.model, FeatureTable{none, {}}, 2, {}).evidence().empty());
    FeatureMatrix one = world.features->features;
    one.values.conservativeResize(1, 4);
    LiveModel live(world.model, FeatureTable{one, {}}, 2, {});
    live.set_labels(std::vector<TrainingLabel>{{0, true}});
    EXPECT_GT(live.margins()[0], 4);
    EXPECT_TRUE(live.alike(0, 0, 5).empty());
}

}  // namespace
}  // namespace abm
