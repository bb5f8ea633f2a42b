#include "widgets/selected_rows.h"

#include <algorithm>
#include <utility>

namespace abm {

std::vector<int> selected_rows(const QItemSelectionModel& selection) {
    std::vector<std::pair<int, int>> spans;  // moved and hidden columns cut a row into several ranges
    for (const QItemSelectionRange& range : selection.selection()) spans.emplace_back(range.top(), range.bottom());
    std::sort(spans.begin(), spans.end());
    std::vector<int> rows;
    for (const auto& [top, bottom] : spans) {
        for (int row = rows.empty() ? top : std::max(top, rows.back() + 1); row <= bottom; ++row) rows.push_back(row);
    }
    return rows;
}

void select_rows(QItemSelectionModel& selection, const std::vector<int>& rows) {
    const QAbstractItemModel& model = *selection.model();
    QItemSelection all;
    for (std::size_t at = 0; at < rows.size();) {
        std::size_t last = at;
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1) ++last;
        all.append(QItemSelectionRange(model.index(rows[at], 0), model.index(rows[last], model.columnCount() - 1)));
        at = last + 1;
    }
    selection.select(all, QItemSelectionModel::ClearAndSelect);
}

}  // namespace abm
