// Sums of cash movements, for each machine alone: machines may hold different currencies.
#pragma once

#include <cstdint>
#include <map>

#include "core/data/investigation.h"

namespace abm {

struct CashSums {
    Money dispensed = 0;              ///< withdrawals: notes times denomination
    Money deposited = 0;              ///< of the deposit sessions with a movement, what their receipts or notes say
    Money difference = 0;             ///< of what does not add up
    std::int64_t unpriced_notes = 0;  ///< moved in withdrawals and deposits, and in no sum above: nobody printed their worth
};

struct LedgerTotals {
    std::int64_t movements = 0;
    std::int64_t discrepancies = 0;
    std::map<MachineIndex, Money> differences;  ///< of each machine that has one
    std::map<MachineIndex, CashSums> sums;      ///< of each machine that has a movement
};

/// Adds movements up, in the order of the ledger: those of one record together. The investigation must outlive it.
class LedgerAdder {
public:
    explicit LedgerAdder(const Investigation& investigation) : investigation_(investigation) {}
    void add(const CashMovement& movement);
    const LedgerTotals& totals() const { return totals_; }

private:
    void add_deposit(const CashMovement& movement, CashSums& sums);

    const Investigation& investigation_;
    LedgerTotals totals_;
    std::int64_t last_deposit_ = -1;  ///< record whose deposit is in the sum already
};

}  // namespace abm
