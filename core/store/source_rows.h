// The rows that hang on a source. For the source files of this folder only.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace abm {

/// Deletes the rows of the source in one table.
void forget_rows_in(SQLite::Database& database, std::string_view table, SourceId id);
/// Deletes all but the row of the source itself, its labels and bookmarks. REQUIRES: inside a transaction.
void forget_rows(SQLite::Database& database, SourceId id);
/// Fingerprints of the sessions and intervals that count in the source.
std::vector<std::uint64_t> read_prints(SQLite::Database& database, SourceId id);
/// When sessions do not count in a source any more, they may in another that was left out because of them: it must be read from
/// its beginning to know. REQUIRES: inside a transaction.
void forget_checkpoints(SQLite::Database& database);

}  // namespace abm
