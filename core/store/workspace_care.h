// What keeps a workspace safe: is it whole, copies of it while it is used, and the way back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"

namespace abm {

struct WorkspaceProblem {
    enum class Kind : std::uint8_t {
        damage,    ///< bytes or rows are not what they must be: restore a backup
        mismatch,  ///< not a workspace, or one of another version
        tampered,  ///< what is append-only can be changed, or was
    };
    Kind kind = Kind::damage;
    std::string message;
};
std::string_view name_of(WorkspaceProblem::Kind kind);

struct WorkspaceCheck {
    std::vector<WorkspaceProblem> problems;  ///< at most a hundred of SQLite's own check
    std::int64_t sources = 0, records = 0, findings = 0, movements = 0, label_events = 0, models = 0, audit_entries = 0;
    bool clean() const { return problems.empty(); }
};
/// Reads the whole file and changes nothing; others may write meanwhile. Throws Error{Io} when it cannot be read at all,
/// Error{Cancelled}.
WorkspaceCheck check_workspace(const std::filesystem::path& path, const Progress& progress);

/// Copies the workspace as it is at this moment, while others write. `out` gets its name when the copy is complete and on the
/// disk; an older backup of this name is replaced then, any other file is not. Throws Error{Io, Invalid, Cancelled}; no part is
/// left.
void backup_workspace(const std::filesystem::path& path, const std::filesystem::path& out, std::string_view who,
                      const Progress& progress);

/// Puts a backup in the place of a workspace, after checking it. A workspace that is there is an Error{Io} unless `replace`: then
/// it is kept as *.before-restore (-2, -3 ...), also when it is damaged. One that is in use is an Error{Io}. On any error the old
/// workspace is where it was.
void restore_workspace(const std::filesystem::path& backup, const std::filesystem::path& path, bool replace, std::string_view who,
                       const Progress& progress);

}  // namespace abm
