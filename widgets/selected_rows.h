// The rows of a selection, however many.
#pragma once

#include <QItemSelectionModel>
#include <vector>

namespace abm {

/// Ascending, each once. Time of the rows, not of the cells: unlike QItemSelectionModel::selectedRows() good for a million.
std::vector<int> selected_rows(const QItemSelectionModel& selection);
/// Selects whole rows, ascending and each once, in one step.
void select_rows(QItemSelectionModel& selection, const std::vector<int>& rows);

}  // namespace abm
