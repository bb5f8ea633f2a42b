#include "core/store/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "core/store/schema.h"
#include "core/store/workspace.h"

namespace abm {
namespace {

void audit_migration(SQLite::Database& database, int from, int to) {
    SQLite::Statement add(database, "INSERT INTO audit(at, who, action, subject, details) VALUES(?, 'abm', ?, 'schema', ?)");
    add.bind(1, utc_now().time_since_epoch().count());
    add.bind(2, from == 0 ? "create" : "migrate");
    add.bind(3, fmt::format(R"({{"from":{},"to":{}}})", from, to));
    add.exec();
}

}  // namespace

std::span<const char* const> migration_steps() { return kSchemaSteps; }

void migrate(SQLite::Database& database, std::span<const char* const> steps) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const int from = database.execAndGet("PRAGMA user_version").getInt();
    const int to = static_cast<int>(steps.size());
    if (from >= to) return;
    for (int version = from; version < to; ++version) database.exec(steps[static_cast<std::size_t>(version)]);
    database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
    database.exec(fmt::format("PRAGMA user_version = {}", to));
    audit_migration(database, from, to);
    transaction.commit();
}

}  // namespace abm
