#include "widgets/ledger_rows.h"

#include <algorithm>

#include "widgets/radix_sort.h"

namespace abm {
namespace {

constexpr std::size_t kMovementsPerStopCheck = 65536;

// Of the rows of one record, the first that does not add up, else the first.
std::vector<LedgerRows::Leading> leading_rows(const Investigation& investigation, const std::vector<std::uint32_t>& rows) {
    std::vector<LedgerRows::Leading> all;
    all.reserve(rows.size());
    for (std::uint32_t row = 0; row < rows.size(); ++row) all.push_back({investigation.movements[rows[row]].record, row});
    radix_sort(all, [](const LedgerRows::Leading& one) { return raw(one.record); });
    const auto differs = [&](const LedgerRows::Leading& one) { return is_discrepancy(investigation.movements[rows[one.row]]); };
    std::size_t kept = 0;
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (kept > 0 && all[kept - 1].record == all[at].record) {
            if (differs(all[at]) && !differs(all[kept - 1])) all[kept - 1] = all[at];
        } else {
            all[kept++] = all[at];
        }
    }
    all.resize(kept);
    return all;
}

}  // namespace

LedgerRows ledger_rows(const Investigation& investigation, const LedgerFilter& filter, std::stop_token stop) {
    LedgerRows made;
    LedgerAdder adder(investigation);
    LaneMaker lanes(investigation);
    const auto& movements = investigation.movements;
    for (std::size_t at = 0; at < movements.size(); ++at) {
        if (at % kMovementsPerStopCheck == 0 && stop.stop_requested()) return {};
        const CashMovement& movement = movements[at];
        if (filter.machine && movement.machine != *filter.machine) continue;
        if (filter.range && (!known(movement.time) || !filter.range->contains(movement.time))) continue;
        lanes.add(static_cast<std::uint32_t>(at));
        if (filter.only_discrepancies && !is_discrepancy(movement)) continue;
        made.rows.push_back(static_cast<std::uint32_t>(at));
        adder.add(movement);
    }
    made.totals = adder.totals();
    made.lanes = lanes.finish();
    made.leading = leading_rows(investigation, made.rows);
    made.detail = date_detail(investigation);
    return made;
}

int LedgerRows::leadingRowOf(RecordIndex record) const {
    const auto found =
        std::partition_point(leading.begin(), leading.end(), [&](const Leading& one) { return raw(one.record) < raw(record); });
    return found != leading.end() && found->record == record ? static_cast<int>(found->row) : -1;
}

}  // namespace abm
