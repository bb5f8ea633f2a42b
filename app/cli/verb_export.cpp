// abm export: the labelled data of a workspace, for other tools and other workspaces.
#include <fmt/format.h>

#include <map>

#include "app/cli/exit_code.h"
#include "app/cli/verbs.h"
#include "app/cli/workspace_options.h"
#include "core/pipeline/record_reasons.h"
#include "core/store/label_file.h"

namespace abm::cli {
namespace {

struct ExportVerbOptions {
    WorkspaceOptions workspace;
    ExportOptions dataset;
    std::filesystem::path out;
};

int export_dataset(const ExportVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_only, progress);
    ExportOptions dataset = options.dataset;
    dataset.who = system_user();
    dataset.program = "ABM Workbench " ABM_VERSION;
    const auto scored = session->snapshot();
    dataset.reasons_of = [&](RecordIndex record) { return reasons_of(*scored, record); };
    const auto files =
        export_labelled(session->workspace(), *scored->investigation(), session->source_ids(), options.out, dataset, progress);
    for (const std::filesystem::path& file : files) fmt::print("{}\n", file.string());
    return kDone;
}

}  // namespace

void add_export(CLI::App& app, Action& action) {
    static const std::map<std::string, DatasetFormat> kFormats{
        {"csv", DatasetFormat::csv}, {"jsonl", DatasetFormat::jsonl}, {"libsvm", DatasetFormat::libsvm}};
    const auto options = std::make_shared<ExportVerbOptions>();
    CLI::App* verb = app.add_subcommand("export", "Labels, features and a manifest of a workspace");
    add_workspace(*verb, options->workspace, false);
    verb->add_option("--out", options->out, "Folder to write into")->type_name("DIR")->required();
    verb->add_option_function<std::string>(
            "--as", [options](const std::string& name) { options->dataset.format = kFormats.at(name); },
            "csv (the default), jsonl or libsvm")
        ->type_name("FORMAT")
        ->check(CLI::IsMember(kFormats).description(""));
    verb->add_flag("--all", options->dataset.all, "Also records nobody has labelled");
    verb->callback(
        [&action, options] { action = [options](const Progress& progress) { return export_dataset(*options, progress); }; });
}

}  // namespace abm::cli
