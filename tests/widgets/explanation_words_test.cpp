// What the window says about the numbers of an explanation.
#include "app/workbench/explanation_words.h"

#include <gtest/gtest.h>

#include <limits>

namespace abm {
namespace {

Explanation explanation() {
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    Explanation made;
    made.contributions = {{"longest_gap_s", 383, 4, 21, 3.0, 0.5},   {"hour_sin", 0.26, -1, 1, 1.0, 0.2},
                          {"hour_cos", 0.97, -1, 1, 0.8, 0.1},       {"card_cash_24h_amount", 4500, unknown, unknown, 0.5, 0.1},
                          {"reset_inside_flag", 1, 0, 0, 0.3, 0.06}, {"duration_s", 60, 38, 95, -0.4, 0}};
    return made;
}

Record record(RecordType type) {
    Record made;
    made.type = type;
    made.start = Time{} + std::chrono::hours(3) + std::chrono::minutes(7);
    return made;
}

TEST(ExplanationWords, AreReadableAndSayWhatIsUsual) {
    const ShownExplanation shown = explanation_words(explanation(), record(RecordType::dispense_fault));
    ASSERT_EQ(shown.odd.size(), 4U) << "what speaks for normal is left out, the hour is one thing";
    EXPECT_EQ(shown.odd[0].name, "longest gap");
    EXPECT_EQ(shown.odd[0].value, "383 s");
    EXPECT_EQ(shown.odd[0].usual, "4 – 21 s");
    EXPECT_EQ(shown.odd[1].name, "hour of day");
    EXPECT_EQ(shown.odd[1].value, "03:07");
    EXPECT_NEAR(shown.odd[1].share, 0.3, 1e-9);
    EXPECT_TRUE(shown.odd[2].usual.isEmpty()) << "no history is no range";
    EXPECT_EQ(shown.odd[3].value, "yes");
    EXPECT_EQ(shown.odd[3].usual, "no");
    EXPECT_TRUE(shown.sentence.isEmpty()) << "a finding speaks for itself";
}

TEST(ExplanationWords, SpeakForARecordOnlyTheModelsFoundUnusual) {
    const ShownExplanation shown = explanation_words(explanation(), record(RecordType::unusual), 2);
    EXPECT_EQ(shown.odd.size(), 2U);
    EXPECT_TRUE(shown.sentence.startsWith("Unusual course: the longest gap")) << shown.sentence.toStdString();
    EXPECT_FALSE(explanation_words({}, record(RecordType::unusual)).scored);
    EXPECT_TRUE(explanation_words({}, record(RecordType::unusual)).sentence.isEmpty());
}

}  // namespace
}  // namespace abm
