#include "core/store/workspace_file.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/store/migrations.h"
#include "core/store/schema.h"
#include "core/store/words.h"
#include "core/store/workspace.h"

namespace abm {
namespace {

namespace fs = std::filesystem;
using Connection = std::unique_ptr<SQLite::Database>;

void refuse_folder(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) return;
    throw Error(ErrorCode::Io, "is a folder, not a workspace. Name a file in it, for example default.abmw");
}

void make_folders(const fs::path& path) {
    if (!path.has_parent_path()) return;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (!error || fs::is_directory(path.parent_path())) return;
    throw Error(ErrorCode::Io, fmt::format("the folder {} cannot be made: {}. Check the path and the permissions",
                                           path.parent_path().string(), error.message()));
}

/// SQLite's own handler looks ever less often: beside a program that writes without a pause it would hardly ever find a gap.
int wait_for_a_gap(void*, int times) {
    constexpr int kPause_ms = 2;
    if (times * kPause_ms >= Workspace::kBusy_ms) return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(kPause_ms));
    return 1;
}

/// Each thread has its own connection, so connections need no locks.
Connection connect(const std::string& name, int flags) {
    auto database = std::make_unique<SQLite::Database>(name, flags | SQLite::OPEN_NOMUTEX);
    sqlite3_busy_handler(database->getHandle(), wait_for_a_gap, nullptr);
    sqlite3_extended_result_codes(database->getHandle(), 1);
    return database;
}

/// 0: an empty database. Throws Error{Mismatch} when it is not ours, or newer than this program. Changes nothing.
int version_of(SQLite::Database& database) {
    const int application = database.execAndGet("PRAGMA application_id").getInt();
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    const bool has_tables = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() > 0;
    if (application == 0 && version == 0 && !has_tables) return 0;
    if (application != kApplicationId) {
        throw Error(ErrorCode::Mismatch,
                    "is a database of another program, not a workspace of ABM Workbench. Nothing was changed; choose "
                    "another file");
    }
    if (version > kSchemaVersion) {
        throw Error(
            ErrorCode::Mismatch,
            fmt::format("was written by a newer version of ABM Workbench (schema {}; this one knows up to {}). Nothing was "
                        "changed; open it with that version",
                        version, kSchemaVersion));
    }
    return version;
}

/// SQLite does not wait here by itself: another program may be creating the same workspace.
void use_write_ahead_log(SQLite::Database& database) {
    constexpr auto kPause = std::chrono::milliseconds(20);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(Workspace::kBusy_ms);
    while (true) {
        try {
            database.exec("PRAGMA journal_mode = WAL");
            return;
        } catch (const SQLite::Exception& error) {
            const bool busy = (error.getErrorCode() & 0xFF) == SQLITE_BUSY;
            if (!busy || std::chrono::steady_clock::now() > deadline) throw;
        }
        std::this_thread::sleep_for(kPause);
    }
}

bool writable(SQLite::Database& database) { return sqlite3_db_readonly(database.getHandle(), "main") == 0; }

/// Older workspaces cannot be read as they are, and reading must not change them.
void refuse_older(int version) {
    if (version == kSchemaVersion) return;
    if (version == 0) throw Error(ErrorCode::Mismatch, "is empty: no workspace. Open it for writing to make one of it");
    throw Error(ErrorCode::Mismatch,
                fmt::format("has the older schema {}. Open it once for writing, that brings it up to date", version));
}

Connection readable(Connection database) {
    refuse_older(version_of(*database));
    return database;
}

std::string immutable_uri(const fs::path& path) {
    std::string uri = "file:";
    for (const char c : fs::absolute(path).string()) {
        if (c == '?' || c == '#' || c == '%')
            uri += fmt::format("%{:02X}", static_cast<unsigned>(c));
        else
            uri += c;
    }
    return uri + "?immutable=1";
}

/// Where no lock and no log can be made, nobody writes either.
Connection open_immutable(const fs::path& path) {
    std::error_code ignored;
    const fs::path log = path.string() + "-wal";
    if (fs::exists(log, ignored) && fs::file_size(log, ignored) > 0) {
        throw Error(ErrorCode::Io,
                    fmt::format("its last changes are still in {}, which cannot be used in a read-only folder. Copy both "
                                "files into a folder that can be written to and open them there",
                                log.string()));
    }
    return readable(connect(immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI));
}

/// A connection that could write tidies up when it is closed: the workspace stays one file. It is told not to write.
Connection open_query_only(const fs::path& path) {
    Connection database = connect(path.string(), SQLite::OPEN_READWRITE);
    if (writable(*database)) database->exec("PRAGMA query_only = ON");
    return readable(std::move(database));
}

}  // namespace

std::unique_ptr<SQLite::Database> open_for_writing(const fs::path& path) {
    refuse_folder(path);
    make_folders(path);
    Connection database = connect(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    if (!writable(*database)) {
        throw Error(ErrorCode::Io,
                    "is read-only. Nothing was changed; check the permissions of the file, or open it for reading only");
    }
    const int version = version_of(*database);
    use_write_ahead_log(*database);
    database->exec("PRAGMA synchronous = FULL");
    if (version < kSchemaVersion) migrate(*database, migration_steps());
    database->exec("PRAGMA foreign_keys = ON");
    complete_words(*database);
    return database;
}

std::unique_ptr<SQLite::Database> open_for_reading(const fs::path& path) {
    refuse_folder(path);
    if (!fs::exists(path)) throw Error(ErrorCode::Io, "does not exist. Check the path");
    try {
        return open_query_only(path);
    } catch (const SQLite::Exception& error) {
        const int code = error.getErrorCode() & 0xFF;
        if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY) throw;
    }
    return open_immutable(path);
}

}  // namespace abm
