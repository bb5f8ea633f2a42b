// abm label: an expert's verdicts: set, import, list, undo, redo.
#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iostream>

#include "app/cli/add_verb.h"
#include "app/cli/exit_code.h"
#include "app/cli/message.h"
#include "app/cli/workspace_options.h"
#include "core/base/card_mask.h"
#include "core/data/record_names.h"
#include "core/pipeline/attach_labels.h"
#include "core/store/label_file.h"

namespace abm::cli {
namespace {

struct LabelVerbOptions {
    WorkspaceOptions workspace;
    TableOptions table;
    std::string record, verdict, type, note, file;
};

constexpr std::array<Column, 9> kLabelColumns{{
    {"source"},
    {"kind"},
    {"start_offset", Column::Kind::number},
    {"label"},
    {"type"},
    {"note"},
    {"who"},
    {"when"},
    {"disputed"},
}};

int set(const LabelVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_write, progress);
    const RecordIndex record = record_named(*session->snapshot()->investigation(), options.record);
    LabelRequest request;
    request.label = *label_class_from_name(options.verdict);
    request.type = options.type;
    request.note = options.note;
    session->label({&record, 1}, request);
    const Investigation& now = *session->snapshot()->investigation();
    fmt::print("{}: {}; score {:.2f}\n", record_name(now, now.records[raw(record)]), options.verdict,
               static_cast<double>(now.records[raw(record)].score));
    return kDone;
}

int list_labels(const LabelVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_only, progress);
    const Investigation& investigation = *session->snapshot()->investigation();
    const std::vector<std::string> names = source_names(investigation);
    const std::vector<LabelEvent> events = LabelStore(session->workspace()).events();
    TableWriter table(kLabelColumns, options.table);
    for (const StandingVerdict& verdict : standing_verdicts(events)) {
        const auto source = session->index_of(verdict.key.source);
        table.row({source ? names[raw(*source)] : std::string(), std::string(name_of(verdict.key.kind)),
                   fmt::format("{}", verdict.key.start_offset), std::string(name_of(verdict.label.label)), verdict.label.type,
                   verdict.label.note, verdict.label.who, iso8601(verdict.label.when) + "Z",
                   verdict.disputed ? (verdict.counts ? "counts" : "overruled") : ""});
    }
    table.finish();
    return kDone;
}

void say_rows(const std::string& file, const std::vector<RowProblem>& rows, std::string_view what) {
    for (const RowProblem& row : rows) say(fmt::format("{}{}:{}: {}", what, file, row.line, row.message));
}

int import_file(const LabelVerbOptions& options, const Progress& progress) {
    std::ifstream opened;
    if (options.file != "-") {
        opened.open(options.file, std::ios::binary);
        if (!opened) throw Error(ErrorCode::Io, fmt::format("{}: cannot be read; nothing was changed", options.file));
    }
    const LabelFile file = read_label_file(options.file == "-" ? std::cin : opened, options.file);
    const auto session = open_session(options.workspace, Workspace::Access::read_write, progress);
    const std::string who = options.workspace.who.empty() ? system_user() : options.workspace.who;
    const LabelImport done =
        import_labels(session->workspace(), *session->snapshot()->investigation(), session->source_ids(), file, who);
    session->refresh({});  // so that the next start shows scores that know these labels; nothing is left to cancel
    say_rows(options.file, file.problems, "");
    say_rows(options.file, done.unmatched, "");
    say_rows(options.file, done.contradictions, "note: ");
    fmt::print("{} labels stored, {} already there, {} contradict another verdict (both are kept), {} rows not stored\n",
               done.stored, done.already_there, done.contradictions.size(), done.unmatched.size() + file.problems.size());
    if (done.card_numbers_masked > 0) say(fmt::format("note: {} full card numbers were masked", done.card_numbers_masked));
    return done.unmatched.empty() && file.problems.empty() ? kDone : kFailed;
}

int step_back(const LabelVerbOptions& options, bool undo, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_write, progress);
    const auto outcome = undo ? session->undo() : session->redo();
    if (!outcome) {
        say(undo ? "there is no label to undo" : "there is nothing to redo");
        return kFailed;
    }
    const std::string what = outcome->records.size() == 1 ? std::string(name_of(outcome->label.label))
                                                          : fmt::format("{} labels", outcome->records.size());
    fmt::print("{}: {}\n", undo ? "undone" : "done again", what);
    return kDone;
}

int undo(const LabelVerbOptions& options, const Progress& progress) { return step_back(options, true, progress); }
int redo(const LabelVerbOptions& options, const Progress& progress) { return step_back(options, false, progress); }

}  // namespace

void add_label(CLI::App& app, Action& action) {
    const auto options = std::make_shared<LabelVerbOptions>();
    CLI::App* verb = app.add_subcommand("label", "An expert's verdicts: set, import, list, undo, redo");
    add_workspace(*verb, options->workspace, true);
    verb->require_subcommand(1);

    CLI::App* one = add_verb(*verb, action, options, "set", "Say what a record is", set);
    one->add_option("RECORD", options->record, "For instance ABM25EJ.txt#session:7")->required();
    one->add_option("LABEL", options->verdict, "anomaly, normal or unsure")
        ->required()
        ->check(CLI::IsMember({"anomaly", "normal", "unsure"}).description(""));
    one->add_option("--type", options->type, "What kind of anomaly, for instance cash_at_risk")->type_name("T");
    one->add_option("--note", options->note, "A few words")->type_name("S");

    CLI::App* file = add_verb(*verb, action, options, "import", "Take over the labels of a CSV or JSON Lines file", import_file);
    file->add_option("FILE", options->file, "As 'abm export' writes it (- for standard input)")->required();

    CLI::App* listing = add_verb(*verb, action, options, "list", "Every expert's standing verdict", list_labels);
    add_table_options(*listing, options->table);

    add_verb(*verb, action, options, "undo", "Take the latest step back", undo);
    add_verb(*verb, action, options, "redo", "Do the step undone last again", redo);
}

}  // namespace abm::cli
