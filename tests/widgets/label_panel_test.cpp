// The verdict pane by itself.
#include "widgets/label_panel.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include "tests/widgets/come_to_rest.h"
#include "widgets/key_button.h"

Q_DECLARE_METATYPE(abm::LabelClass)

namespace abm {
namespace {

class LabelPanelShown : public ::testing::Test {
protected:
    LabelPanelShown() {
        panel_.setTypes({{"cash_at_risk", "cash at risk"}, {"dispense_fault", "dispense fault"}});
        panel_.setRecord(true, nullptr);
        panel_.resize(330, 700);
        panel_.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&panel_));
    }
    static StandingLabel verdict() {
        StandingLabel standing;
        standing.label = {LabelClass::anomaly, "cash_at_risk", "two notes short", "mira", Time{}};
        return standing;
    }

    LabelPanel panel_;
};

TEST_F(LabelPanelShown, SaysWhichVerdictAClickGives) {
    std::vector<std::pair<LabelClass, QString>> given;
    QObject::connect(&panel_, &LabelPanel::decided, &panel_,
                     [&](LabelClass label, const QString& type) { given.emplace_back(label, type); });
    QTest::mouseClick(panel_.typeButton(1), Qt::LeftButton);
    QTest::mouseClick(panel_.normalButton(), Qt::LeftButton);
    QTest::mouseClick(panel_.unsureButton(), Qt::LeftButton);
    const std::vector<std::pair<LabelClass, QString>> expected{
        {LabelClass::anomaly, "dispense_fault"}, {LabelClass::normal, ""}, {LabelClass::unsure, ""}};
    EXPECT_EQ(given, expected);
}

TEST_F(LabelPanelShown, OffersAtMostNineTypes) {
    panel_.setTypes(std::vector<OfferedType>(12, {"cash_at_risk", "cash at risk"}));
    EXPECT_EQ(panel_.types().size(), 9U);
    EXPECT_TRUE(panel_.typeButton(8)->toolTip().contains("(9)"));
}

TEST_F(LabelPanelShown, OtherTypesTakeTheSameButtonsAndPlaceInTheTabOrder) {
    panel_.setTypes({{"silence", "silence"}});
    EXPECT_TRUE(panel_.typeButton(0)->isVisible());
    EXPECT_FALSE(panel_.typeButton(1)->isVisible());
    QString given;
    QObject::connect(&panel_, &LabelPanel::decided, &panel_, [&](LabelClass, const QString& type) {
        given = type;
        panel_.setTypes({{"drift", "drift"}, {"spike", "spike"}, {"drop", "drop"}});  // the next record is of another kind
    });
    QTest::mouseClick(panel_.typeButton(0), Qt::LeftButton);
    EXPECT_EQ(given, "silence");
    QTest::mouseClick(panel_.typeButton(2), Qt::LeftButton);
    EXPECT_EQ(given, "drop");
    // A button that goes with the focus on it does not hand it to "normal".
    panel_.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&panel_));
    int left = 0;
    QObject::connect(&panel_, &LabelPanel::noteLeft, &panel_, [&] { ++left; });
    panel_.typeButton(2)->setFocus();
    ASSERT_TRUE(panel_.typeButton(2)->hasFocus());
    panel_.setTypes({{"drift", "drift"}, {"spike", "spike"}});
    EXPECT_EQ(left, 1);
    EXPECT_FALSE(panel_.normalButton()->hasFocus());
    EXPECT_EQ(panel_.typeButton(1)->words(), "spike");
    EXPECT_EQ(panel_.typeButton(1)->toolTip(), "spike (2)");
    const auto place = [&](const QWidget* widget) {
        int at = 0;
        for (const QWidget* next = &panel_; next != widget && at < 1000; next = next->nextInFocusChain()) ++at;
        return at;
    };
    EXPECT_LT(place(panel_.retryButton()), place(panel_.typeButton(0)));
    EXPECT_LT(place(panel_.typeButton(0)), place(panel_.typeButton(2)));
    EXPECT_LT(place(panel_.typeButton(2)), place(panel_.normalButton()));
    EXPECT_LT(place(panel_.normalButton()), place(panel_.skipButton()));
    EXPECT_LT(place(panel_.skipButton()), place(panel_.noteField()));
}

TEST_F(LabelPanelShown, MarksTheSuggestionAndNamesItsKey) {
    panel_.setSuggestion({LabelClass::anomaly, "cash_at_risk", "like #12"});
    EXPECT_TRUE(panel_.typeButton(0)->isSuggested());
    EXPECT_FALSE(panel_.typeButton(1)->isSuggested());
    EXPECT_TRUE(panel_.suggestionLine()->text().startsWith("accepts “cash at risk”"));
    EXPECT_TRUE(panel_.suggestionLine()->accessibleName().startsWith("Space accepts"));
    panel_.setSuggestion({LabelClass::normal, {}, {}});
    EXPECT_FALSE(panel_.typeButton(0)->isSuggested());
    EXPECT_TRUE(panel_.normalButton()->isSuggested());
    panel_.setSuggestion({});
    EXPECT_FALSE(panel_.suggestionLine()->isVisible());
}

