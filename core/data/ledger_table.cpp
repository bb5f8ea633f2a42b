#include "core/data/ledger_table.h"

#include <fmt/format.h>

namespace abm {

std::string cassette_name(int cassette) { return cassette < 0 ? "acceptor" : fmt::format("{}", cassette + 1); }

std::array<std::string, kLedgerColumns.size()> ledger_cells(const Investigation& investigation,
                                                            const std::vector<std::string>& names, const CashMovement& movement) {
    const auto count = [](std::int32_t value) { return value == kNoCount ? std::string() : fmt::format("{}", value); };
    const auto amount = [](Money value) { return money_text(value, false); };
    return {names.at(raw(movement.source)),
            iso8601(movement.time),
            fmt::format("{}", movement.offset),
            investigation.machines.at(raw(movement.machine)),
            cassette_name(movement.cassette),
            amount(movement.denomination),
            std::string(name_of(movement.event)),
            fmt::format("{}", movement.notes),
            count(movement.expected),
            count(movement.counted),
            amount(movement.difference)};
}

}  // namespace abm
