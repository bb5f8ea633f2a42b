// The sums of the ledger as one line of rich text.
#pragma once

#include <QString>

#include "widgets/ledger_totals.h"

namespace abm {

/// "Total 12 movements · 1 discrepancy · 0777 dispensed 4,500.00, deposited 1,000.00, difference -1,000.00". Each machine by
/// itself, those with a difference first; of many machines a few. of: what is added up. all: null without an investigation.
QString totals_html(const QString& of, const LedgerTotals& totals, const Investigation* all);

}  // namespace abm
