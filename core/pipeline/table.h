// A table of numbers with a label for every row, as detectors are measured on.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/feature_matrix.h"

namespace abm {

struct LabelledTable {
    FeatureMatrix features;       ///< every column of numbers but the label; [n, d], n and d at least 1
    std::vector<bool> anomalous;  ///< [n]
};

/// CSV with a row of names, its fields parted by commas, semicolons or tabs. Cells are numbers, or unknown: empty, NA, N/A, NaN,
/// null, "?"; columns of nothing but text are left out. Labels are 1, true, yes, anomaly or outlier against 0, false, no, normal
/// or inlier, in any case of letters; of 1 and -1 the rarer is the anomaly. Throws Error{Io}; Error{Invalid} for a label column
/// that is not there, a table without rows or without further columns, a cell that is no number (with file, line and column), a
/// column without anything known; Error{Corrupt} for a row of another length and what CsvReader refuses; Error{Cancelled}.
LabelledTable read_labelled_table(const std::filesystem::path& file, const std::string& label_column, const Progress& progress);

}  // namespace abm
