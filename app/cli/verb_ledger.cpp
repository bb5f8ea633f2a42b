// abm ledger: every movement of notes, what the books demand and what the machine counted.
#include <fmt/format.h>

#include <array>

#include "app/cli/exit_code.h"
#include "app/cli/inputs.h"
#include "app/cli/number_format.h"
#include "app/cli/verbs.h"
#include "core/data/record_names.h"

namespace abm::cli {
namespace {

struct Options {
    InputOptions inputs;
    TableOptions table;
};

constexpr auto kNumber = Column::Kind::number;

constexpr std::array<Column, 11> kColumns{{
    {"source"},
    {"time"},
    {"offset", kNumber},
    {"machine"},
    {"cassette"},
    {"denomination", kNumber},
    {"event"},
    {"notes", kNumber},
    {"expected", kNumber},
    {"counted", kNumber},
    {"difference_amount", kNumber},
}};

// As the machine prints them: its first cassette is number 1.
std::string cassette_text(int cassette) { return cassette < 0 ? "acceptor" : fmt::format("{}", cassette + 1); }

int ledger(const Options& options, const Progress& progress) {
    TableWriter table(kColumns, options.table);
    const Reading reading = read_plain(options.inputs, progress);
    const Investigation& investigation = reading.investigation();
    const std::vector<std::string> names = source_names(investigation);
    for (const CashMovement& movement : investigation.movements) {
        table.row({names[raw(movement.source)], iso8601(movement.time), fmt::format("{}", movement.offset),
                   investigation.machines[raw(movement.machine)], cassette_text(movement.cassette),
                   amount_text(movement.denomination), std::string(name_of(movement.event)), fmt::format("{}", movement.notes),
                   count_text(movement.expected), count_text(movement.counted), amount_text(movement.difference)});
    }
    table.finish();
    return reading.complete ? kDone : kFailed;
}

}  // namespace

void add_ledger(CLI::App& app, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* verb = app.add_subcommand(
        "ledger", "The cash ledger: every movement of notes per machine and cassette, expected, counted, difference");
    add_inputs(*verb, options->inputs);
    add_table_options(*verb, options->table);
    verb->callback([&action, options] { action = [options](const Progress& progress) { return ledger(*options, progress); }; });
}

}  // namespace abm::cli
