// The second pass over a table of series.
#pragma once

#include "core/series/read_table.h"
#include "core/series/table_layout.h"

namespace abm {

/// Fills everything but reading.source, which it adds to.
void read_windows(const TableLayout& layout, const TableOptions& options, SourceReading& reading, const Progress& progress);

/// Makes a table of series a table of rows: its value is a feature, its metric is text.
void keep_rows(TableLayout& layout);

}  // namespace abm
