// Wide metric streams: a table whose rows are samples of several metrics at regular times.
#pragma once

#include "core/series/read_table.h"
#include "core/series/table_layout.h"

namespace abm {

/// Each numeric column of an entity whose rows come at regular times is a series as well: what analyse_series proves of it
/// becomes findings of the row that shows it best. Rows without order or rhythm (bookings, say) have none. reading.records and
/// reading.features are those of the rows and are there already. Adds to reading.findings, which must be empty.
void find_in_rows(const TableLayout& layout, const TableOptions& options, SourceReading& reading, const Progress& progress);

}  // namespace abm
