// Which cash movements the ledger lists, with sums: made off the UI thread, for there may be millions.
#pragma once

#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "widgets/cassette_lanes.h"
#include "widgets/format.h"
#include "widgets/ledger_totals.h"
#include "widgets/snapshot.h"

namespace abm {

struct LedgerFilter {
    std::optional<MachineIndex> machine;  ///< nullopt: all
    bool only_discrepancies = false;
    std::optional<TimeRange> range = {};  ///< nullopt: all; movements without a time are in none
    bool operator==(const LedgerFilter&) const = default;
};

struct LedgerRows {
    std::vector<std::uint32_t> rows;  ///< indices into Investigation::movements, in their order
    LedgerTotals totals;
    std::vector<CassetteLane> lanes;  ///< of all movements of the machine and range, whether listed or not
    DateDetail detail = DateDetail::clock;

    /// The row of the record's first discrepancy, else of its first movement; -1 when there is none. O(log n).
    int leadingRowOf(RecordIndex record) const;

    struct Leading {
        RecordIndex record{};
        std::uint32_t row = 0;
        bool operator==(const Leading&) const = default;
    };
    std::vector<Leading> leading;  ///< by record
};

/// O(n), sorts only where movements do not follow their records. Stops early, with no rows, when asked to.
LedgerRows ledger_rows(const Investigation& investigation, const LedgerFilter& filter, std::stop_token stop = {});

}  // namespace abm
