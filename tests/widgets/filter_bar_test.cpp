// Chips as one uses them: by mouse and by keyboard.
#include "widgets/filter_bar.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <algorithm>

#include "tests/widgets/synthetic_investigation.h"
#include "widgets/chip_strip.h"
#include "widgets/format.h"
#include "widgets/limits_editor.h"

namespace abm {
namespace {

class Chips : public ::testing::Test {
protected:
    Chips() {
        bar_.setChoices({made_.investigation, RecordTally::of(*made_.investigation)});
        bar_.resize(1600, 40);
        bar_.show();
        bar_.activateWindow();
        (void)QTest::qWaitForWindowActive(&bar_);
    }
    void set(const std::vector<FilterChip>& chips) {
        RecordFilter filter;
        filter.chips = chips;
        bar_.setFilter(filter);
    }
    FilterChipView* view(int at) { return bar_.chips()->chips().at(at); }
    QStringList shown() {
        QStringList words;
        for (const FilterChipView* chip : bar_.chips()->chips()) {
            if (chip->isVisible()) words.append(chip->body()->text());
        }
        return words;
    }
    // The action of the menu, and of those below it, that begins with the words.
    static QAction* action(QMenu* menu, const QString& begins) {
        for (QAction* its : menu->actions()) {
            if (QString(its->text()).remove('&').startsWith(begins)) return its;
        }
        return nullptr;
    }
    QMenu* added(const QStringList& path) {
        QMenu* menu = bar_.addButton()->menu();
        emit menu->aboutToShow();
        for (const QString& title : path) menu = action(menu, title)->menu();
        return menu;
    }
    QMenu* menuOf(int chip) {
        QTest::mouseClick(view(chip)->body(), Qt::LeftButton);
        return qobject_cast<QMenu*>(QApplication::activePopupWidget());
    }

