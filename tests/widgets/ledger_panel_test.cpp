// The ledger as an auditor uses it: cassettes over time, what is selected added up, the same table as the command line.
#include "widgets/ledger_panel.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "tests/widgets/come_to_rest.h"
#include "tests/widgets/synthetic_investigation.h"
#include "widgets/cassette_chart.h"
#include "widgets/empty_state.h"
#include "widgets/format.h"

namespace abm {
namespace {

class Ledger : public ::testing::Test {
protected:
    Ledger() {
        panel_.resize(560, 500);
        panel_.show();
        panel_.setSnapshot(made_.investigation);
        test::come_to_rest();
    }
    const Investigation& all() const { return *made_.investigation; }
    LedgerModel& model() { return *panel_.model(); }

    test::SyntheticCase made_ = test::synthetic_case({2, 200});
    Selection selection_;
    LedgerPanel panel_{selection_};
};

TEST_F(Ledger, HasALaneForEveryCassetteAndLosesNoDiscrepancy) {
    std::size_t marked = 0;
    std::set<std::pair<MachineIndex, int>> expected;
    for (const CashMovement& movement : all().movements) {
        if (known(movement.time)) expected.insert({movement.machine, movement.cassette});
        marked += is_discrepancy(movement) ? 1 : 0;
    }
    ASSERT_GT(marked, 0U);
    ASSERT_EQ(panel_.chart()->lanes().size(), expected.size());
    std::size_t drawn = 0;
    for (const CassetteLane& lane : panel_.chart()->lanes()) {
        EXPECT_TRUE(expected.contains({lane.machine, lane.cassette}));
        drawn += static_cast<std::size_t>(std::ranges::count_if(lane.points, &CassettePoint::discrepancy));
        EXPECT_TRUE(panel_.chart()->accessibleDescription().contains(panel_.chart()->laneWords(lane)));
    }
    EXPECT_EQ(drawn, marked);
}

TEST_F(Ledger, AClickOnADiscrepancyOpensItsSessionAndLine) {
    CassetteChart& chart = *panel_.chart();
    for (std::size_t lane = 0; lane < chart.lanes().size(); ++lane) {
        for (const CassettePoint& point : chart.lanes()[lane].points) {
            if (!point.discrepancy) continue;
            const CashMovement movement = all().movements[point.movement];
            QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.placeOf(lane, point).toPoint());
            EXPECT_EQ(selection_.record(), movement.record);
            EXPECT_EQ(selection_.line(), movement.offset);
            EXPECT_EQ(model().movementAt(panel_.view()->currentIndex().row())->offset, movement.offset);
            return;
        }
    }
    FAIL() << "no discrepancy is drawn";
}

TEST_F(Ledger, KeysWalkTheDiscrepanciesOfTheLanes) {
    panel_.chart()->setFocus();
    QTest::keyClick(panel_.chart(), Qt::Key_Right);
    const auto first = selection_.record();
    ASSERT_TRUE(first);
    QTest::keyClick(panel_.chart(), Qt::Key_Right);
    EXPECT_NE(selection_.record(), first);
    QTest::keyClick(panel_.chart(), Qt::Key_Left);
    EXPECT_EQ(selection_.record(), first);
}

TEST_F(Ledger, AddsUpTheRowsThatAreSelected) {
    EXPECT_TRUE(panel_.totals()->text().startsWith("<b>Total</b>"));
    QTableView* const view = panel_.view();
    const auto click = [&](int row, Qt::KeyboardModifiers keys) {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, keys, view->visualRect(model().index(row, 0)).center());
    };
    click(0, {});
    EXPECT_TRUE(panel_.totals()->text().startsWith("<b>Total</b>")) << "one row is what one looks at";
    click(2, Qt::ShiftModifier);
    Money dispensed = 0;
    for (int row = 0; row < 3; ++row) {
        const CashMovement& movement = *model().movementAt(row);
        if (movement.event == CashEvent::withdrawal) dispensed += movement.notes * movement.denomination;
    }
    ASSERT_GT(dispensed, 0);
    const QString text = panel_.totals()->text();
    EXPECT_TRUE(text.startsWith("<b>Selected rows</b>")) << text.toStdString();
    EXPECT_TRUE(text.contains("3 movements"));
    EXPECT_TRUE(text.contains("dispensed <b>" + qstring(money_text(dispensed)) + "</b>")) << text.toStdString();
}

