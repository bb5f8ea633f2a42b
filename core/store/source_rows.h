// The rows that hang on a source. For the source files of this folder only.
#pragma once

#include <SQLiteCpp/Database.h>

#include "core/base/ids.h"

namespace abm {

/// Deletes all but the row of the source itself, its labels and bookmarks. REQUIRES: inside a transaction.
void forget_rows(SQLite::Database& database, SourceId id);

}  // namespace abm
