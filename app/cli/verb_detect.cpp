// abm detect: every record with its score and the reasons for it, or every finding.
#include <fmt/format.h>

#include <array>
#include <map>

#include "app/cli/exit_code.h"
#include "app/cli/inputs.h"
#include "app/cli/number_format.h"
#include "app/cli/record_order.h"
#include "app/cli/verbs.h"
#include "core/data/record_names.h"
#include "core/pipeline/record_reasons.h"

namespace abm::cli {
namespace {

struct DetectVerbOptions {
    InputOptions inputs;
    JudgeOptions judging;
    TableOptions table;
    Selection selection;
    bool findings = false;
};

constexpr auto kText = Column::Kind::text;
constexpr std::size_t kRowsPerCheckpoint = 4'096;

// Stable: programs rely on names and order.
constexpr std::array<Column, 14> kRecordColumns{{
    {"source"},
    {"kind"},
    {"ordinal", kNumber},
    {"start_offset", kNumber, true},
    {"end_offset", kNumber, true},
    {"start_time"},
    {"end_time", kText, true},
    {"entity"},
    {"score", kNumber},
    {"severity"},
    {"type"},
    {"amount_at_risk", kNumber},
    {"reasons"},
    {"label", kText, true},
}};

constexpr std::array<Column, 9> kFindingColumns{{
    {"source"},
    {"kind"},
    {"ordinal", kNumber},
    {"type"},
    {"severity"},
    {"start_offset", kNumber},
    {"end_offset", kNumber},
    {"amount", kNumber},
    {"sentence"},
}};

std::string number(std::int64_t value) { return fmt::format("{}", value); }

void list_records(const ScoredInvestigation& scored, const Selection& selection, TableWriter& table, const Progress& progress) {
    const Investigation& investigation = *scored.investigation();
    const std::vector<std::string> names = source_names(investigation);
    const std::vector<RecordIndex> chosen = select_records(investigation, selection);
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (i % kRowsPerCheckpoint == 0)
            progress.checkpoint(static_cast<double>(i) / static_cast<double>(chosen.size()), "writing");
        const Record& record = investigation.records[raw(chosen[i])];
        table.row({names[raw(record.source)], std::string(name_of(record.kind)), number(record.ordinal),
                   number(record.span.offset), number(record.span.end()), iso8601(record.start), iso8601(record.end),
                   investigation.machine_of(record), score_digits(record.score), std::string(name_of(record.severity)),
                   std::string(name_of(record.type)), amount_text(record.at_risk), reasons_of(scored, chosen[i]),
                   std::string(name_of(record.label))});
    }
}

void list_findings(const Investigation& investigation, const Selection& selection, TableWriter& table, const Progress& progress) {
    const std::vector<std::string> names = source_names(investigation);
    const std::vector<const Finding*> chosen = select_findings(investigation, selection);
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (i % kRowsPerCheckpoint == 0)
            progress.checkpoint(static_cast<double>(i) / static_cast<double>(chosen.size()), "writing");
        const Finding& finding = *chosen[i];
        const bool whole = about_source(investigation, finding);
        const Record* record = whole ? nullptr : &investigation.records[raw(finding.record)];
        const std::size_t source = whole ? raw(finding.record) : raw(record->source);
        table.row({names[source], whole ? "source" : std::string(name_of(record->kind)), number(whole ? 0 : record->ordinal),
                   std::string(name_of(finding.type)), std::string(name_of(finding.severity)), number(finding.span.offset),
                   number(finding.span.end()), amount_text(finding.amount), finding.sentence});
    }
}

int detect(const DetectVerbOptions& options, const Progress& progress) {
    const std::span<const Column> columns = options.findings ? std::span<const Column>(kFindingColumns) : kRecordColumns;
    TableWriter table(columns, options.table);
    const Reading reading = read_judged(options.inputs, options.judging, progress);
    Selection selection = options.selection;
    if (reading.only_chosen) selection.sources = reading.chosen;
    if (options.findings) {
        list_findings(reading.investigation(), selection, table, progress);
    } else {
        list_records(*reading.scored, selection, table, progress);
    }
    table.finish();
    return reading.complete ? kDone : kFailed;
}

}  // namespace

void add_detect(CLI::App& app, Action& action) {
    static const std::map<std::string, Order> kOrders{{"score", Order::score}, {"time", Order::time}};
    const auto options = std::make_shared<DetectVerbOptions>();
    CLI::App* verb = app.add_subcommand("detect", "Score every session and interval, and say why");
    add_inputs(*verb, options->inputs, false);
    add_reading_options(*verb, options->inputs);
    verb->add_flag("--findings", options->findings, "A row for each finding instead of each record");
    verb->add_option("--threshold", options->selection.threshold, "Only scores of T (0 to 1) and above")
        ->type_name("T")
        ->check(CLI::Range(0.0, 1.0));
    verb->add_option("--top", options->selection.top, "Only the N highest")->type_name("N")->check(CLI::NonNegativeNumber);
    verb->add_option_function<std::string>(
            "--order", [options](const std::string& name) { options->selection.order = kOrders.at(name); },
            "score (highest first, the default) or time")
        ->type_name("ORDER")
        ->check(CLI::IsMember(kOrders).description(""));
    verb->add_flag("--all", options->selection.trivial, "Also intervals in which nothing happened");
    add_judge_options(*verb, options->judging);
    add_table_options(*verb, options->table);
    verb->callback([&action, options] {
        require_something_to_read(options->inputs, options->judging);
        action = [options](const Progress& progress) { return detect(*options, progress); };
    });
}

}  // namespace abm::cli
