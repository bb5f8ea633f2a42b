// How somebody wants sources to be read, which a workspace keeps with each.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/capture/capture_options.h"
#include "core/data/label.h"
#include "core/textlog/log_profile.h"

namespace abm {

class Workspace;

/// How the files of an import are read from now on, and whenever they are read again. Each part holds for the files it is for.
struct ReadingChoice {
    std::optional<LogProfile> profile = {};       ///< of text logs
    bool by_content = false;                      ///< text logs: the profile that was chosen before is forgotten
    std::optional<CaptureOptions> captures = {};  ///< the defaults: what was chosen before is forgotten
};

/// What was chosen for a source before: no profile when its content says, for captures the defaults when nothing was. What can no
/// longer be read, of another release, counts as not chosen.
ReadingChoice chosen_reading(const Workspace& workspace, SourceId source);

/// Whether the file would be read otherwise by this profile than by its content: those of text logs are for text logs, that of
/// journals for what its content would not have read as one.
bool is_for(const LogProfile& profile, const std::filesystem::path& file);
/// Whether the file, which is this source, would be read otherwise than it was.
bool reads_otherwise(const Workspace& workspace, SourceId source, const std::filesystem::path& file, const ReadingChoice& choice);
/// Keeps what of the choice is for a file of this kind.
void keep_choice(Workspace& workspace, SourceId source, const std::filesystem::path& file, const ReadingChoice& choice,
                 const std::string& who);

}  // namespace abm
