// What the verbs that work on a workspace have in common.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "app/cli/inputs.h"
#include "core/pipeline/workspace_session.h"

namespace abm::cli {

struct WorkspaceOptions {
    std::string path;
    std::string who;
    int threads = 0;
};

/// --workspace (required) and --threads; with `acts` also --who, the name an act is recorded under.
void add_workspace(CLI::App& verb, WorkspaceOptions& options, bool acts);

/// Opens what must exist: a mistyped name shall not make an empty workspace. Says the notes of the session on stderr.
std::unique_ptr<WorkspaceSession> open_session(const WorkspaceOptions& options, Workspace::Access access,
                                               const Progress& progress);

/// A whole file, such as a model. Throws Error{Io}.
std::string file_content(const std::filesystem::path& path);

/// Imports the inputs, if there are any, into the workspace, which is made when it does not exist; then shows all of it, or only
/// the sources that were given. Says on stderr what could not be read.
Reading read_workspace(const InputOptions& inputs, const JudgeOptions& judging, const Progress& progress);

/// "ABM25EJ.txt#session:7" -> its record. Throws Error{Invalid} saying what is wrong and what there is.
RecordIndex record_named(const Investigation& investigation, std::string_view name);

}  // namespace abm::cli
