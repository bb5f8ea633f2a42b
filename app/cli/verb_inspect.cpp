// abm inspect: what the files are and how well they were understood.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "app/cli/exit_code.h"
#include "app/cli/inputs.h"
#include "app/cli/number_format.h"
#include "app/cli/verbs.h"
#include "core/data/record_names.h"

namespace abm::cli {
namespace {

struct InspectVerbOptions {
    InputOptions inputs;
    TableOptions table;
};

constexpr auto kStructured = Column::Kind::number;  // goes into JSON Lines as it is

constexpr std::array<Column, 19> kInspectColumns{{
    {"source"},
    {"format"},
    {"encoding", Column::Kind::text, true},
    {"gzip", kStructured, true},
    {"line_end"},
    {"machine"},
    {"first_time"},
    {"last_time"},
    {"sessions", kNumber},
    {"intervals", kNumber},
    {"packets", kNumber},
    {"link_type"},
    {"lines", kNumber},
    {"lines_not_understood", kNumber},
    {"bytes", kNumber},
    {"card_numbers_masked", kNumber},
    {"account_numbers_masked", kNumber, true},
    {"identity", Column::Kind::text, true},
    {"problems", kStructured},
}};

std::string problems_as_json(const Source& source) {
    auto list = nlohmann::ordered_json::array();
    for (const SourceProblem& problem : source.problems) {
        nlohmann::ordered_json entry;
        entry["offset"] = problem.offset < 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(problem.offset);
        entry["count"] = problem.count;
        entry["fatal"] = problem.fatal;
        entry["message"] = problem.message;
        list.push_back(std::move(entry));
    }
    return list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string problems_as_text(const Source& source) {
    std::string text;
    for (const SourceProblem& problem : source.problems) {
        if (!text.empty()) text += "; ";
        text += problem.message;
    }
    return text;
}

std::vector<std::string> row_of(const Source& source, const std::string& name, bool json) {
    const auto number = [](std::int64_t value) { return fmt::format("{}", value); };
    const bool capture = source.is_capture();
    return {name,
            source.format,
            source.encoding,
            source.gzip ? "true" : "false",
            std::string(name_of(source.line_end)),
            source.machine,
            iso8601(source.first_time),
            iso8601(source.last_time),
            capture ? "" : number(source.sessions),
            capture ? "" : number(source.intervals),
            capture ? number(source.packets) : "",
            source.link_type,
            capture ? "" : number(source.lines),
            capture ? "" : number(source.lines_not_understood),
            number(source.bytes),
            number(source.card_numbers_masked),
            number(source.account_numbers_masked),
            source.identity,
            json ? problems_as_json(source) : problems_as_text(source)};
}

int inspect(const InspectVerbOptions& options, const Progress& progress) {
    TableWriter table(kInspectColumns, options.table);
    const Reading reading = read_plain(options.inputs, progress);
    const Investigation& investigation = reading.investigation();
    const std::vector<std::string> names = source_names(investigation);
    for (std::size_t i = 0; i < names.size(); ++i) {
        table.row(row_of(investigation.sources[i], names[i], table.format() == TableFormat::jsonl));
    }
    table.finish();
    return reading.complete ? kDone : kFailed;
}

}  // namespace

void add_inspect(CLI::App& app, Action& action) {
    const auto options = std::make_shared<InspectVerbOptions>();
    CLI::App* verb = app.add_subcommand(
        "inspect", "Format, encoding, line ends, machine, time span, sessions, packets and lines not understood of each file");
    add_inputs(*verb, options->inputs);
    add_reading_options(*verb, options->inputs);
    add_table_options(*verb, options->table);
    verb->callback([&action, options] {
        require_possible_reading(options->inputs);
        action = [options](const Progress& progress) { return inspect(*options, progress); };
    });
}

}  // namespace abm::cli
