// Decides what the columns of a table are.
#pragma once

#include <vector>

#include "core/series/column_profile.h"
#include "core/series/table_layout.h"

namespace abm {

/// profiles, layout.names: by column. Fills everything else of the layout.
void assign_roles(const std::vector<ColumnProfile>& profiles, std::int64_t rows, TableLayout& layout);

}  // namespace abm