TEST_F(LabelPanelShown, ShowsTheStandingVerdictAndThatItIsDisputed) {
    StandingLabel standing = verdict();
    panel_.setRecord(true, &standing);
    EXPECT_TRUE(panel_.standing()->text().startsWith("× cash at risk · mira"));
    EXPECT_FALSE(panel_.standing()->text().contains("disputed"));
    EXPECT_EQ(panel_.note(), "two notes short");
    standing.disputed = true;
    panel_.setRecord(true, &standing);
    EXPECT_TRUE(panel_.standing()->text().contains("disputed"));
    panel_.setRecord(true, nullptr);
    EXPECT_FALSE(panel_.standing()->isVisible());
    EXPECT_TRUE(panel_.note().isEmpty());
}

TEST_F(LabelPanelShown, KeepsANoteOnEnterAndDropsItOnEscape) {
    QSignalSpy changed(&panel_, &LabelPanel::noteChanged);
    panel_.editNote();
    QTest::keyClicks(panel_.noteField(), "seen twice");
    QTest::keyClick(panel_.noteField(), Qt::Key_Escape);
    EXPECT_EQ(changed.count(), 0);
    EXPECT_TRUE(panel_.note().isEmpty());
    QTest::keyClicks(panel_.noteField(), "seen twice");
    QTest::keyClick(panel_.noteField(), Qt::Key_Return);
    ASSERT_EQ(changed.count(), 1);
    EXPECT_EQ(changed.front().front().toString(), "seen twice");
}

TEST_F(LabelPanelShown, PreviewsTheAlikeBeforeTheyAreLabelled) {
    QSignalSpy preview(&panel_, &LabelPanel::alikePreviewRequested), applied(&panel_, &LabelPanel::alikeApplied);
    EXPECT_FALSE(panel_.previewButton()->isVisible()) << "nothing is alike";
    panel_.setAlike({12, false, {}});
    EXPECT_TRUE(panel_.alikeLine()->text().startsWith("12 records are alike"));
    EXPECT_FALSE(panel_.applyButton()->isVisible());
    QTest::mouseClick(panel_.previewButton(), Qt::LeftButton);
    EXPECT_EQ(preview.count(), 1);
    panel_.setAlike({12, true, "× cash at risk"});
    EXPECT_TRUE(panel_.alikeLine()->text().contains("× cash at risk"));
    QTest::mouseClick(panel_.applyButton(), Qt::LeftButton);
    EXPECT_EQ(applied.count(), 1);
    panel_.setAlike({12, true, {}});
    EXPECT_FALSE(panel_.applyButton()->isEnabled()) << "there is no verdict to apply";
}

TEST_F(LabelPanelShown, SaysWhyNothingCanBeLabelled) {
    panel_.setBlocked("This workspace is read-only.");
    EXPECT_FALSE(panel_.normalButton()->isEnabled());
    EXPECT_FALSE(panel_.typeButton(0)->isEnabled());
    panel_.setBlocked({});
    EXPECT_TRUE(panel_.normalButton()->isEnabled());
}

TEST_F(LabelPanelShown, OffersToStoreAgainWhatWasNotStored) {
    QSignalSpy again(&panel_, &LabelPanel::retry);
    EXPECT_FALSE(panel_.retryButton()->isVisible());
    panel_.setFailure("Not saved: the disk is full.");
    ASSERT_TRUE(panel_.retryButton()->isVisible());
    QTest::mouseClick(panel_.retryButton(), Qt::LeftButton);
    EXPECT_EQ(again.count(), 1);
}

TEST_F(LabelPanelShown, ListsTheLastVerdictsNewestFirst) {
    panel_.setLastVerdicts({{"16:40:22", "0451", LabelClass::anomaly, "cash_at_risk", 1200, 1},
                            {"10:56:44", "0175", LabelClass::unsure, "", 4100, 3}});
    ASSERT_EQ(panel_.lastVerdicts().size(), 2);
    EXPECT_EQ(panel_.lastVerdicts()[0], "16:40:22 0451 × cash at risk 1.2 s");
    EXPECT_EQ(panel_.lastVerdicts()[1], "10:56:44 0175 ? unsure · 3 records 4.1 s");
}

TEST_F(LabelPanelShown, TellsWhenARecordWasPainted) {
    test::come_to_rest();
    QSignalSpy painted(&panel_, &LabelPanel::painted);
    panel_.setRecord(true, nullptr);
    EXPECT_TRUE(QTest::qWaitFor([&] { return painted.count() == 1; }, 2000));
    panel_.viewport()->repaint();
    EXPECT_EQ(painted.count(), 1) << "only the first painting of a record counts";
}

}  // namespace
}  // namespace abm
