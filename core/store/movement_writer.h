// Within core/store: the lines of the cash ledger of a source.
#pragma once

#include <span>

#include "core/data/cash_movement.h"
#include "core/store/row_sink.h"

namespace abm {

/// first_record: of the source, from which their records count in the workspace. See RowSink for what is left as it is.
void write_movements(const RowSink& sink, std::span<const CashMovement> movements, std::size_t first_record);

}  // namespace abm
