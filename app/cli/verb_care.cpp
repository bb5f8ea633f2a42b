// abm backup, restore and check: what keeps a workspace safe.
#include <fmt/format.h>

#include "app/cli/add_verb.h"
#include "app/cli/exit_code.h"
#include "app/cli/message.h"
#include "app/cli/workspace_options.h"
#include "core/store/workspace_care.h"

namespace abm::cli {
namespace {

struct CareVerbOptions {
    WorkspaceOptions workspace;
    std::filesystem::path file;
    bool replace = false;
};

int check(const CareVerbOptions& options, const Progress& progress) {
    const WorkspaceCheck found = check_workspace(options.workspace.path, progress);
    for (const WorkspaceProblem& problem : found.problems) fmt::print("{}: {}\n", name_of(problem.kind), problem.message);
    fmt::print("{} sources, {} records, {} findings, {} movements, {} label events, {} models, {} audit entries: {}\n",
               found.sources, found.records, found.findings, found.movements, found.label_events, found.models,
               found.audit_entries, found.clean() ? "no problem" : fmt::format("{} problems", found.problems.size()));
    if (found.clean()) return kDone;
    // The program that wrote it, or another file, is what is needed when it is not a workspace this version knows.
    if (found.problems.front().kind != WorkspaceProblem::Kind::mismatch)
        say("keep the file as it is, and bring back a copy: abm restore BACKUP --workspace W --replace");
    return kFailed;
}

int backup(const CareVerbOptions& options, const Progress& progress) {
    backup_workspace(options.workspace.path, options.file, system_user(), progress);
    fmt::print("{}\n", options.file.string());
    return kDone;
}

int restore(const CareVerbOptions& options, const Progress& progress) {
    restore_workspace(options.file, options.workspace.path, options.replace, system_user(), progress);
    fmt::print("{}\n", options.workspace.path);
    return kDone;
}

CLI::App* add_care(CLI::App& app, Action& action, const std::shared_ptr<CareVerbOptions>& options, const char* name,
                   const char* about, int (*work)(const CareVerbOptions&, const Progress&)) {
    CLI::App* const verb = add_verb(app, action, options, name, about, work);
    verb->add_option("--workspace", options->workspace.path, "The workspace (*.abmw)")->type_name("W")->required();
    return verb;
}

}  // namespace

void add_backup(CLI::App& app, Action& action) {
    const auto options = std::make_shared<CareVerbOptions>();
    add_care(app, action, options, "backup", "Copy a workspace to one file, also while it is in use", backup)
        ->add_option("--out", options->file, "The copy")
        ->type_name("FILE")
        ->required();
}

void add_restore(CLI::App& app, Action& action) {
    const auto options = std::make_shared<CareVerbOptions>();
    CLI::App* verb = add_care(app, action, options, "restore", "Make a workspace of a backup", restore);
    verb->add_option("FILE", options->file, "A copy 'abm backup' made")->required();
    verb->add_flag("--replace", options->replace, "Also when W exists; it is kept as W.before-restore");
}

void add_check(CLI::App& app, Action& action) {
    add_care(app, action, std::make_shared<CareVerbOptions>(), "check", "Whether a workspace is whole; changes nothing", check);
}

}  // namespace abm::cli
