// Invents a metric stream: a few metrics of several machines with the course of a day, noise, faults, and the truth about them.
// Used by tests and benchmarks.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/progress.h"

namespace abm {

struct GenerateTableOptions {
    int machines = 3;        ///< 1 .. 2000
    int days = 14;           ///< 1 .. 3650; ignored when bytes > 0
    std::int64_t bytes = 0;  ///< > 0: as many days as it takes to write about this many bytes
    std::uint64_t seed = 1;
    double faults_per_week = 2;   ///< 0 .. 7, of each series; kinds in turn, never two within half a day
    std::filesystem::path out{};  ///< folder, made if missing
};

struct GeneratedTable {
    std::filesystem::path file;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::int64_t series = 0;
    std::int64_t faults = 0;  ///< rows of the truth
};

/// Writes out/metrics.csv with the columns timestamp,source,metric,value, a sample every 5 minutes, and out/truth.csv with the
/// columns of generate_journals(), a row for each fault: kind window; ordinal from 1; from the first row of the fault (of missing
/// rows: the last one before) past its last row (missing: the first one behind); type spike, drift, drop or missing_data; the
/// note is the entity. Deterministic: the same options give the same bytes on every platform. Memory: the faults only. Throws
/// Error{Invalid}, Error{Io} and Error{Cancelled}; then no file of the run is left and older files keep their content.
GeneratedTable generate_table(const GenerateTableOptions& options, const Progress& progress);

}  // namespace abm
