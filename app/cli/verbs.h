// The verbs of `abm`: each adds itself to the parser and leaves what is to be done when the command line was understood.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "core/base/progress.h"

namespace abm::cli {

/// Runs the chosen verb and returns its exit code. May throw Error.
using Action = std::function<int(const Progress&)>;

/// action is set while the command line is parsed, when the user chose the verb.
void add_inspect(CLI::App& app, Action& action);
void add_ledger(CLI::App& app, Action& action);
void add_detect(CLI::App& app, Action& action);
void add_report(CLI::App& app, Action& action);
void add_generate(CLI::App& app, Action& action);
void add_train(CLI::App& app, Action& action);
void add_models(CLI::App& app, Action& action);
void add_label(CLI::App& app, Action& action);
void add_queue(CLI::App& app, Action& action);
void add_export(CLI::App& app, Action& action);
void add_sources(CLI::App& app, Action& action);
void add_backup(CLI::App& app, Action& action);
void add_restore(CLI::App& app, Action& action);
void add_check(CLI::App& app, Action& action);
void add_evaluate(CLI::App& app, Action& action);
void add_templates(CLI::App& app, Action& action);
void add_watch(CLI::App& app, Action& action);

}  // namespace abm::cli
