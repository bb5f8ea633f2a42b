// abm report: an investigation as one file to read, print and file.
#include <fmt/format.h>

#include "app/cli/exit_code.h"
#include "app/cli/inputs.h"
#include "app/cli/message.h"
#include "app/cli/verbs.h"
#include "core/report/html_report.h"

namespace abm::cli {
namespace {

struct ReportVerbOptions {
    InputOptions inputs;
    JudgeOptions judging;
    ReportOptions report;
    std::filesystem::path out;
};

int report(const ReportVerbOptions& options, const Progress& progress) {
    const std::string extension = options.out.extension().string();
    if (extension == ".pdf") {
        say("a report as PDF comes with a later version (write a .html and print it to PDF for now)");
        return kUsage;
    }
    OutputFile output(options.out);
    const Reading reading = read_judged(options.inputs, options.judging, progress);
    progress.checkpoint(0, "writing the report");
    ReportOptions with_program = options.report;
    with_program.program = "ABM Workbench " ABM_VERSION;
    write_html_report(*reading.scored, with_program, output.stream(), progress);
    output.commit();
    return reading.complete ? kDone : kFailed;
}

}  // namespace

void add_report(CLI::App& app, Action& action) {
    const auto options = std::make_shared<ReportVerbOptions>();
    CLI::App* verb = app.add_subcommand(
        "report", "An investigation as one HTML file: what was found, the lines that prove it, the cash ledger");
    add_inputs(*verb, options->inputs, false);
    add_reading_options(*verb, options->inputs);
    verb->add_option("--out", options->out, "FILE.html to write (- for standard output)")->type_name("FILE")->required();
    verb->add_option("--top", options->report.listed_records, "List the N gravest records (default: 200); the others are counted")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber);
    verb->add_option("--title", options->report.title, "Title of the report")->type_name("TEXT");
    add_judge_options(*verb, options->judging);
    verb->callback([&action, options] {
        require_something_to_read(options->inputs, options->judging);
        action = [options](const Progress& progress) { return report(*options, progress); };
    });
}

}  // namespace abm::cli