    test::SyntheticCase made_ = test::synthetic_case();
    FilterBar bar_;
};

TEST_F(Chips, OfEveryKindSayWhatTheyKeepAndGoByTheirCross) {
    const std::vector<FilterChip> all{severity_chip(Severity::medium),
                                      values_chip(FilterKind::type, {"cash_at_risk", "card_fault"}, true),
                                      values_chip(FilterKind::machine, {"0777"}),
                                      values_chip(FilterKind::label, {"none"}),
                                      time_chip({Time{}, Time{} + std::chrono::hours(1)}),
                                      limits_chip(FilterKind::score, 0.5, 0.9),
                                      limits_chip(FilterKind::at_risk, 10000, std::nullopt),
                                      limits_chip(FilterKind::amount, std::nullopt, 250050),
                                      text_chip({"chip.*", true, false}),
                                      values_chip(FilterKind::view, {"session"}),
                                      values_chip(FilterKind::file, {"a.txt"})};
    ASSERT_EQ(std::ssize(all), kFilterKindCount);
    set(all);
    EXPECT_EQ(shown(), QStringList({"severity ≥ medium", "not type: cash at risk, card fault", "machine: 0777", "unlabelled",
                                    "1 Jan 00:00 – 01:00", "score .50 – .90", "at risk ≥ 100.00", "amount ≤ 2,500.50", "/chip.*/",
                                    "kind: sessions", "file: a.txt"}));
    QSignalSpy changed(&bar_, &FilterBar::filterChanged);
    for (int left = kFilterKindCount; left > 0; --left) {
        const FilterChip second = bar_.filter().chips[static_cast<std::size_t>(left > 1)];
        QTest::mouseClick(view(left > 1 ? 1 : 0)->cross(), Qt::LeftButton);
        ASSERT_EQ(std::ssize(bar_.filter().chips), left - 1);
        EXPECT_TRUE(std::find(bar_.filter().chips.begin(), bar_.filter().chips.end(), second) == bar_.filter().chips.end());
    }
    EXPECT_EQ(changed.count(), kFilterKindCount);
    EXPECT_TRUE(shown().isEmpty());
}

TEST_F(Chips, AreRemovedByKeyAndTheFocusGoesOn) {
    set({severity_chip(Severity::low), values_chip(FilterKind::label, {"none"})});
    view(0)->body()->setFocus();
    QTest::keyClick(view(0)->body(), Qt::Key_Delete);
    EXPECT_EQ(shown(), QStringList{"unlabelled"});
    EXPECT_TRUE(view(0)->body()->hasFocus());
    QTest::keyClick(view(0)->cross(), Qt::Key_Return);
    EXPECT_TRUE(shown().isEmpty());
    EXPECT_TRUE(bar_.addButton()->hasFocus());
}

TEST_F(Chips, ClearAllTakesEverythingAway) {
    set({severity_chip(Severity::low)});
    EXPECT_FALSE(bar_.chips()->clearButton()->isVisible()) << "one chip has a cross of its own";
    set({severity_chip(Severity::low), values_chip(FilterKind::label, {"none"})});
    QTest::mouseClick(bar_.chips()->clearButton(), Qt::LeftButton);
    EXPECT_EQ(bar_.filter(), RecordFilter());
}

TEST_F(Chips, TheMenuOffersWhatExistsWithItsCount) {
    QMenu* const types = added({"Type"});
    std::map<RecordType, std::int64_t> counts;
    for (const Record& record : made_.investigation->records) {
        if (!record.trivial || record.severity != Severity::none) ++counts[record.type];  // routine ones are not listed
    }
    for (const auto& [type, count] : counts) {
        QAction* const offered = action(types, qstring(display_name(type)) + '\t');
        ASSERT_TRUE(offered) << display_name(type);
        EXPECT_TRUE(offered->text().endsWith('\t' + count_text(count))) << offered->text().toStdString();
    }
    EXPECT_EQ(std::ssize(types->actions()), std::ssize(counts)) << "nothing that no record is";
    action(types, "cash at risk")->trigger();
    action(types, "normal")->trigger();
    EXPECT_EQ(shown(), QStringList{"type: cash at risk, normal"}) << "values of one kind are one chip";
    action(types, "normal")->trigger();
    EXPECT_EQ(shown(), QStringList{"type: cash at risk"});
    action(added({"Hide", "Machine"}), qstring(made_.investigation->machines[1]))->trigger();
    EXPECT_EQ(shown().last(), "not machine: " + qstring(made_.investigation->machines[1]));
    action(added({"Severity"}), "severity ≥ high")->trigger();
    EXPECT_EQ(bar_.filter().chips.back(), severity_chip(Severity::high));
}

TEST_F(Chips, AreTurnedRoundInTheirMenu) {
    set({values_chip(FilterKind::type, {"normal"}), values_chip(FilterKind::type, {"card_fault"}, true)});
    QMenu* menu = menuOf(1);
    ASSERT_TRUE(menu);
    action(menu, "Show only these")->trigger();
    menu->close();
    ASSERT_EQ(shown(), QStringList{"type: normal, card fault"}) << "it joins the chip it has become";
    menu = menuOf(0);
    action(menu, "Hide these instead")->trigger();
    menu->close();
    EXPECT_EQ(shown(), QStringList{"not type: normal, card fault"});
    EXPECT_TRUE(view(0)->property("hides").toBool());
}

TEST_F(Chips, LimitsAreAskedForAndMistakesAreSaid) {
    action(added({}), "Score")->trigger();
    auto* editor = bar_.findChild<LimitsEditor*>();
    ASSERT_TRUE(editor && editor->isVisible());
    QTest::keyClicks(editor->from(), "7");
    QTest::keyClick(editor->from(), Qt::Key_Return);
    EXPECT_TRUE(editor->failure()->isVisible());
    EXPECT_TRUE(bar_.filter().chips.empty());
    editor->from()->clear();
    QTest::keyClicks(editor->from(), "0.25");
    QTest::keyClicks(editor->to(), "0.75");
    QTest::keyClick(editor->to(), Qt::Key_Return);
    EXPECT_EQ(shown(), QStringList{"score .25 – .75"});
    EXPECT_EQ(parse_when("1970-01-02 01:00"), Time{} + std::chrono::hours(25));
    EXPECT_FALSE(parse_when("yesterday"));
}

TEST_F(Chips, TextBecomesAChipWithEnterAndAWrongExpressionIsSaid) {
    QSignalSpy changed(&bar_, &FilterBar::filterChanged);
    QTest::keyClicks(bar_.textField(), "cash");
    ASSERT_TRUE(changed.wait(2000));
    EXPECT_EQ(bar_.filter().typed.text, "cash");
    QTest::keyClick(bar_.textField(), Qt::Key_Return);
    EXPECT_EQ(shown(), QStringList{"“cash”"});
    EXPECT_TRUE(bar_.textField()->text().isEmpty());
    QTest::mouseClick(bar_.regexToggle(), Qt::LeftButton);
    QTest::mouseClick(bar_.caseToggle(), Qt::LeftButton);
    QTest::keyClicks(bar_.textField(), "(ab");
    QTest::keyClick(bar_.textField(), Qt::Key_Return);
    EXPECT_TRUE(bar_.chips()->failure()->isVisible());
    EXPECT_TRUE(bar_.chips()->failure()->text().contains("missing )")) << bar_.chips()->failure()->text().toStdString();
    EXPECT_EQ(bar_.filter().conditions().size(), 1U) << "it filters nothing";
    QTest::keyClicks(bar_.textField(), ")");
    QTest::keyClick(bar_.textField(), Qt::Key_Return);
    EXPECT_FALSE(bar_.chips()->failure()->isVisible());
    EXPECT_EQ(bar_.filter().chips.back().pattern, (TextTerm{"(ab)", true, true}));
    QTest::keyClicks(bar_.textField(), "x");
    QTest::keyClick(bar_.textField(), Qt::Key_Escape);
    EXPECT_TRUE(bar_.filter().typed.text.isEmpty());
}

}  // namespace
}  // namespace abm
