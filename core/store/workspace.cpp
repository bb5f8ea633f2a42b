#include "core/store/workspace.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/error.h"
#include "core/store/words.h"
#include "core/store/workspace_file.h"

namespace abm {

Time utc_now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

Workspace::Workspace(std::filesystem::path path, Access access, std::unique_ptr<SQLite::Database> database)
    : path_(std::move(path)),
      access_(access),
      database_(std::move(database)),
      words_(std::make_unique<const Words>(read_words(*database_))) {}
Workspace::Workspace(Workspace&&) noexcept = default;

Workspace::~Workspace() {
    if (database_ == nullptr || access_ == Access::read_only) return;
    // The last connection leaves one file behind; while others read, the log stays and they tidy up. Nobody waits for that.
    sqlite3_busy_timeout(database_->getHandle(), 0);
    sqlite3_wal_checkpoint_v2(database_->getHandle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

Workspace Workspace::open(const std::filesystem::path& path, Access access) {
    return stored(path, [&] {
        auto database = access == Access::read_write ? open_for_writing(path) : open_for_reading(path);
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
