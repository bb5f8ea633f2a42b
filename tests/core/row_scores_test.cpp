#include "core/pipeline/row_scores.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/detect/split_mix.h"
#include "core/pipeline/label_votes.h"
#include "tests/core/session_fixture.h"

namespace abm::test {
namespace {

FeatureTable random_table(Eigen::Index rows, std::uint64_t seed) {
    SplitMix random(seed);
    FeatureTable table;
    table.features.names = {"a", "b", "c", "d", "e"};
    table.features.values.resize(rows, 5);
    for (Eigen::Index at = 0; at < table.features.values.size(); ++at) {
        const double value = random.normal();
        table.features.values.data()[at] = value > 2 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(value);
    }
    table.sequences.words = {"card", "pin", "notes", "receipt"};
    for (Eigen::Index row = 0; row < rows; ++row) {
        for (int step = 0; step < 6; ++step) table.sequences.tokens.push_back(static_cast<Token>(random.below(4)));
        table.sequences.end_sequence();
    }
    return table;
}

void append_row(const FeatureTable& from, Eigen::Index row, FeatureTable& to) {
    to.features.values.conservativeResize(to.features.values.rows() + 1, from.features.values.cols());
    to.features.values.bottomRows(1) = from.features.values.row(row);
    for (const Token token : from.sequences.of(static_cast<std::size_t>(row))) to.sequences.tokens.push_back(token);
    to.sequences.end_sequence();
}

/// Rows [first, last) of one table after those `to` has.
void append_rows(const FeatureTable& from, Eigen::Index first, Eigen::Index last, FeatureTable& to) {
    to.features.names = from.features.names;
    to.sequences.words = from.sequences.words;
    for (Eigen::Index row = first; row < last; ++row) append_row(from, row, to);
}

struct RowScoresTest : ::testing::Test {
    FeatureTable before = random_table(3'000, 1), fresh = random_table(700, 2);
    JournalModel model = fit_journal_model(before.dataset(), std::vector<MachineIndex>(3'000), {"ABM1"}, 1, 2, {});
    RowScores known;

    RowScoresTest() {
        std::vector<LearnedLabel> labels;
        for (Eigen::Index row = 0; row < 40; ++row) {
            LearnedLabel& label = labels.emplace_back();
            label.anomaly = row % 2 == 0;
            label.features.assign(before.features.values.row(row).begin(), before.features.values.row(row).end());
        }
        model.votes = fit_votes(model, before.features, labels, 2, {});
        known = score_rows(model, before, 2, {});
    }

    void expect_as_if_scored_at_once(const FeatureTable& table) {
        const RowScores ours = score_rows(model, table, before, known, 2, {});
        const RowScores theirs = score_rows(model, table, 1, {});
        EXPECT_EQ(ours.forest, theirs.forest);
        EXPECT_EQ(ours.lifts, theirs.lifts);
        EXPECT_EQ(ours.ids.slots, theirs.ids.slots);
        EXPECT_EQ(ours.ids.rows, theirs.ids.rows);
        EXPECT_EQ(ours.votes, theirs.votes);
    }
};

TEST_F(RowScoresTest, OfATableThatHasGrownAreThoseOfItsRows) {
    ASSERT_GT(model.channels.size(), 1U);
    ASSERT_EQ(known.votes.size(), 3'000);
    FeatureTable behind = before;
    append_rows(fresh, 0, 700, behind);
    expect_as_if_scored_at_once(behind);
    FeatureTable middle;
    append_rows(before, 0, 1'700, middle);
    append_rows(fresh, 0, 333, middle);
    append_rows(before, 1'650, 3'000, middle);  // some of the rows twice
    expect_as_if_scored_at_once(middle);
    FeatureTable front;
    append_rows(fresh, 5, 6, front);
    append_rows(before, 0, 3'000, front);
    expect_as_if_scored_at_once(front);
    expect_as_if_scored_at_once(fresh);
    expect_as_if_scored_at_once(before);
    FeatureTable shorter;
    append_rows(before, 0, 10, shorter);
    append_rows(before, 2'000, 3'000, shorter);
    expect_as_if_scored_at_once(shorter);
}

TEST_F(RowScoresTest, KnowWordsByTheirNames) {
    FeatureTable other = before;
    other.sequences.words = {"coin", "card", "pin", "notes", "receipt"};
    for (Token& token : other.sequences.tokens) ++token;
    expect_as_if_scored_at_once(other);
    other.sequences.words = {"coin", "pin", "card", "notes", "receipt"};
    expect_as_if_scored_at_once(other);
    other.sequences = {};
    expect_as_if_scored_at_once(other);
}

class GrownWorkspace : public SessionTest {};

TEST_F(GrownWorkspace, IsScoredAsWhenItIsOpened) {
    const auto journals = generate("made", 3, 3, 11);
    std::vector<std::filesystem::path> files;
    for (const auto& journal : journals) {
        const std::string whole = read_whole(journal);
        files.push_back(folder_.write("in-" + journal.filename().string(), whole.substr(0, whole.size() / 2)));
    }
    const auto session = open();
    session->import(files, {});
    label(*session, ordinary(*session, 1).front(), LabelClass::anomaly, "card_fault");
    for (const std::size_t grows : {1U, 0U, 2U}) {
        folder_.write(files[grows].filename().string(), read_whole(journals[grows]));
        ASSERT_EQ(session->import({&files[grows], 1}, {}).front().outcome, ImportedSource::Outcome::grown);
        EXPECT_EQ(scores(*session), scores(*open())) << grows;
    }
}

}  // namespace
}  // namespace abm::test
