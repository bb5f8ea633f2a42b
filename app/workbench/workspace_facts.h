// What the window knows of the open workspace itself.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/pipeline/workspace_session.h"

namespace abm {

/// What the window must know of a workspace besides its records; made by the worker after each command.
struct WorkspaceFacts {
    std::filesystem::path path;
    bool read_only = false;
    bool can_undo = false, can_redo = false;
    bool retrain_due = false;
    std::vector<ModelInfo> models;   ///< oldest first
    std::vector<std::string> notes;  ///< why the current model is not used, or labels are not shown; one sentence each
    WorkspaceSession::RetrainRule rule;
    ModelSettings settings;               ///< of the current model
    std::int64_t labels_since_model = 0;  ///< standing verdicts the current model was not trained with
};

WorkspaceFacts facts_of(const WorkspaceSession& session, bool read_only);

/// Write-protected files and media are opened to be read; every other trouble is told.
Workspace::Access access_to(const std::filesystem::path& path);

}  // namespace abm
