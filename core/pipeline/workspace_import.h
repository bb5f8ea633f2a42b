// Files into a workspace: which are known, which have grown or moved, which are new.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/data/investigation.h"
#include "core/store/source_store.h"
#include "core/textlog/log_profile.h"

namespace abm {

class RuleSet;

/// By which log profile the text logs of an import are read.
struct ProfileChoice {
    std::optional<LogProfile> profile;  ///< from now on, and whenever the file is read again; kept in the workspace
    bool by_content = false;            ///< what was chosen before is forgotten
};

/// Raised whenever records, findings or features of the same bytes would come out otherwise: sources read by an older version are
/// read again when their file is opened.
inline constexpr int kReaderVersion = 1;

/// What import did with a file.
struct ImportedSource {
    enum class Outcome : std::uint8_t {
        added,       ///< new
        grown,       ///< a known source with more behind it: labels stay
        read_again,  ///< known content, read by a newer version of the reader or by another log profile: labels stay
        known,       ///< nothing to do
        moved,       ///< known content under another name or in another place
        failed,      ///< nothing could be read; see problems
        unsettled,   ///< it changed while it was read (ImportOptions::stands): nothing was stored
    };
    std::filesystem::path path;
    std::string name;
    Outcome outcome = Outcome::failed;
    SourceId source{};  ///< 0 when it failed
    Source as_read;     ///< with its problems; as it was made when the file was not read this time
};
std::string_view name_of(ImportedSource::Outcome outcome);

struct ImportOptions {
    int threads = 1;
    const RuleSet* rules = nullptr;  ///< not null
    std::string who;
    ProfileChoice profile = {};
    std::function<void(std::shared_ptr<const Investigation>)> on_partial;  ///< of the files being read; may be empty
    /// Asked of each file that was read, before anything of it is stored: whether it is still what was meant. Empty: always.
    std::function<bool(const std::filesystem::path&)> stands;
};

/// The profile somebody chose for a source; nullopt: its content says. One that can no longer be read counts as none.
std::optional<LogProfile> chosen_log_profile(const Workspace& workspace, SourceId source);

/// One result a file, in their order. Each source is stored in a transaction of its own: what was stored before an Error stays.
std::vector<ImportedSource> import_files(Workspace& workspace, std::span<const std::filesystem::path> files,
                                         const ImportOptions& options, const Progress& progress);

}  // namespace abm
