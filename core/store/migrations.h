// How a database becomes a workspace of this version: a list of steps, one for each version of the schema.
#pragma once

#include <SQLiteCpp/Database.h>

#include <span>

namespace abm {

/// Step i brings schema version i to i + 1; the first makes the tables. A new version adds a file to resources/workspace.
std::span<const char* const> migration_steps();

/// Brings the database from its user_version to steps.size(), in one transaction that is in the audit trail. Nothing happens when
/// it is there already, also when another program was faster. Throws SQLite::Exception; then nothing was changed.
void migrate(SQLite::Database& database, std::span<const char* const> steps);

}  // namespace abm
