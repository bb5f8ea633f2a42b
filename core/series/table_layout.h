// What the columns of a table are. The rules are in docs/tables.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/source.h"
#include "core/series/column_profile.h"
#include "core/series/table_input.h"

namespace abm {

enum class ColumnRole : std::uint8_t {
    feature,     ///< numbers, and yes or no as 1 and 0
    time,        ///< when the row was
    entity,      ///< which machine, host or source it is about
    metric,      ///< which quantity `value` is, in a table of series
    value,       ///< the quantity
    text,        ///< kept in the file, not a feature
    identifier,  ///< a running number, a card number, an id
    constant,    ///< one value
    unknown,     ///< no value
    verdict,     ///< somebody's answer, such as "label": models must not see it
};

struct TableColumn {
    std::string name;  ///< valid UTF-8, card numbers masked, distinct
    ColumnRole role = ColumnRole::unknown;
    CellType type = CellType::none;
    Decimal decimal = Decimal::point;
};

struct TableLayout {
    std::vector<TableColumn> columns;
    std::vector<std::string> names;  ///< of the columns as written
    std::optional<std::size_t> time, entity, metric, value;
    DateOrder date_order = DateOrder::unknown;
    bool series = false;  ///< time and value are there

    std::vector<std::size_t> features() const;  ///< columns, rising
};

/// First pass over a table: fills `source` (format, encoding, lines, what was not understood, identity ...) and tells what the
/// columns are. nullopt: nothing of it can be read, the source has a fatal problem. Throws Error{Cancelled}.
std::optional<TableLayout> survey_table(Source& source, const Progress& progress);

/// The time in a cell of the time column; kUnknownTime when it holds none.
Time row_time(const TableLayout& layout, std::string_view cell);

}  // namespace abm
