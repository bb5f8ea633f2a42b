#include "widgets/ledger_rows.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <algorithm>
#include <random>

#include "tests/widgets/synthetic_investigation.h"
#include "widgets/ledger_model.h"
#include "widgets/ledger_panel.h"

namespace abm {
namespace {

// By the definition: the first discrepancy among the rows of the record, else its first row.
int leading_by_walk(const Investigation& all, const std::vector<std::uint32_t>& rows, RecordIndex record) {
    int first = -1;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const CashMovement& movement = all.movements[rows[row]];
        if (movement.record != record) continue;
        if (is_discrepancy(movement)) return static_cast<int>(row);
        if (first < 0) first = static_cast<int>(row);
    }
    return first;
}

TEST(LedgerRows, FindTheLeadingRowOfEachRecordInWhateverOrderMovementsCome) {
    auto all = *test::synthetic_case().investigation;
    std::mt19937 random(1);
    for (const bool shuffled : {false, true}) {
        if (shuffled) std::shuffle(all.movements.edit().begin(), all.movements.edit().end(), random);
        for (const LedgerFilter& filter :
             {LedgerFilter{}, LedgerFilter{MachineIndex(1), false}, LedgerFilter{std::nullopt, true}}) {
            const LedgerRows rows = ledger_rows(all, filter);
            ASSERT_FALSE(rows.rows.empty());
            for (std::uint32_t at = 0; at < all.records.size(); ++at) {
                ASSERT_EQ(rows.leadingRowOf(RecordIndex(at)), leading_by_walk(all, rows.rows, RecordIndex(at))) << at;
            }
        }
    }
}

TEST(LedgerRows, StopWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(ledger_rows(*test::synthetic_case().investigation, {}, stop.get_token()).rows.empty());
}

TEST(LedgerModel, KeepsItsRowsWhenOnlyScoresChange) {
    const auto made = test::synthetic_case();
    LedgerModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.install(made.investigation, {});
    const auto rescored = std::make_shared<Investigation>(*made.investigation);
    rescored->records[raw(made.worst())].severity = Severity::low;
    ASSERT_TRUE(model.showsMovementsOf(*rescored));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setRescored(rescored);
    EXPECT_EQ(reset.count(), 0);
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(model.snapshot(), rescored);
    EXPECT_FALSE(model.showsMovementsOf(*test::synthetic_case().investigation)) << "equal is not the same";
}

TEST(LedgerPanel, ListsLargeLedgersBehindTheScenes) {
    const auto large = test::synthetic_case({2, 11000});
    ASSERT_GT(large.investigation->movements.size(), 20000U);
    Selection selection;
    LedgerPanel panel(selection);
    panel.setSnapshot(large.investigation);
    EXPECT_FALSE(panel.settled());
    EXPECT_EQ(panel.model()->rowCount(), 0);
    selection.selectRecord(large.worst());  // while it is being listed
    QSignalSpy reset(panel.model(), &QAbstractItemModel::modelReset);
    ASSERT_TRUE(reset.wait(5000));
    EXPECT_TRUE(panel.settled());
    EXPECT_EQ(panel.model()->rowCount(), static_cast<int>(large.investigation->movements.size()));
    EXPECT_EQ(panel.view()->currentIndex().row(), panel.model()->leadingRowOf(large.worst()));
    EXPECT_GE(panel.view()->currentIndex().row(), 0);
}

}  // namespace
}  // namespace abm
