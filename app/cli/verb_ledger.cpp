// abm ledger: every movement of notes, what the books demand and what the machine counted.
#include <algorithm>
#include <array>

#include "app/cli/exit_code.h"
#include "app/cli/inputs.h"
#include "app/cli/verbs.h"
#include "core/data/ledger_table.h"
#include "core/data/record_names.h"

namespace abm::cli {
namespace {

struct LedgerVerbOptions {
    InputOptions inputs;
    TableOptions table;
};

std::array<Column, kLedgerColumns.size()> columns() {
    std::array<Column, kLedgerColumns.size()> all;
    std::ranges::transform(kLedgerColumns, all.begin(), [](const LedgerColumn& column) {
        return Column{column.name, column.number ? Column::Kind::number : Column::Kind::text};
    });
    return all;
}

int ledger(const LedgerVerbOptions& options, const Progress& progress) {
    const auto kinds = columns();
    TableWriter table(kinds, options.table);
    const Reading reading = read_plain(options.inputs, progress);
    const Investigation& investigation = reading.investigation();
    const std::vector<std::string> names = source_names(investigation);
    for (const CashMovement& movement : investigation.movements) {
        const auto cells = ledger_cells(investigation, names, movement);
        table.row({cells.begin(), cells.end()});
    }
    table.finish();
    return reading.complete ? kDone : kFailed;
}

}  // namespace

void add_ledger(CLI::App& app, Action& action) {
    const auto options = std::make_shared<LedgerVerbOptions>();
    CLI::App* verb = app.add_subcommand(
        "ledger", "The cash ledger: every movement of notes per machine and cassette, expected, counted, difference");
    add_inputs(*verb, options->inputs);
    add_table_options(*verb, options->table);
    verb->callback([&action, options] { action = [options](const Progress& progress) { return ledger(*options, progress); }; });
}

}  // namespace abm::cli
