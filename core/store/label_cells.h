// Within core/store: one row of a label file, from the texts of its cells.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/store/label_columns.h"
#include "core/store/label_file.h"

namespace abm {

/// Empty where the file has no such column.
struct LabelCells {
    std::array<std::string, kLabelColumns.size()> texts;
    std::string& operator[](LabelColumn column) { return texts[static_cast<std::size_t>(column)]; }
    const std::string& operator[](LabelColumn column) const { return texts[static_cast<std::size_t>(column)]; }
};

/// The place of a column in LabelCells by its name; nullopt for columns that say nothing about labels. "file" and "notes", as the
/// tables of truth and of reviewers call them, are taken for "source" and "note".
std::optional<LabelColumn> label_column(std::string_view name);
/// Adds a row, or what is wrong with it.
void take_row(std::int64_t line, const LabelCells& cells, LabelFile& into);
/// What stands in a cell, fit for a message: printable, without card numbers, short.
std::string quoted_cell(std::string_view text);

}  // namespace abm
