// Tables and metric streams as a source: CSV, also with semicolons or tabs, and JSON Lines; plain or gzip. See docs/tables.md.
#pragma once

#include <chrono>
#include <filesystem>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/data/series_point.h"
#include "core/data/source_reading.h"
#include "core/series/series_analysis.h"
#include "core/series/table_form.h"  // sniff_table

namespace abm {

struct TableOptions {
    bool always_rows = false;  ///< rows of a series are read as rows of a table, too
    /// Of the windows of series, 1 s or more; 0: by the sampling interval of each (default_window). It slides by half.
    std::chrono::microseconds window{0};
    SeriesLimits limits;
    std::int64_t most_findings = 10'000;  ///< of the whole source; those beyond are counted in a problem
};

/// Reads the file twice from front to back: first what its columns are, then its rows. Source::format is "csv" or "jsonl"
/// ("empty", "unknown" when there is nothing to read).
/// - A table: a record of kind row for each row that was understood; features are its numeric columns.
/// - A metric stream (a time, a value, and whose it is): records of kind window, features of series_feature_names(), findings
///   spike, drift, drop and missing_data.
/// A row that is broken is counted in lines_not_understood. A file that cannot be read, or breaks off, is a reading of what came
/// before with a fatal problem. path "-" cannot be read twice: spool it first.
/// Memory: about 130 bytes and 4 a feature for each row, 40 bytes for each sample.
/// Throws Error{Invalid} for options out of range, Error{Cancelled}.
SourceReading read_table(const std::filesystem::path& path, const TableOptions& options, const Progress& progress);

/// The samples of one entity of a metric stream with the range each usually keeps, by time; of those only the ones whose row lies
/// in `span` (bytes 0: all). Reads the whole file: the level is learnt from all of it. Empty when there is no such entity.
/// Throws Error{Io, Cancelled}.
std::vector<SeriesPoint> read_series(const std::filesystem::path& path, std::string_view entity, TextSpan span,
                                     const Progress& progress);

/// The same of a column of a table of rows with a time: its values for one entity. Empty when there is no such column of numbers,
/// no time or no such entity. Throws Error{Io, Cancelled}.
std::vector<SeriesPoint> read_column(const std::filesystem::path& path, std::string_view entity, std::string_view column,
                                     const Progress& progress);

}  // namespace abm
