// The list in the real window: filters of cells, many records at once, what is remembered.
#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>

#include "app/workbench/status_line.h"
#include "tests/widgets/expert_window.h"
#include "widgets/chip_strip.h"
#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/label_panel.h"
#include "widgets/queue_panel.h"

namespace abm {
namespace {

class ListWindow : public test::ExpertWindow {
protected:
    TriagePage& page() { return *window_->triage(); }
    SessionTable& list() { return *page().sessions(); }
    FilterBar& bar() { return *page().topBar()->filters(); }
    LabelPanel& panel() { return *page().labelPanel(); }
    // Everything, as after "clear all", with the first row selected.
    void listAll() {
        bar().clear();
        page().selection().selectRecord(*list().model()->recordAt(0));
        ASSERT_TRUE(settle());
        list().view()->setFocus();
    }
    QMenu* menuOfRow(int row) {
        emit list().view()->customContextMenuRequested(list().view()->visualRect(list().model()->index(row, 0)).center());
        return qobject_cast<QMenu*>(QApplication::activePopupWidget());
    }
    static QAction* action(QMenu* menu, const QString& begins) {
        for (QAction* its : menu->actions()) {
            if (its->text().startsWith(begins)) return its;
        }
        return nullptr;
    }
};

TEST_F(ListWindow, TheMenuOfACellFiltersAndCopies) {
    ASSERT_NO_FATAL_FAILURE(open());
    const auto record = *list().model()->recordAt(2);
    const RecordType type = all().records[raw(record)].type;
    QTest::mouseClick(list().view()->viewport(), Qt::LeftButton, {},
                      list().view()->visualRect(list().model()->index(2, 0)).center());
    QMenu* menu = menuOfRow(2);
    ASSERT_TRUE(menu);
    action(menu, "Copy record name")->trigger();
    EXPECT_EQ(QApplication::clipboard()->text(), qstring(record_name(all(), all().records[raw(record)])));
    action(menu, "Only this machine")->trigger();
    menu->close();
    for (const auto at : list().model()->rows()) EXPECT_EQ(all().records[at].machine, all().records[raw(record)].machine);
    menu = menuOfRow(list().model()->rowOf(record));
    action(menu, "Hide this type")->trigger();
    menu->close();
    for (const auto at : list().model()->rows()) EXPECT_NE(all().records[at].type, type);
    EXPECT_EQ(bar().chips()->chips().size(), 3);
    picture("chips");
}

TEST_F(ListWindow, AnEmptyListNamesTheChipAndItsButtonRemovesIt) {
    ASSERT_NO_FATAL_FAILURE(open());
    const int before = list().model()->rowCount();
    bar().setValues(FilterKind::machine, false, {"no such machine"});
    ASSERT_TRUE(list().emptyState()->isVisible());
    EXPECT_EQ(
        list().emptyState()->cause(),
        QStringLiteral("The filter “machine: no such machine” hides all %1 records that the other filters show.").arg(before));
    picture("empty");
    QTest::mouseClick(list().emptyState()->button(), Qt::LeftButton);
    EXPECT_EQ(list().model()->rowCount(), before);
    EXPECT_EQ(bar().chips()->chips().size(), 1) << "the other chip stays";
}

TEST_F(ListWindow, OneKeyLabelsAllThatAreSelectedAndOneUndoTakesThemBack) {
    ASSERT_NO_FATAL_FAILURE(open());
    ASSERT_NO_FATAL_FAILURE(listAll());
    for (int at = 0; at < 3; ++at) QTest::keyClick(list().view(), Qt::Key_Down, Qt::ShiftModifier);
    const auto chosen = list().chosen();
    ASSERT_EQ(chosen.size(), 4U);
    EXPECT_EQ(panel().several().count, 4);
    EXPECT_TRUE(panel().severalLine()->isVisible());
    EXPECT_TRUE(panel().severalLine()->text().startsWith("4 records selected"));
    EXPECT_TRUE(window_->status()->message()->text().startsWith("4 records selected, at risk "))
        << window_->status()->message()->text().toStdString();
    picture("several");
    press(Qt::Key_1);
    ASSERT_TRUE(settle());
    for (const RecordIndex record : chosen) EXPECT_EQ(labelOf(record), LabelClass::anomaly);
    EXPECT_EQ(all().labels.size(), 4U);
    EXPECT_EQ(count("SELECT count(DISTINCT step) FROM label_events"), 1);
    EXPECT_EQ(panel().several().count, 0) << "the next record stands alone";
    press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(all().labels.empty()) << "one step, one undo";
}

TEST_F(ListWindow, AVerdictOnMoreThanFiftyWaitsForASecondWord) {
    ASSERT_NO_FATAL_FAILURE(open());
    ASSERT_NO_FATAL_FAILURE(listAll());
    QTest::keyClick(list().view(), Qt::Key_A, Qt::ControlModifier);
    const auto chosen = std::ssize(list().chosen());
    ASSERT_GT(chosen, 50);
    press(Qt::Key_0);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(all().labels.empty());
    EXPECT_TRUE(panel().severalButton()->isVisible());
    EXPECT_EQ(panel().several().verdict, "✓ normal");
    picture("many");
    QTest::keyClick(list().view(), Qt::Key_Down);  // another choice takes the question back
    EXPECT_EQ(panel().several().count, 0);
    QTest::keyClick(list().view(), Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_0);
    QTest::mouseClick(panel().severalButton(), Qt::LeftButton);
    ASSERT_TRUE(settle());
    EXPECT_EQ(std::ssize(all().labels), chosen);
    EXPECT_EQ(count("SELECT count(DISTINCT step) FROM label_events"), 1);
}

TEST_F(ListWindow, CtrlCCopiesTheColumnsOneSees) {
    ASSERT_NO_FATAL_FAILURE(open());
    QHeaderView* const header = list().view()->horizontalHeader();
    header->moveSection(header->visualIndex(static_cast<int>(RecordColumn::score)), 0);
    list().columns().show(RecordColumn::machine, false);
    QTest::keyClick(list().view(), Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(list().view(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(list().view(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
    ASSERT_EQ(lines.size(), 3);
    EXPECT_TRUE(lines[0].startsWith("score\ttime\tseverity\ttype")) << lines[0].toStdString();
    EXPECT_FALSE(lines[0].contains("machine"));
    EXPECT_EQ(lines[1].count('\t'), lines[0].count('\t'));
}

TEST_F(ListWindow, FiltersAndColumnsAreThereAgainAfterARestart) {
    ASSERT_NO_FATAL_FAILURE(open());
    press(Qt::Key_F, static_cast<Qt::KeyboardModifiers>(Qt::ControlModifier | Qt::ShiftModifier));
    ASSERT_TRUE(bar().textField()->hasFocus());
    QTest::keyClicks(bar().textField(), "a");
    QTest::keyClick(bar().textField(), Qt::Key_Return);
    bar().invert(0);
    list().view()->setColumnWidth(static_cast<int>(RecordColumn::score), 77);
    QHeaderView* header = list().view()->horizontalHeader();
    header->moveSection(header->visualIndex(static_cast<int>(RecordColumn::type)), 0);
    const RecordFilter filter = bar().filter();
    const auto rows = list().model()->rows();
    ASSERT_EQ(filter.chips.size(), 2U);
    window_->close();
    ASSERT_NO_FATAL_FAILURE(open());
    EXPECT_EQ(bar().filter().chips, filter.chips);
    EXPECT_EQ(list().model()->rows(), rows);
    EXPECT_EQ(list().view()->columnWidth(static_cast<int>(RecordColumn::score)), 77);
    EXPECT_EQ(list().columns().shown().front(), RecordColumn::type);
    window_->close();
    const RecentEntry last = settings_.recent().front();
    settings_.remember(last.workspace, last.summary, last.record, R"({"filter":"{ damaged"})");
    settings_.setLayout("columns", "type=-3,what,is,this");
    ASSERT_NO_FATAL_FAILURE(open());
    EXPECT_EQ(bar().filter().chips, std::vector{severity_chip(Severity::low)});
    EXPECT_EQ(list().columns().shown().front(), RecordColumn::time);
}

TEST_F(ListWindow, SeveralOfTheQueueAreLabelledTogether) {
    ASSERT_NO_FATAL_FAILURE(open());
    press(Qt::Key_L, Qt::ShiftModifier);
    ASSERT_TRUE(settle());
    QTableView* const queue = page().queue()->view();
    QTest::keyClick(queue, Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(queue, Qt::Key_Down, Qt::ShiftModifier);
    const auto chosen = page().queue()->chosen();
    ASSERT_EQ(chosen.size(), 2U);
    EXPECT_EQ(panel().several().count, 2);
    press(Qt::Key_0);
    ASSERT_TRUE(settle());
    for (const RecordIndex record : chosen) {
        EXPECT_EQ(labelOf(record), LabelClass::normal);
        EXPECT_LT(page().queue()->model()->rowOf(record), 0);
    }
}

}  // namespace
}  // namespace abm
