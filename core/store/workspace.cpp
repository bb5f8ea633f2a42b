#include "core/store/workspace.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/error.h"
#include "core/store/schema.h"

namespace abm {
namespace {

bool is_new(SQLite::Database& database) { return database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0; }

void create_tables(SQLite::Database& database) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (!is_new(database)) return;  // another program was faster
    database.exec(kSchemaText);
    database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
    database.exec(fmt::format("PRAGMA user_version = {}", kSchemaVersion));
    transaction.commit();
}

}  // namespace

Time utc_now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

void rethrow_stored(const std::filesystem::path& path) {
    try {
        throw;
    } catch (const SQLite::Exception& error) {
        throw Error(ErrorCode::Io, fmt::format("{}: {}; nothing was changed", path.string(), error.what()));
    }
}

Workspace::Workspace(std::filesystem::path path, Access access, std::unique_ptr<SQLite::Database> database)
    : path_(std::move(path)), access_(access), database_(std::move(database)) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

Workspace Workspace::open(const std::filesystem::path& path, Access access) {
    return stored(path, [&] {
        const bool writes = access == Access::read_write;
        if (writes && path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
        auto database = std::make_unique<SQLite::Database>(
            path.string(), writes ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY, kBusy_ms);
        if (writes) {
            database->exec("PRAGMA journal_mode = WAL");
            database->exec("PRAGMA synchronous = FULL");
            if (is_new(*database)) create_tables(*database);
        }
        database->exec("PRAGMA foreign_keys = ON");
        return Workspace(path, access, std::move(database));
    });
}

std::optional<std::string> Workspace::setting(std::string_view key) const {
    return stored(path_, [&]() -> std::optional<std::string> {
        SQLite::Statement query(*database_, "SELECT value FROM settings WHERE key = ?");
        query.bind(1, std::string(key));
        if (!query.executeStep()) return std::nullopt;
        return query.getColumn(0).getString();
    });
}

void Workspace::set_setting(std::string_view key, std::string_view value, std::string_view who) {
    stored(path_, [&] {
        SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement put(*database_,
                              "INSERT INTO settings VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value");
        put.bind(1, std::string(key));
        put.bind(2, std::string(value));
        put.exec();
        audit(who, "setting", key);
        transaction.commit();
    });
}

void Workspace::audit(std::string_view who, std::string_view action, std::string_view subject, std::string_view details) {
    stored(path_, [&] {
        SQLite::Statement add(*database_, "INSERT INTO audit(at, who, action, subject, details) VALUES(?, ?, ?, ?, ?)");
        add.bind(1, utc_now().time_since_epoch().count());
        add.bind(2, std::string(who));
        add.bind(3, std::string(action));
        add.bind(4, std::string(subject));
        add.bind(5, std::string(details));
        add.exec();
    });
}

std::int64_t Workspace::data_version() const {
    return stored(path_, [&] { return database_->execAndGet("PRAGMA data_version").getInt64(); });
}

}  // namespace abm
