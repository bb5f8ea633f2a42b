// Files into a workspace: which are known, which have grown or moved, which are new.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/data/investigation.h"
#include "core/pipeline/reading_choice.h"
#include "core/store/source_store.h"

namespace abm {

class RuleSet;

/// Raised whenever records, findings or features of the same bytes would come out otherwise: sources read by an older version are
/// read again when their file is opened.
inline constexpr int kReaderVersion = 1;

/// What import did with a file.
struct ImportedSource {
    enum class Outcome : std::uint8_t {
        added,       ///< new
        grown,       ///< a known source with more behind it: labels stay
        read_again,  ///< known content, read by a newer version of the reader or as somebody chose since: labels stay
        known,       ///< nothing to do
        moved,       ///< known content under another name or in another place
        failed,      ///< nothing could be read; see problems
        unsettled,   ///< it changed while it was read (ImportOptions::stands): nothing was stored
    };
    std::filesystem::path path;
    std::string name;
    Outcome outcome = Outcome::failed;
    SourceId source{};           ///< 0 when it failed
    std::int64_t read_from = 0;  ///< of a journal that has grown: what lies before this byte was known and not read again
    Source as_read;              ///< with its problems; as it was made when the file was not read this time
};
std::string_view name_of(ImportedSource::Outcome outcome);

struct ImportOptions {
    int threads = 1;
    const RuleSet* rules = nullptr;  ///< not null
    std::string who;
    ReadingChoice choice = {};
    std::function<void(std::shared_ptr<const Investigation>)> on_partial;  ///< of the files being read; may be empty
    /// Asked of each file that was read, before anything of it is stored: whether it is still what was meant. Empty: always.
    std::function<bool(const std::filesystem::path&)> stands;
};

/// One result a file, in their order. Each source is stored in a transaction of its own: what was stored before an Error stays.
std::vector<ImportedSource> import_files(Workspace& workspace, std::span<const std::filesystem::path> files,
                                         const ImportOptions& options, const Progress& progress);

}  // namespace abm
