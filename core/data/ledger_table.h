// The cash ledger as a table: the columns `abm ledger` prints and the window exports, written once.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/investigation.h"

namespace abm {

struct LedgerColumn {
    std::string_view name;
    bool number = false;
};

inline constexpr std::array<LedgerColumn, 11> kLedgerColumns{{
    {"source"},
    {"time"},
    {"offset", true},
    {"machine"},
    {"cassette"},
    {"denomination", true},
    {"event"},
    {"notes", true},
    {"expected", true},
    {"counted", true},
    {"difference_amount", true},
}};

/// As the machine prints them: its first cassette is number 1; "acceptor" for what is none.
std::string cassette_name(int cassette);

/// One text a column: ISO times, plain numbers, amounts with two decimals; empty: not known. names: source_names().
std::array<std::string, kLedgerColumns.size()> ledger_cells(const Investigation& investigation,
                                                            const std::vector<std::string>& names, const CashMovement& movement);

}  // namespace abm
