// The order of records in a label session, and the search of the palette.
#include "app/workbench/label_session.h"

#include <gtest/gtest.h>

#include "app/workbench/mix_editor.h"
#include "widgets/word_match.h"

namespace abm {
namespace {

std::vector<QueueEntry> queue(std::initializer_list<std::uint32_t> records) {
    std::vector<QueueEntry> entries;
    for (const std::uint32_t record : records) entries.push_back({RecordIndex(record), QueueReason::odd});
    return entries;
}
bool none(RecordIndex) { return false; }

TEST(LabelSession, TakesTheOrderOfTheNewestQueueButNothingTwice) {
    LabelSession session(10);
    session.refill(queue({5, 3, 8, 1}));
    session.show(RecordIndex(5));
    session.decide(RecordIndex(5), 1000);
    session.show(RecordIndex(3));
    session.skip(RecordIndex(3));
    session.show(RecordIndex(8));
    session.refill(queue({3, 1, 9, 5, 8, 7}));
    EXPECT_EQ(session.waiting(), 3U) << "1, 9 and 7";
    EXPECT_EQ(session.after(RecordIndex(8), none), RecordIndex(1));
    EXPECT_EQ(session.after(RecordIndex(1), none), RecordIndex(9));
    EXPECT_EQ(session.after(RecordIndex(8), [](RecordIndex at) { return raw(at) == 1; }), RecordIndex(9));
}

TEST(LabelSession, ComesBackToWhatWasUndoneAndGoesOnWhereItWas) {
    LabelSession session(10);
    session.refill(queue({1, 2, 3, 4}));
    for (const std::uint32_t record : {1U, 2U, 3U}) {
        session.show(RecordIndex(record));
        session.decide(RecordIndex(record), 2000);
    }
    session.show(RecordIndex(4));
    EXPECT_EQ(session.position(), 4);
    session.undo(RecordIndex(1));
    EXPECT_EQ(session.position(), 3);
    EXPECT_EQ(session.after(RecordIndex(1), none), RecordIndex(4)) << "2 and 3 are decided";
    session.decide(RecordIndex(4), -1);
    EXPECT_EQ(session.after(RecordIndex(4), none), RecordIndex(1)) << "what was left behind";
    EXPECT_DOUBLE_EQ(*session.secondsEach(), 2.0) << "only those one looked at";
}

TEST(LabelSession, EndsWhereverOneStandsWhenNothingWaits) {
    LabelSession session(3);
    session.refill(queue({1, 2, 3}));
    for (const std::uint32_t record : {1U, 2U, 3U}) {
        session.show(RecordIndex(record));
        session.skip(RecordIndex(record));
    }
    for (const std::uint32_t record : {1U, 2U, 3U, 9U})
        EXPECT_EQ(session.after(RecordIndex(record), none), std::nullopt) << record;
    EXPECT_EQ(session.after(std::nullopt, none), std::nullopt);
    session.forgetSkipped();
    EXPECT_EQ(session.after(std::nullopt, none), RecordIndex(1));
}

TEST(LabelSession, SetsOutForAStageAndNeverForMoreThanThereIs) {
    EXPECT_EQ(LabelSession(40).goal(), 40);
    LabelSession session(1000);
    EXPECT_EQ(session.goal(), LabelSession::kStage);
    for (std::uint32_t at = 0; at < 120; ++at) session.decide(RecordIndex(at), 1);
    EXPECT_EQ(session.position(), 121);
    EXPECT_EQ(session.goal(), 2 * LabelSession::kStage);
}

TEST(WordMatch, FindsNamesByPartsOfTheirWords) {
    EXPECT_TRUE(word_match("lab mod", "Label mode"));
    EXPECT_TRUE(word_match("mode label", "Label mode"));
    EXPECT_TRUE(word_match("lbl", "Label mode"));
    EXPECT_TRUE(word_match("", "Label mode"));
    EXPECT_FALSE(word_match("label x", "Label mode"));
    EXPECT_GT(*word_match("label", "Label mode"), *word_match("label", "Unlabelled"));
    EXPECT_GT(*word_match("lab", "Label"), *word_match("lbl", "Label"));
}

TEST(MixWords, AlwaysTellTheWhole) {
    EXPECT_EQ(mix_words({70, 20, 10}), (QStringList{"70 % odd", "20 % uncertain", "10 % random"}));
    EXPECT_EQ(mix_words({1, 1, 1}), (QStringList{"33 % odd", "33 % uncertain", "34 % random"}));
    EXPECT_EQ(mix_words({50, 0, 0}), (QStringList{"100 % odd", "0 % uncertain", "0 % random"}));
}

}  // namespace
}  // namespace abm
