// abm templates: which message template every line of a text log is of.
#include <fmt/format.h>

#include <array>
#include <memory>

#include "app/cli/add_verb.h"
#include "app/cli/exit_code.h"
#include "app/cli/inputs.h"
#include "app/cli/message.h"
#include "core/pipeline/log_templates.h"

namespace abm::cli {
namespace {

struct TemplatesVerbOptions {
    std::filesystem::path log;
    TableOptions table;
};

// Stable: programs rely on names and order.
constexpr std::array<Column, 3> kLineColumns{{{"line", kNumber}, {"template_id", kNumber}, {"template"}}};

int templates(const TemplatesVerbOptions& options, const Progress& progress) {
    TableWriter writer(kLineColumns, options.table);
    const auto write = [&writer](std::int64_t line, TemplateId id, const std::string& text) {
        writer.row({fmt::format("{}", line), fmt::format("{}", id), text});
    };
    const std::optional<ReadProblem> problem = tell_templates(options.log, write, progress);
    writer.finish();
    if (problem) say(problem->message);
    return problem ? kFailed : kDone;
}

}  // namespace

void add_templates(CLI::App& app, Action& action) {
    const auto options = std::make_shared<TemplatesVerbOptions>();
    CLI::App* const verb =
        add_verb(app, action, options, "templates",
                 "The message template of every line of a text log: what is constant, and <*> for what varies", templates);
    verb->add_option("LOG", options->log, "A text log (gzip is read as it is), or - for standard input")
        ->type_name("")
        ->required();
    add_table_options(*verb, options->table);
}

}  // namespace abm::cli
