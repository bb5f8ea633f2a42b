// abm queue: the next records worth an expert's time.
#include <fmt/format.h>

#include <array>

#include "app/cli/exit_code.h"
#include "app/cli/number_format.h"
#include "app/cli/verbs.h"
#include "app/cli/workspace_options.h"
#include "core/data/record_names.h"

namespace abm::cli {
namespace {

struct QueueVerbOptions {
    WorkspaceOptions workspace;
    TableOptions table;
    QueueMix mix;
    std::size_t count = 20;
};

constexpr std::array<Column, 9> kQueueColumns{{
    {"record"},
    {"reason"},
    {"score", Column::Kind::number},
    {"severity"},
    {"type"},
    {"amount_at_risk", Column::Kind::number},
    {"suggestion"},
    {"start_time"},
    {"sentence"},
}};

int queue(const QueueVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_only, progress);
    const Investigation& investigation = *session->snapshot()->investigation();
    const std::vector<std::string> names = source_names(investigation);
    TableWriter table(kQueueColumns, options.table);
    for (const QueueEntry& entry : session->queue(options.mix, options.count)) {
        const Record& record = investigation.records[raw(entry.record)];
        const Suggestion suggestion = session->suggestion(entry.record);
        table.row({fmt::format("{}#{}:{}", names[raw(record.source)], name_of(record.kind), record.ordinal),
                   std::string(name_of(entry.reason)), score_digits(record.score), std::string(name_of(record.severity)),
                   std::string(name_of(record.type)), amount_text(record.at_risk),
                   suggestion.type.empty() ? std::string(name_of(suggestion.label)) : suggestion.type, iso8601(record.start),
                   sentence_of(investigation, record)});
    }
    table.finish();
    return kDone;
}

}  // namespace

void add_queue(CLI::App& app, Action& action) {
    const auto options = std::make_shared<QueueVerbOptions>();
    CLI::App* verb = app.add_subcommand("queue", "The next records worth an expert's time, as SOURCE#kind:ordinal");
    add_workspace(*verb, options->workspace, false);
    verb->add_option("--count", options->count, "How many (default: 20)")->type_name("N")->check(CLI::NonNegativeNumber);
    const auto share = [&](const char* name, int& percent, const char* about) {
        verb->add_option(name, percent, about)->type_name("PERCENT")->check(CLI::Range(0, 100));
    };
    share("--odd", options->mix.odd, "Share of the highest scores (default: 70)");
    share("--uncertain", options->mix.uncertain, "Share of those the model is least sure of (default: 20)");
    share("--random", options->mix.random, "Share drawn from all (default: 10)");
    add_table_options(*verb, options->table);
    verb->callback([&action, options] { action = [options](const Progress& progress) { return queue(*options, progress); }; });
}

}  // namespace abm::cli
