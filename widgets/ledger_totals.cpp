#include "widgets/ledger_totals.h"

namespace abm {

void LedgerAdder::add(const CashMovement& movement) {
    ++totals_.movements;
    totals_.discrepancies += is_discrepancy(movement) ? 1 : 0;
    CashSums& sums = totals_.sums[movement.machine];
    if (movement.difference != 0 && movement.difference != kNoAmount) {
        totals_.differences[movement.machine] += movement.difference;
        sums.difference += movement.difference;
    }
    if (movement.event == CashEvent::deposit) return add_deposit(movement, sums);
    if (movement.event != CashEvent::withdrawal) return;
    if (movement.denomination == kNoAmount || movement.denomination == 0) {
        sums.unpriced_notes += movement.notes;
    } else {
        sums.dispensed += movement.notes * movement.denomination;
    }
}

// A deposit is of mixed notes: its worth stands on the session, once for all of its movements.
void LedgerAdder::add_deposit(const CashMovement& movement, CashSums& sums) {
    const Record& record = investigation_.records.at(raw(movement.record));
    if (movement.denomination != kNoAmount && movement.denomination != 0) {
        sums.deposited += movement.notes * movement.denomination;
    } else if (record.activity != Activity::deposit || record.amount == kNoAmount) {
        sums.unpriced_notes += movement.notes;
    } else if (last_deposit_ != static_cast<std::int64_t>(raw(movement.record))) {
        sums.deposited += record.amount;
        last_deposit_ = raw(movement.record);
    }
}

}  // namespace abm
