#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "core/store/workspace.h"
#include "core/store/workspace_care.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

/// A file beside its final place; gone with everything SQLite puts beside it unless it got its name.
class PartFile {
public:
    explicit PartFile(const fs::path& final_path) : path_(fmt::format("{}.part-{}", final_path.string(), ::getpid())) {
        remove();
    }
    ~PartFile() { remove(); }
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;
    const fs::path& path() const { return path_; }

private:
    void remove() const {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(path_.string() + suffix, ignored);
    }
    fs::path path_;
};

void force_to_disk(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool done = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!done)
        throw Error(ErrorCode::Io, fmt::format("{}: cannot be written to the disk. Check it and try again", path.string()));
}

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

/// All pages of one state: the open read transaction keeps writers from changing it, and nobody waits for us.
void copy_database(SQLite::Database& from, const fs::path& to, const Progress& progress) {
    constexpr int kPages = 1'024;
    const SQLite::Transaction one_state(from);
    from.execAndGet("SELECT count(*) FROM sqlite_schema");
    SQLite::Database target(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, Workspace::kBusy_ms);
    SQLite::Backup backup(target, from);
    int result = SQLITE_OK;
    while (result != SQLITE_DONE) {
        result = backup.executeStep(kPages);
        const int total = backup.getTotalPageCount();
        const double left = total > 0 ? static_cast<double>(backup.getRemainingPageCount()) / total : 0.0;
        progress.checkpoint(1.0 - left, "copying");
        if (result == SQLITE_BUSY || result == SQLITE_LOCKED) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

void refuse_missing(const fs::path& path) {
    if (!fs::exists(path)) throw Error(ErrorCode::Io, fmt::format("{}: does not exist. Check the path", path.string()));
}

/// Another file of the user is never written over.
void refuse_other_file(const fs::path& out, const fs::path& workspace) {
    std::error_code ignored;
    if (!fs::exists(out)) return;
    if (fs::equivalent(out, workspace, ignored)) {
        throw Error(ErrorCode::Invalid,
                    fmt::format("{}: is the workspace itself. Choose another file for the backup", out.string()));
    }
    try {
        Workspace::open(out, Workspace::Access::read_only);
    } catch (const Error& error) {
        throw Error(ErrorCode::Invalid, fmt::format("{}. Choose another file for the backup", error.what()));
    }
}

/// Backups of read-only media are made too; then there is no place for the entry.
Workspace open_to_copy(const fs::path& path) {
    try {
        return Workspace::open(path);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Io) throw;
    }
    return Workspace::open(path, Workspace::Access::read_only);
}

std::string details_of(const char* key, const fs::path& path) {
    return nlohmann::json{{key, path.string()}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Nobody else has the old workspace open as long as this lives. A damaged one cannot be locked: it is only moved.
class SoleUse {
public:
    explicit SoleUse(const fs::path& path) {
        try {
            database_ = std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READWRITE);
            database_->exec("PRAGMA journal_mode = DELETE");  // succeeds for the only connection; nothing stays in the log
            database_->exec("BEGIN EXCLUSIVE");
        } catch (const SQLite::Exception& error) {
            if ((error.getErrorCode() & 0xFF) == SQLITE_BUSY) {
                throw Error(ErrorCode::Io,
                            fmt::format("{}: is in use by another program. Nothing was changed; close it there and try again",
                                        path.string()));
            }
            database_.reset();
        }
    }

private:
    std::unique_ptr<SQLite::Database> database_;
};

fs::path free_name(const fs::path& path) {
    const std::string base = path.string() + ".before-restore";
    fs::path name = base;
    for (int number = 2; fs::exists(name); ++number) name = fmt::format("{}-{}", base, number);
    return name;
}

/// A log without its workspace would be taken for that of the new one.
void move_log(const fs::path& from, const fs::path& to) {
    for (const char* suffix : {"-wal", "-journal"}) {
        if (fs::exists(from.string() + suffix)) fs::rename(from.string() + suffix, to.string() + suffix);
    }
    std::error_code ignored;
    fs::remove(from.string() + "-shm", ignored);
}

void put_in_place(const fs::path& complete, const fs::path& path) {
    const fs::path kept = free_name(path);
    std::optional<SoleUse> alone;
    const bool replaces = fs::exists(path);
    if (replaces) {
        alone.emplace(path);
        fs::rename(path, kept);
    }
    move_log(path, kept);
    try {
        fs::rename(complete, path);
    } catch (const fs::filesystem_error&) {
        if (replaces) fs::rename(kept, path);
        move_log(kept, path);
        throw;
    }
}

void refuse_damaged_backup(const fs::path& backup, const Progress& progress) {
    const WorkspaceCheck check = check_workspace(backup, progress);
    if (check.clean()) return;
    const bool damaged = check.problems.front().kind != WorkspaceProblem::Kind::mismatch;
    throw Error(damaged ? ErrorCode::Corrupt : ErrorCode::Mismatch,
                fmt::format("{}: is not a whole backup ({}). Nothing was changed; choose another one", backup.string(),
                            check.problems.front().message));
}

}  // namespace

void backup_workspace(const fs::path& path, const fs::path& out, std::string_view who, const Progress& progress) {
    stored(path, [&] {
        refuse_missing(path);
        refuse_other_file(out, path);
        Workspace workspace = open_to_copy(path);
        const PartFile part(out);
        stored(out, [&] {
            copy_database(workspace.database(), part.path(), progress);
            force_to_disk(part.path());
        });
        // Before the copy gets its name: a backup that is refused leaves none.
        if (workspace.access() == Workspace::Access::read_write)
            workspace.audit(who, "backup", out.filename().string(), details_of("to", out));
        stored(out, [&] {
            fs::rename(part.path(), out);
            force_to_disk(folder_of(out));
        });
    });
}

void restore_workspace(const fs::path& backup, const fs::path& path, bool replace, std::string_view who,
                       const Progress& progress) {
    stored(path, [&] {
        refuse_missing(backup);
        if (fs::exists(path) && !replace) {
            throw Error(ErrorCode::Io,
                        "is there already. Nothing was changed; restore to another place, or replace it: then it is kept as "
                        "*.before-restore");
        }
        refuse_damaged_backup(backup, progress);
        if (fs::exists(path)) const SoleUse not_in_use(path);
        const PartFile part(path);
        {
            const Workspace from = Workspace::open(backup, Workspace::Access::read_only);
            copy_database(from.database(), part.path(), progress);
        }
        Workspace::open(part.path()).audit(who, "restore", path.filename().string(), details_of("from", backup));
        force_to_disk(part.path());
        put_in_place(part.path(), path);
        force_to_disk(folder_of(path));
    });
}

}  // namespace abm
