// Files of a watched folder that have come to rest, read into the workspace some at a time.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/pipeline/watch_folder.h"
#include "core/pipeline/workspace_session.h"

namespace abm {

/// What came of one file.
struct WatchReport {
    WatchedFile file;
    std::int64_t records = 0;         ///< that are new: of a grown file those that end behind what was read before
    Severity worst = Severity::none;  ///< of these
    std::string sentence;             ///< of the worst; empty when nothing was found
    std::string identity;             ///< of the source
    std::int64_t offset = -1;         ///< of the worst record in it
};

/// How many of the settled files are read at a time: the first `most_files`, and no more behind `most_bytes`; at least one.
struct BatchLimits {
    std::size_t most_files = 250;
    std::int64_t most_bytes = std::int64_t{64} << 20;
};
std::span<const SeenFile> next_batch(std::span<const SeenFile> settled, const BatchLimits& limits);

/// Reads the files in their order, those that are new by the choice. Each is stored in a transaction of its own and marked as
/// done with only then; one that changes while it is read, or vanishes, is left for a later look and has no report. A file that
/// cannot be read is set aside with its reason and the others go on. Throws Error when the workspace cannot be written, and
/// Error{Cancelled}: what was stored until then stays, and is known again.
std::vector<WatchReport> read_watched(WorkspaceSession& session, WatchId watch, std::span<const SeenFile> files,
                                      const Progress& progress, const ReadingChoice& choice = {});

/// The same without storing anything, nor what was done with: what would become of the files.
class WatchRehearsal {
public:
    /// session: null when there is no workspace yet.
    explicit WatchRehearsal(const WorkspaceSession* session, int threads = 0, std::uint64_t seed = 1, ReadingChoice choice = {});
    ~WatchRehearsal();
    std::vector<WatchReport> read(std::span<const SeenFile> files, const Progress& progress);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace abm