TEST_F(Ledger, KeepsToTheTimeRangeOfTheChart) {
    const int before = model().rowCount();
    const Time middle = all().movements[all().movements.size() / 4].time;
    const TimeRange range{middle, middle + std::chrono::hours(3)};
    selection_.setRange(range);
    ASSERT_GT(model().rowCount(), 0);
    EXPECT_LT(model().rowCount(), before);
    for (int row = 0; row < model().rowCount(); ++row) EXPECT_TRUE(range.contains(model().movementAt(row)->time));
    EXPECT_FALSE(panel_.totals()->text().startsWith("<b>Total</b>")) << "it says of which time";
    selection_.setRange(TimeRange{Time{}, Time{} + std::chrono::hours(1)});
    EXPECT_EQ(model().rowCount(), 0);
    ASSERT_TRUE(panel_.emptyState()->isVisible());
    QTest::mouseClick(panel_.emptyState()->button(), Qt::LeftButton);
    EXPECT_EQ(model().rowCount(), before);
}

TEST_F(Ledger, CutsNoColumnInANarrowWindow) {
    QTableView* const view = panel_.view();
    for (const int width : {430, 560, 900}) {
        panel_.resize(width, 500);
        test::come_to_rest();
        int sum = 0;
        for (int column = 0; column < LedgerModel::kColumnCount; ++column) {
            if (view->isColumnHidden(column)) continue;
            sum += view->columnWidth(column);
            for (int row = 0; row < model().rowCount(); ++row) {
                const QModelIndex cell = model().index(row, column);
                EXPECT_LE(view->itemDelegate()->sizeHint({}, cell).width(), view->columnWidth(column) + 2)
                    << cell.data().toString().toStdString();
            }
        }
        if (width >= 560) {
            EXPECT_LE(sum, view->viewport()->width()) << width;
        }
        EXPECT_FALSE(view->isColumnHidden(LedgerModel::difference));
    }
    EXPECT_TRUE(model().index(0, 0).data(Qt::ToolTipRole).toString().contains("session: "));
}

TEST_F(Ledger, WritesTheTableOfTheCommandLine) {
    QTemporaryDir folder;
    QTest::mouseClick(panel_.onlyDiscrepancies(), Qt::LeftButton);
    panel_.saveCsv(folder.filePath("ledger.csv"));
    QFile file(folder.filePath("ledger.csv"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    EXPECT_EQ(lines.front(), "source,time,offset,machine,cassette,denomination,event,notes,expected,counted,difference_amount");
    EXPECT_EQ(lines.size(), model().rowCount() + 2);
    EXPECT_TRUE(lines[1].contains(QByteArray::number(static_cast<qlonglong>(model().movementAt(0)->offset))));
    EXPECT_THROW(panel_.saveCsv(folder.filePath("no/such/folder.csv")), Error);
}

TEST(LedgerTotals, CountADepositOnceAndSayWhatHasNoWorth) {
    Investigation all;
    all.records.resize(2);
    all.records[0].activity = Activity::deposit;
    all.records[0].amount = 50000;
    LedgerAdder adder(all);
    CashMovement deposit;
    deposit.event = CashEvent::deposit;
    deposit.notes = 3;
    adder.add(deposit);
    adder.add(deposit);
    deposit.record = RecordIndex(1);
    adder.add(deposit);
    const CashSums& sums = adder.totals().sums.at(MachineIndex{});
    EXPECT_EQ(sums.deposited, 50000);
    EXPECT_EQ(sums.unpriced_notes, 3) << "nobody printed what the third was worth";
}

TEST(CassetteLanes, AreThinnedWithoutLosingAStepOrADiscrepancy) {
    Investigation all;
    all.machines = {"0001"};
    auto& movements = all.movements.edit();
    for (int at = 0; at < 60000; ++at) {
        CashMovement movement;
        movement.cassette = 0;
        movement.time = Time{} + std::chrono::minutes(at);
        movement.expected = movement.counted = at == 31234 ? 9000 : at % 50;
        if (at % 997 == 0) movement.difference = -2000;
        movements.push_back(movement);
    }
    LaneMaker maker(all);
    for (std::uint32_t at = 0; at < 60000; ++at) maker.add(at);
    const auto lanes = maker.finish();
    ASSERT_EQ(lanes.size(), 1U);
    EXPECT_LT(lanes[0].points.size(), 2 * LaneMaker::kMostPoints);
    EXPECT_EQ(std::ranges::count_if(lanes[0].points, &CassettePoint::discrepancy), lanes[0].discrepancies);
    EXPECT_EQ(std::ranges::max(lanes[0].points, {}, &CassettePoint::counted).counted, 9000);
    EXPECT_EQ(lanes[0].points.back().movement, 59999U);
}

}  // namespace
}  // namespace abm
