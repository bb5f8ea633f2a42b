// abm generate: journals with a known truth, for trying, testing and measuring.
#include <fmt/format.h>

#include <charconv>
#include <map>
#include <memory>
#include <string>

#include "app/cli/exit_code.h"
#include "app/cli/verbs.h"
#include "core/generate/capture_generator.h"
#include "core/generate/generate.h"
#include "core/generate/metric_series.h"
#include "core/generate/ue_log.h"

namespace abm::cli {
namespace {

// "200MB" -> 200,000,000; "1GiB" -> 1,073,741,824. Empty when it is no size.
std::string size_in_bytes(std::string& text) {
    static const std::map<std::string, std::int64_t> kUnits{
        {"", 1},           {"B", 1},         {"KB", 1'000},        {"MB", 1'000'000},  {"GB", 1'000'000'000},
        {"K", 1'000},      {"M", 1'000'000}, {"G", 1'000'000'000}, {"KIB", 1LL << 10}, {"MIB", 1LL << 20},
        {"GIB", 1LL << 30}};
    double value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    std::string unit = text.substr(static_cast<std::size_t>(rest - text.data()));
    unit.erase(0, unit.find_first_not_of(' '));
    for (char& c : unit) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto found = kUnits.find(unit);
    if (error != std::errc() || found == kUnits.end() || !(value > 0) || value * static_cast<double>(found->second) > 1e15) {
        return fmt::format("'{}' is not a size; write bytes or for example 200MB or 1GB", text);
    }
    text = fmt::format("{}", static_cast<std::int64_t>(value * static_cast<double>(found->second)));
    return {};
}

int generate(const GenerateOptions& options, const Progress& progress) {
    const GeneratedSummary made = generate_journals(options, progress);
    fmt::print("{} journal{} of {} bytes with {} sessions, {} incidents; the truth about them is in {}\n", made.files,
               made.files == 1 ? "" : "s", made.bytes, made.sessions, made.incidents, (options.out / "truth.csv").string());
    return kDone;
}

void add_journal(CLI::App& verb, Action& action) {
    static const std::map<std::string, LineEnd> kLineEnds{{"cr", LineEnd::cr}, {"lf", LineEnd::lf}, {"crlf", LineEnd::crlf}};
    const auto options = std::make_shared<GenerateOptions>();
    CLI::App* sub = verb.add_subcommand("journal", "Electronic journals, one a machine");
    sub->add_option("--out", options->out, "Folder to write to, made if missing")->type_name("DIR")->required();
    sub->add_option("--machines", options->machines, "Machines (default: 3)")->type_name("N")->check(CLI::Range(1, 2000));
    sub->add_option("--days", options->days, "Days of each journal (default: 2)")->type_name("D")->check(CLI::Range(1, 36500));
    sub->add_option("--seed", options->seed, "Same seed, same bytes (default: 1)")->type_name("S");
    sub->add_option("--size", options->bytes, "About so many bytes in all instead of --days: 5000000, 200MB, 1GB")
        ->type_name("BYTES")
        ->transform(CLI::Validator(size_in_bytes, ""));
    sub->add_option_function<std::string>(
           "--line-end", [options](const std::string& name) { options->line_end = kLineEnds.at(name); },
           "cr (the default), lf or crlf")
        ->type_name("END")
        ->check(CLI::IsMember(kLineEnds).description(""));
    sub->callback([&action, options] { action = [options](const Progress& progress) { return generate(*options, progress); }; });
}

void add_capture(CLI::App& verb, Action& action) {
    const auto options = std::make_shared<GenerateCaptureOptions>();
    CLI::App* sub = verb.add_subcommand("capture", "A packet capture of a fronthaul link with faults");
    sub->add_option("--out", options->out, "Folder to write to, made if missing")->type_name("DIR")->required();
    sub->add_option("--seconds", options->seconds, "Seconds of the capture (default: 60)")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000));
    sub->add_option("--seed", options->seed, "Same seed, same bytes (default: 1)")->type_name("S");
    sub->add_option("--size", options->bytes, "About so many bytes instead of --seconds: 5000000, 200MB, 1GB")
        ->type_name("BYTES")
        ->transform(CLI::Validator(size_in_bytes, ""));
    sub->callback([&action, options] {
        action = [options](const Progress& progress) {
            const GeneratedCapture made = generate_capture(*options, progress);
            fmt::print("{} with {} packets, {} bytes; {} of {} windows with a fault; the truth about them is in {}\n",
                       made.file.string(), made.packets, made.bytes, made.faulty, made.windows,
                       (options->out / "truth.csv").string());
            return kDone;
        };
    });
}

void add_ue_log(CLI::App& verb, Action& action) {
    const auto options = std::make_shared<GenerateUeLogOptions>();
    CLI::App* sub = verb.add_subcommand("uelog", "A log of UE events (attach, detach) with faults");
    sub->add_option("--out", options->out, "Folder to write to, made if missing")->type_name("DIR")->required();
    sub->add_option("--ues", options->ues, "UEs (default: 500)")->type_name("N")->check(CLI::Range(1, 1'000'000));
    sub->add_option("--hours", options->hours, "Hours of the log (default: 6)")->type_name("H")->check(CLI::Range(1, 10'000));
    sub->add_option("--seed", options->seed, "Same seed, same bytes (default: 1)")->type_name("S");
    sub->callback([&action, options] {
        action = [options](const Progress& progress) {
            const GeneratedUeLog made = generate_ue_log(*options, progress);
            fmt::print("{} with {} lines, {} bytes; {} of {} UEs with a fault; the truth about them is in {}\n",
                       made.file.string(), made.lines, made.bytes, made.faulty, options->ues,
                       (options->out / "truth.csv").string());
            return kDone;
        };
    });
}

void add_table(CLI::App& verb, Action& action) {
    const auto options = std::make_shared<GenerateTableOptions>();
    CLI::App* sub = verb.add_subcommand("table", "A table of metrics of machines with faults");
    sub->add_option("--out", options->out, "Folder to write to, made if missing")->type_name("DIR")->required();
    sub->add_option("--machines", options->machines, "Machines (default: 3)")->type_name("N")->check(CLI::Range(1, 2000));
    sub->add_option("--days", options->days, "Days of the table (default: 14)")->type_name("D")->check(CLI::Range(1, 3650));
    sub->add_option("--seed", options->seed, "Same seed, same bytes (default: 1)")->type_name("S");
    sub->add_option("--size", options->bytes, "About so many bytes instead of --days: 5000000, 200MB, 1GB")
        ->type_name("BYTES")
        ->transform(CLI::Validator(size_in_bytes, ""));
    sub->callback([&action, options] {
        action = [options](const Progress& progress) {
            const GeneratedTable made = generate_table(*options, progress);
            fmt::print("{} with {} rows, {} bytes; {} series, {} faults; the truth about them is in {}\n", made.file.string(),
                       made.rows, made.bytes, made.series, made.faults, (options->out / "truth.csv").string());
            return kDone;
        };
    });
}

}  // namespace

void add_generate(CLI::App& app, Action& action) {
    CLI::App* verb = app.add_subcommand("generate", "Invent data with a known truth (truth.csv)");
    verb->require_subcommand(1);
    add_journal(*verb, action);
    add_capture(*verb, action);
    add_table(*verb, action);
    add_ue_log(*verb, action);
}

}  // namespace abm::cli
