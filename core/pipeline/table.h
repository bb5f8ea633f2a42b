// A table of numbers with a label for every row, as detectors are measured on.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/feature_matrix.h"

namespace abm {

struct LabelledTable {
    FeatureMatrix features;       ///< every column but the label; [n, d], n and d at least 1
    std::vector<bool> anomalous;  ///< [n]
};

/// CSV with a row of names. Cells are numbers, or unknown: empty, NA, N/A, NaN, null, "?". Labels are 1, true, yes or anomaly
/// against 0, false, no or normal, in any case of letters. Throws Error{Io}; Error{Invalid} for a label column that is not there,
/// a table without rows or without further columns, a cell that is no number (with file, line and column), a column without any
/// number; Error{Corrupt} for a row of another length and what CsvReader refuses; Error{Cancelled}.
LabelledTable read_labelled_table(const std::filesystem::path& file, const std::string& label_column, const Progress& progress);

}  // namespace abm
