// Within core/store: what was proved about the records of a source and about the source itself.
#pragma once

#include <span>
#include <vector>

#include "core/data/finding.h"
#include "core/store/row_sink.h"

namespace abm {

/// of_records: in the order of their records, which count from first_record in the workspace; of_source: stored behind them.
/// See RowSink for what is left as it is.
void write_findings(const RowSink& sink, std::span<const Finding> of_records, std::size_t first_record,
                    const std::vector<const Finding*>& of_source);

}  // namespace abm
