// abm sources: what is in a workspace, what could not be read, and taking a file out again.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/cli/add_verb.h"
#include "app/cli/exit_code.h"
#include "app/cli/message.h"
#include "app/cli/workspace_options.h"
#include "core/data/record_names.h"
#include "core/store/failed_files.h"
#include "core/store/source_lookup.h"
#include "core/store/taken_out.h"

namespace abm::cli {
namespace {

struct SourcesVerbOptions {
    WorkspaceOptions workspace;
    TableOptions table;
    std::string source;
};

constexpr std::array<Column, 8> kSourceColumns{{
    {"source"},
    {"state"},
    {"format"},
    {"machine"},
    {"records", Column::Kind::number},
    {"labels", Column::Kind::number},
    {"path", Column::Kind::text, true},
    {"problem"},
}};

std::string first_message(const std::vector<SourceProblem>& problems) {
    return problems.empty() ? std::string() : problems.front().message;
}

int list_sources(const SourcesVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_only, progress);
    const auto snapshot = session->snapshot()->investigation();
    const std::vector<std::string> names = source_names(*snapshot);
    std::vector<std::int64_t> records(names.size()), labels(names.size());
    for (const Record& record : snapshot->records) ++records[raw(record.source)];
    for (const StandingLabel& label : snapshot->labels) ++labels[raw(snapshot->records[raw(label.record)].source)];
    TableWriter table(kSourceColumns, options.table);
    for (std::size_t at = 0; at < names.size(); ++at) {
        const Source& source = snapshot->sources[at];
        const bool stopped = std::ranges::any_of(source.problems, [](const SourceProblem& problem) { return problem.fatal; });
        table.row({names[at], stopped ? "read in part" : "read", source.format, source.machine, fmt::format("{}", records[at]),
                   fmt::format("{}", labels[at]), source.path.string(), first_message(source.problems)});
    }
    for (const FailedFile& file : FailedFiles(session->workspace()).list())
        table.row({file.name, "not read", "", "", "0", "0", file.path.string(), first_message(file.problems)});
    table.finish();
    return kDone;
}

int take_out(const SourcesVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_write, progress);
    const auto snapshot = session->snapshot()->investigation();
    SourceLookup lookup(*snapshot);
    const auto found = lookup.find(options.source);
    FailedFiles failed(session->workspace());
    for (const FailedFile& file : failed.list()) {
        // A name may be that of a file that was read as well: then its whole path tells which is meant.
        if (file.path != options.source && (found.source || file.name != options.source)) continue;
        failed.forget(file.path);
        fmt::print("{}: not listed any more; nothing of it had been read\n", file.name);
        return kDone;
    }
    if (!found.source) throw Error(ErrorCode::Invalid, found.why_not + "; nothing was changed");
    const auto in_it = [&](RecordIndex record) { return raw(snapshot->records[raw(record)].source) == *found.source; };
    const auto records =
        std::ranges::count_if(snapshot->records, [&](const Record& r) { return raw(r.source) == *found.source; });
    const auto labels = std::ranges::count_if(snapshot->labels, [&](const StandingLabel& label) { return in_it(label.record); });
    const std::string who = options.workspace.who.empty() ? system_user() : options.workspace.who;
    abm::take_out(session->workspace(), session->source_ids()[*found.source], who);
    session->refresh({});  // what was stored is stored; nothing is left to cancel
    fmt::print("{}: taken out, {} records; {} labels are kept and stand again when the file is read again\n", options.source,
               records, labels);
    return kDone;
}

}  // namespace

void add_sources(CLI::App& app, Action& action) {
    const auto options = std::make_shared<SourcesVerbOptions>();
    CLI::App* verb = app.add_subcommand("sources", "What is in a workspace: list, take-out");
    add_workspace(*verb, options->workspace, true);
    verb->require_subcommand(1);
    CLI::App* listing = add_verb(*verb, action, options, "list", "Every file, also those that could not be read", list_sources);
    add_table_options(*listing, options->table);
    add_verb(*verb, action, options, "take-out", "Remove a file from the workspace; the file itself and its labels stay",
             take_out)
        ->add_option("SOURCE", options->source, "Its name as 'abm sources list' writes it")
        ->required();
}

}  // namespace abm::cli
