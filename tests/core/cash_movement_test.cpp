#include "core/data/cash_movement.h"

#include <gtest/gtest.h>

namespace abm {
namespace {

TEST(CashMovement, IsADiscrepancyWhenMoneyDiffersOrNotesStandUnbooked) {
    CashMovement movement;
    movement.event = CashEvent::withdrawal;
    EXPECT_FALSE(is_discrepancy(movement));
    movement.difference = -5000;
    EXPECT_TRUE(is_discrepancy(movement));
    movement.difference = kNoAmount;
    EXPECT_FALSE(is_discrepancy(movement)) << "an amount nobody knows is no difference";
    movement.difference = 0;
    for (const CashEvent unbooked : {CashEvent::unexplained, CashEvent::escrow_left}) {
        movement.event = unbooked;
        EXPECT_TRUE(is_discrepancy(movement)) << name_of(unbooked);
    }
}

TEST(CashMovement, CountersAnOperatorSetAnewAreNoDiscrepancy) {
    CashMovement movement;
    movement.expected = 120;
    movement.counted = 2000;
    for (const CashEvent setting : {CashEvent::counts_cleared, CashEvent::cash_added}) {
        movement.event = setting;
        EXPECT_FALSE(is_discrepancy(movement)) << name_of(setting);
    }
}

}  // namespace
}  // namespace abm
