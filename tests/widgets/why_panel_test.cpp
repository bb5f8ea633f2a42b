// Why: every part of it is text, and what it names can be opened.
#include "widgets/why_panel.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <limits>

#include "app/workbench/explanation_words.h"
#include "app/workbench/feature_lines.h"
#include "app/workbench/why_words.h"
#include "tests/widgets/come_to_rest.h"
#include "tests/widgets/synthetic_investigation.h"
#include "widgets/odd_values.h"
#include "widgets/rich_label.h"
#include "widgets/why_section.h"

namespace abm {
namespace {

// A synthetic investigation with a label, a weighed rule and a look-alike.
class Answers final : public ScoredInvestigation {
public:
    explicit Answers(const test::SyntheticCase& made) : made_(made) {
        auto all = std::make_shared<Investigation>(*made.investigation);
        all->labels.push_back({RecordIndex(0), 17, {LabelClass::anomaly, "deposit_fault", {}, "expert", kWhen}, false});
        all->scored_by = {ModelId{3}, 4};
        all_ = all;
    }
    std::shared_ptr<const Investigation> investigation() const override { return all_; }
    Explanation explain(RecordIndex record) const override {
        Explanation explanation = made_.explain(record);
        explanation.raw_score = 0.712;
        if (explanation.contributions.empty()) return explanation;
        explanation.labels = {{0, 2.13, 0.92}};
        explanation.deviations = 1.2;
        explanation.correction = 2.13;
        explanation.lift = 3.6;
        explanation.taught = 6.93;
        explanation.share = 0.25;
        explanation.probability = 0.64;
        ChannelShare gap, order;
        gap.name = "stats";
        gap.lift = 3.6;
        gap.share = 0.75;
        gap.sentence = "Single extreme value: the longest gap was 383 s (usual here 4-21 s).";
        gap.contributions = {{"longest_gap_s", 383, 4, 21, 9, 1}};
        order.name = "sequence";
        explanation.channels = {gap, order};
        return explanation;
    }
    std::vector<std::string> rule_notes(RecordIndex record) const override {
        std::vector<std::string> notes(all_->records[raw(record)].finding_count);
        if (notes.size() > 1) notes[1] = "2 of 12 confirmed by experts: medium instead of high";
        return notes;
    }
    std::vector<AlikeRecord> nearest(RecordIndex record, std::size_t most) const override {
        std::vector<AlikeRecord> found{{RecordIndex(0), 0.92}, {RecordIndex(2), 0.61}};
        if (all_->records[raw(record)].feature_row < 0) found = {{RecordIndex(2), std::numeric_limits<double>::quiet_NaN()}};
        found.resize(std::min(found.size(), most));
        return found;
    }

private:
    static constexpr Time kWhen = Time{} + std::chrono::days(153);  // 3 June 1970
    const test::SyntheticCase& made_;
    std::shared_ptr<const Investigation> all_;
};

class Why : public ::testing::Test {
protected:
    Why() {
        why_.resize(330, 900);
        why_.show();
        why_.setSnapshot(answers_.investigation());
    }
    void show(RecordIndex record) {
        selection_.selectRecord(record);
        const Record& shown = answers_.investigation()->records[raw(record)];
        why_.setLines(made_.read(shown.source, shown.span));
        why_.setExplanation(why_words(answers_, record));
        test::come_to_rest();
    }
    // As a reader does who tabs to the link and presses Enter.
    static void follow(QLabel& label) {
        label.setFocus();
        QTest::keyClick(&label, Qt::Key_Tab);
        QTest::keyClick(&label, Qt::Key_Return);
    }

