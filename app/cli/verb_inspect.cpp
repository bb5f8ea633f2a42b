// abm inspect: what the files are and how well they were understood.
#include <fmt/format.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/cli/exit_code.h"
#include "app/cli/inputs.h"
#include "app/cli/number_format.h"
#include "app/cli/verbs.h"
#include "core/capture/read_capture.h"
#include "core/data/record_names.h"

namespace abm::cli {
namespace {

struct Options {
    InputOptions inputs;
    TableOptions table;
};

constexpr auto kNumber = Column::Kind::number;
constexpr auto kStructured = Column::Kind::number;  // goes into JSON Lines as it is

constexpr std::array<Column, 19> kColumns{{
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
    const bool capture = !source.link_type.empty();
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

struct Inspected {
    Investigation all;  ///< its sources alone, in the order of the files
    bool complete = true;
};

// Captures are told by their first bytes; all others are read as journals.
Inspected inspect_files(const Options& options, const Progress& progress) {
    NamedFiles named = find_files(options.inputs.inputs);
    std::map<std::filesystem::path, Source> captures;
    std::vector<std::filesystem::path> journals;
    Inspected inspected{{}, named.complete};
    for (const auto& file : named.files) {
        if (is_capture(file)) {
            Source& source = captures[file] = inspect_capture(file, progress);
            if (!say_problems(source, named)) inspected.complete = false;
        } else {
            journals.push_back(file);
        }
    }
    const std::vector<std::filesystem::path> files = std::exchange(named.files, journals);
    const Reading reading = read_plain(named, options.inputs.threads, progress);
    if (!reading.complete) inspected.complete = false;
    auto journal = reading.investigation().sources.begin();
    for (const auto& file : files) {
        const auto capture = captures.find(file);
        inspected.all.sources.push_back(capture != captures.end() ? capture->second : *journal++);
    }
    return inspected;
}

int inspect(const Options& options, const Progress& progress) {
    TableWriter table(kColumns, options.table);
    const Inspected inspected = inspect_files(options, progress);
    const std::vector<std::string> names = source_names(inspected.all);
    for (std::size_t i = 0; i < names.size(); ++i) {
        table.row(row_of(inspected.all.sources[i], names[i], table.format() == TableFormat::jsonl));
    }
    table.finish();
    return inspected.complete ? kDone : kFailed;
}

}  // namespace

void add_inspect(CLI::App& app, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* verb = app.add_subcommand(
        "inspect", "Format, encoding, line ends, machine, time span, sessions, packets and lines not understood of each file");
    add_inputs(*verb, options->inputs);
    add_table_options(*verb, options->table);
    verb->callback([&action, options] { action = [options](const Progress& progress) { return inspect(*options, progress); }; });
}

}  // namespace abm::cli
