// `abm`: the command line of ABM Workbench. One verb, one exit code; everything it can do lives in core/.
#include <algorithm>
#include <iostream>
#include <span>

#include "app/cli/exit_code.h"
#include "app/cli/interrupt.h"
#include "app/cli/message.h"
#include "app/cli/progress_line.h"
#include "app/cli/verbs.h"
#include "core/base/nearest_name.h"

namespace abm::cli {
namespace {

constexpr const char* kAbout =
    "Opens electronic journals of banking machines, scores every session and proves why something is flagged.";
constexpr const char* kExitCodes =
    "Exit codes: 0 done, 1 something failed (see stderr), 2 usage, 130 cancelled.\n"
    "'abm VERB --help' explains a verb.";

// The parser would only say that a subcommand is missing.
bool knows_verb(const CLI::App& app, int argc, char** argv) {
    if (argc < 2) {
        say("no verb given; 'abm --help' lists them");
        return false;
    }
    if (argv[1][0] == '-') return true;
    std::vector<std::string> names;
    for (const CLI::App* verb : app.get_subcommands(nullptr)) names.push_back(verb->get_name());
    const std::string asked = argv[1];
    if (std::find(names.begin(), names.end(), asked) != names.end()) return true;
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::string_view near = nearest_name(asked, views);
    say(fmt::format("unknown verb '{}'{}; 'abm --help' lists them all", asked,
                    near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
    return false;
}

// "--note=" is an empty note; the parser would take the next argument for it.
std::vector<std::string> arguments_of(int argc, char** argv) {
    std::vector<std::string> arguments;
    for (const std::string_view argument : std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
        const bool empty_value = argument.starts_with("--") && argument.find('=') + 1 == argument.size();
        arguments.emplace_back(empty_value ? argument.substr(0, argument.size() - 1) : argument);
        if (empty_value) arguments.emplace_back();
    }
    std::reverse(arguments.begin(), arguments.end());  // as the parser wants them
    return arguments;
}

int run(const Action& action) {
    const Interrupt interrupt;
    ProgressLine line;
    const Progress progress(interrupt.token(),
                            [&line](double fraction, std::string_view stage) { line.report(fraction, stage); });
    try {
        return action(progress);
    } catch (const Error& error) {
        line.clear();
        if (error.code() == ErrorCode::Cancelled) {
            const std::string_view what = error.what();
            say(what == "cancelled" ? "cancelled; nothing was written" : what);
            return kCancelled;
        }
        say(error.what());
    } catch (const std::bad_alloc&) {
        line.clear();
        say("out of memory; nothing was written. Give it fewer files at a time");
    } catch (const std::exception& error) {
        line.clear();
        say(fmt::format("unexpected: {}", error.what()));
    }
    return kFailed;
}

int main_of(int argc, char** argv) {
    CLI::App app(kAbout, "abm");
    app.footer(kExitCodes);
    app.set_version_flag("--version", "abm " ABM_VERSION, "Print the version and exit");
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.require_subcommand(1);
    Action action;
    add_inspect(app, action);
    add_detect(app, action);
    add_ledger(app, action);
    add_report(app, action);
    add_generate(app, action);
    add_label(app, action);
    add_queue(app, action);
    add_train(app, action);
    add_models(app, action);
    add_export(app, action);
    add_sources(app, action);
    add_backup(app, action);
    add_restore(app, action);
    add_check(app, action);
    add_evaluate(app, action);
    add_templates(app, action);
    add_watch(app, action);
    if (!knows_verb(app, argc, argv)) return kUsage;
    try {
        app.parse(arguments_of(argc, argv));
    } catch (const CLI::Success& wish) {  // --help, --version
        return app.exit(wish);
    } catch (const CLI::ParseError& error) {
        say(error.what());
        const auto chosen = app.get_subcommands();
        fmt::print(stderr, "'abm{}{} --help' explains.\n", chosen.empty() ? "" : " ",
                   chosen.empty() ? "" : chosen.front()->get_name());
        return kUsage;
    }
    return run(action);
}

}  // namespace
}  // namespace abm::cli

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    return abm::cli::main_of(argc, argv);
}