    test::SyntheticCase made_ = test::synthetic_case();
    Answers answers_{made_};
    Selection selection_;
    WhyPanel why_{selection_};
};

TEST_F(Why, TellsWhichLabelMovedTheScoreAndOpensIt) {
    show(made_.worst());
    ASSERT_EQ(why_.labelSection()->rows().size(), 1);
    QLabel* const row = why_.labelSection()->rows().front();
    EXPECT_TRUE(row->isVisible());
    EXPECT_EQ(plain_text(*row).replace(QChar::Nbsp, ' '), "+2.1 because it is 92 % like #17 (× deposit fault, 3 Jun)");
    follow(*row);
    EXPECT_EQ(selection_.record(), RecordIndex(0));
}

TEST_F(Why, ListsTheLookAlikesWithSimilarityAndVerdict) {
    show(made_.worst());
    const auto& rows = why_.alikeSection()->rows();
    ASSERT_EQ(rows.size(), 2);
    EXPECT_TRUE(plain_text(*rows[0]).contains("92 %")) << plain_text(*rows[0]).toStdString();
    EXPECT_TRUE(plain_text(*rows[0]).contains("deposit fault"));
    EXPECT_TRUE(plain_text(*rows[1]).contains("no label"));
    follow(*rows[1]);
    EXPECT_EQ(selection_.record(), RecordIndex(2));
    EXPECT_FALSE(why_.alikeSection()->isVisible()) << "what was said of another record is gone at once";
}

TEST_F(Why, SaysThatExpertsContradictedARule) {
    show(made_.worst());
    ASSERT_EQ(why_.findingLabels().size(), 2);
    EXPECT_FALSE(why_.findingLabels()[0]->text().contains("Weighed down"));
    EXPECT_TRUE(why_.findingLabels()[1]->text().contains("Weighed down: 2 of 12 confirmed by experts: medium instead of high"));
}

TEST_F(Why, ShowsTheWayFromTheRawScoreToTheOneShown) {
    show(made_.worst());
    why_.setHistory(
        history_words(*answers_.investigation(), made_.worst(), FirstScore{ModelId{1}, Time{} + std::chrono::days(153), 0.62F}));
    const QString text = why_.plainText();
    EXPECT_TRUE(text.contains("0.712")) << text.toStdString();
    EXPECT_TRUE(text.contains("critical, .95 to 1.00"));
    EXPECT_TRUE(text.contains("model 3 with 4 labels since"));
    EXPECT_TRUE(text.contains("First score .62 under model 1 on 3 Jun, now .98 under model 3 with 4 labels since."));
    EXPECT_TRUE(history_words(*answers_.investigation(), made_.worst(), FirstScore{ModelId{1}, kUnknownTime, 0.62F})
                    .startsWith("First kept score .62 under model 1, now"));
    EXPECT_TRUE(history_words(*answers_.investigation(), made_.worst(), std::nullopt).startsWith("No score was stored before"));
}

TEST_F(Why, ShowsWhoRaisedTheRecordWithReasonShareAndLines) {
    show(made_.worst());
    EXPECT_TRUE(why_.channelSection()->isVisible());
    EXPECT_EQ(why_.channels()->shown(), 2);
    const QString text = why_.plainText().replace(QChar::Nbsp, ' ');
    for (const char* words : {"course as a whole", "+1.20 sd", "25 %", "single extreme value", "+3.60 sd", "75 %",
                              "the longest gap was 383 s", "Silent: order of its lines."})
        EXPECT_TRUE(text.contains(words)) << words << " is missing in\n" << text.toStdString();
    for (const char* step : {"from the mean of all", "labels move it by", "+2.13 sd", "channels raise it by", "together",
                             "+6.93 sd", "those reviewed", "64 %"})
        EXPECT_TRUE(text.contains(step)) << step << " is missing in\n" << text.toStdString();
    const Record& record = answers_.investigation()->records[raw(made_.worst())];
    const std::int64_t line = made_.read(record.source, record.span)[4].span.offset;
    ShownExplanation shown;
    shown.scored = true;
    shown.channels = {{"order of its lines", "+3.60 sd", {}, 1, {line}, "Unusual order: A is followed by B."}};
    why_.setExplanation(shown);
    QLabel* name = nullptr;
    for (QLabel* const label : why_.channels()->findChildren<QLabel*>())
        if (label->text().contains("order of its lines")) name = label;
    ASSERT_NE(name, nullptr);
    follow(*name);
    EXPECT_EQ(selection_.line(), line);
    std::uint32_t interval = 0;
    while (answers_.investigation()->records[interval].feature_row >= 0) ++interval;
    show(RecordIndex(interval));
    EXPECT_FALSE(why_.channelSection()->isVisible());
}

TEST_F(Why, PointsAtTheLinesOfAnOddValue) {
    show(made_.worst());
    ShownExplanation shown;
    shown.scored = true;
    const Record& record = answers_.investigation()->records[raw(made_.worst())];
    const auto lines = made_.read(record.source, record.span);
    shown.odd = {{"longest gap", "383 s", "4 – 21 s", 0.42, feature_lines("longest_gap_s", lines)}};
    ASSERT_EQ(shown.odd[0].lines.size(), 2U);
    EXPECT_EQ(shown.odd[0].lines[0], lines[4].span.offset) << "before the silence";
    EXPECT_EQ(shown.odd[0].lines[1], lines[7].span.offset) << "behind it";
    why_.setExplanation(shown);
    QSignalSpy asked(&why_, &WhyPanel::lineRequested);
    QLabel* name = nullptr;
    for (QLabel* const label : why_.oddValues()->findChildren<QLabel*>())
        if (label->text().contains("longest gap")) name = label;
    ASSERT_NE(name, nullptr);
    EXPECT_TRUE(plain_text(*name).contains("line 5")) << plain_text(*name).toStdString();
    follow(*name);
    EXPECT_EQ(asked.count(), 1);
    EXPECT_EQ(selection_.line(), lines[4].span.offset);
}

TEST_F(Why, IsTextToCopyWithAKey) {
    show(made_.worst());
    why_.setFocus();
    QTest::keyClick(&why_, Qt::Key_C, Qt::ControlModifier);
    const QString copied = QApplication::clipboard()->text();
    EXPECT_TRUE(copied.contains("1,000.00 CAD"));
    EXPECT_TRUE(copied.contains("383 s"));
    EXPECT_TRUE(copied.contains("#17"));
    EXPECT_FALSE(copied.contains("<")) << copied.toStdString();
}

TEST_F(Why, SaysThatModelsDoNotScoreAnInterval) {
    std::uint32_t interval = 0;
    while (answers_.investigation()->records[interval].feature_row >= 0) ++interval;
    show(RecordIndex(interval));
    EXPECT_TRUE(why_.plainText().contains("The models do not score this record"));
    EXPECT_TRUE(why_.plainText().contains("rules alone"));
    EXPECT_TRUE(why_.plainText().contains("same rule"));
    EXPECT_FALSE(why_.labelSection()->isVisible());
}

TEST(FeatureLines, AreKnownForWhatLinesShowAndEmptyForTheRest) {
    std::vector<LogLine> lines(3);
    lines[0] = {{10, 5}, "PIN", {}, "pin_entered", {}, 86390, true};
    lines[1] = {{20, 5}, "text", {}, {}, {}, -1, true};
    lines[2] = {{30, 5}, "taken", {}, "notes_taken", {}, 30, true};
    EXPECT_EQ(feature_lines("longest_gap_s", lines), (std::vector<std::int64_t>{10, 30})) << "over midnight";
    EXPECT_EQ(feature_lines("present_to_taken_s", lines), std::vector<std::int64_t>{30});
    EXPECT_TRUE(feature_lines("hour_sin", lines).empty());
    EXPECT_TRUE(feature_lines("longest_gap_s", {}).empty());
}

}  // namespace
}  // namespace abm
