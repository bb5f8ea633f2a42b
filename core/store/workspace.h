// One workspace file (*.abmw): opening, creating, migrating, settings and the audit trail. Format: docs/workspace-format.md.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace abm {

struct Words;

/// A connection to a workspace; not thread-safe: each thread opens its own. Several connections, also of several programs, may
/// write at the same time: a write waits for others up to kBusy_ms, then throws Error{Io} saying that nothing was changed.
/// WAL while open, checkpointed on close: a closed workspace is one file. What a call has stored when it returns survives kill
/// -9.
class Workspace {
public:
    enum class Access { read_write, read_only };
    static constexpr int kBusy_ms = 10'000;

    /// read_write creates what does not exist, its folders too, and brings older schemas up to date in one transaction.
    /// read_only works on read-only media as well. Throws Error{Io} when it cannot be opened, is read-only, locked or the disk is
    /// full, Error{Mismatch} for a newer schema or another kind of database, Error{Corrupt} for a damaged file; each says what to
    /// do.
    static Workspace open(const std::filesystem::path& path, Access access = Access::read_write);
    Workspace(Workspace&&) noexcept;
    ~Workspace();

    const std::filesystem::path& path() const { return path_; }
    Access access() const { return access_; }
    SQLite::Database& database() const { return *database_; }
    const Words& words() const { return *words_; }  ///< see core/store/words.h

    std::optional<std::string> setting(std::string_view key) const;
    void set_setting(std::string_view key, std::string_view value, std::string_view who);
    /// details: a JSON object.
    void audit(std::string_view who, std::string_view action, std::string_view subject, std::string_view details = "{}");
    /// Changes when another connection has written: what was read before may be out of date.
    std::int64_t data_version() const;

private:
    Workspace(std::filesystem::path path, Access access, std::unique_ptr<SQLite::Database> database);

    std::filesystem::path path_;
    Access access_;
    std::unique_ptr<SQLite::Database> database_;
    std::unique_ptr<const Words> words_;
};

/// Now, in UTC, to the microsecond.
Time utc_now();

/// Runs work(); turns what SQLite throws into an Error that names the workspace, says what was kept and what to do. An Error that
/// work() throws gets the name of the workspace in front, unless it has it already.
/// Every public call of core/store goes through it.
template <class Work>
auto stored(const std::filesystem::path& path, Work&& work);
[[noreturn]] void rethrow_stored(const std::filesystem::path& path);  ///< inside a catch block

template <class Work>
auto stored(const std::filesystem::path& path, Work&& work) {
    try {
        return work();
    } catch (...) {
        rethrow_stored(path);
    }
}

}  // namespace abm
