#include "app/cli/inputs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "app/cli/message.h"
#include "app/cli/workspace_options.h"
#include "core/decide/rule_set.h"
#include "core/pipeline/model_settings.h"
#include "core/textlog/profile_library.h"

namespace abm::cli {
namespace {

namespace fs = std::filesystem;

bool bystander(const Source& source, const NamedFiles& named) {
    return source.format == "unknown" && source.bytes > 0 && source.problems.size() == 1 && source.problems.front().offset == 0 &&
           source.encoding != "binary" && !source.encoding.starts_with("utf-16") && named.found_in_folders.contains(source.path);
}

Reading read(const InputOptions& inputs, InvestigateOptions& options, const Progress& progress) {
    const ReadingChoice choice = reading_choice(inputs);
    options.threads = inputs.threads;
    options.profile = choice.profile ? &*choice.profile : nullptr;
    if (choice.captures) options.captures = *choice.captures;
    const NamedFiles named = find_files(inputs.inputs);
    Reading reading;
    reading.scored = investigate(named.files, options, progress);
    reading.complete = named.complete;
    for (const Source& source : reading.investigation().sources) {
        if (!say_problems(source, named)) reading.complete = false;
    }
    return reading;
}

bool uses_rules(const JudgeOptions& judging) {
    const auto& names = judging.chosen.detectors;
    return names.empty() || std::ranges::any_of(names, [](const auto& name) { return name == "auto" || name == "rules"; });
}

/// None: nothing is said of captures. What is not given beside what is given is as by default.
std::optional<CaptureOptions> captures_chosen(const InputOptions& options) {
    if (options.party_a.empty() && options.party_b.empty() && !options.window_ms && !options.response_limit_ms)
        return std::nullopt;
    const CaptureOptions defaults;
    return capture_options(options.party_a, options.party_b, options.window_ms.value_or(milliseconds(defaults.window)),
                           options.response_limit_ms.value_or(milliseconds(defaults.response_limit)));
}

/// None: rules alone.
std::optional<ModelSettings> settings_of(const JudgeOptions& judging) {
    std::vector<std::string> models = judging.chosen.detectors;
    std::erase(models, "rules");
    if (models.empty() && !judging.chosen.detectors.empty()) {
        if (!judging.chosen.params.empty()) throw Error(ErrorCode::Invalid, "The rules have no parameters.");
        return std::nullopt;
    }
    return chosen_settings({}, models, judging.chosen.params);
}

}  // namespace

NamedFiles find_files(const std::vector<std::string>& inputs) {
    NamedFiles named;
    for (const std::string& input : inputs) {
        const fs::path path(input);
        try {
            std::vector<fs::path> companions;
            const std::vector<fs::path> files = expand_inputs({&path, 1}, &companions);
            for (const fs::path& table : companions)
                say(fmt::format("note: {}: a table beside other files, left out; name it to have it read", table.string()));
            if (files.empty()) {
                say(fmt::format("{}: the folder holds no files", input));
                named.complete = false;
            }
            const bool folder = files.size() != 1 || files.front() != path;
            if (folder) named.found_in_folders.insert(files.begin(), files.end());
            named.files.insert(named.files.end(), files.begin(), files.end());
        } catch (const Error& error) {
            say(fmt::format("{}{}", error.what(), inputs.size() > 1 ? "; the other inputs are read" : ""));
            named.complete = false;
        }
    }
    drop_repeated(named.files);
    return named;
}

bool say_problems(const Source& source, const NamedFiles& named) {
    if (bystander(source, named)) {
        say(fmt::format("note: {}: not an electronic journal, left out", source.path.string()));
        return true;
    }
    bool complete = true;
    for (const SourceProblem& problem : source.problems) {
        const bool says_where = problem.message.find(source.name) != std::string::npos;
        say(fmt::format("{}{}{}", problem.fatal ? "" : "note: ", says_where ? "" : source.name + ": ", problem.message));
        if (problem.fatal) complete = false;
    }
    return complete;
}

void add_inputs(CLI::App& verb, InputOptions& options, bool required) {
    verb.add_option(
            "INPUT", options.inputs,
            "Journals, captures, text logs, tables: files (gzip is read as it is), folders, or - for a journal on standard input")
        ->required(required);
    verb.add_option("--threads", options.threads, "Threads to use; the result is the same for any number (default: all)")
        ->type_name("N")
        ->check(CLI::Range(0, 1024));
}

void add_reading_options(CLI::App& verb, InputOptions& options) {
    verb.add_option(
            "--profile", options.profile,
            "Read text logs by this profile, a name or a JSON file, instead of by their content; ndc-journal: as journals")
        ->type_name("NAME|FILE");
    constexpr const char* kParty = "MAC|IP|FILTER";
    verb.add_option(
            "--party-a", options.party_a,
            "Of captures: who asks, an address or a filter as of tcpdump (default: found; with one party given, the other is "
            "everyone else)")
        ->type_name(kParty);
    verb.add_option("--party-b", options.party_b, "Of captures: who answers")->type_name(kParty);
    verb.add_option("--window-ms", options.window_ms, "Of captures: length of a window (default: 100)")->type_name("MS");
    verb.add_option("--response-limit-ms", options.response_limit_ms,
                    "Of captures: a response that takes longer is a violation (default: 1)")
        ->type_name("MS");
}

void require_possible_reading(const InputOptions& options) {
    check_usage([&] { captures_chosen(options); });
}

ReadingChoice reading_choice(const InputOptions& options) {
    ReadingChoice choice;
    if (!options.profile.empty()) choice.profile = find_log_profile(options.profile);
    choice.captures = captures_chosen(options);
    return choice;
}

void add_format_option(CLI::App& verb, TableOptions& options) {
    static const std::map<std::string, TableFormat> kFormats{
        {"table", TableFormat::table}, {"csv", TableFormat::csv}, {"jsonl", TableFormat::jsonl}};
    verb.add_option_function<std::string>(
            "--format", [&options](const std::string& name) { options.format = kFormats.at(name); },
            "table, csv or jsonl (default: table on a terminal, else csv)")
        ->type_name("FORMAT")
        ->check(CLI::IsMember(kFormats).description(""));
}

void add_table_options(CLI::App& verb, TableOptions& options) {
    add_format_option(verb, options);
    verb.add_option("--out", options.out, "Write to FILE, which appears when it is complete")->type_name("FILE");
}

void add_judge_options(CLI::App& verb, JudgeOptions& options) {
    std::vector<std::string> names{"auto", "rules", "iforest"};
    for (const std::string_view kind : channel_kinds()) names.emplace_back(kind);
    add_detector_options(
        verb, options.chosen, names,
        fmt::format("auto (rules, and iforest with stats, knn and sequence; the default) or a choice of {}; may be repeated",
                    fmt::join(std::span(names).subspan(1), ", ")));
    verb.add_option("--rules", options.rule_files, "Add the rules of FILE to those built in; may be repeated")
        ->type_name("FILE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->allow_extra_args(false);
    verb.add_option("--seed", options.seed, "Seed of the models (default: 1)")->type_name("S");
    CLI::Option* const workspace =
        verb.add_option("--workspace", options.workspace,
                        "Keep sources, scores and labels in W and score with its model; without INPUT: all "
                        "that is in W")
            ->type_name("W")
            ->excludes("--detector")
            ->excludes("--param");
    verb.add_option("--model", options.model, "Of the workspace: current (the default), a version, or a model file")
        ->type_name("ID")
        ->needs(workspace);
}

void require_something_to_read(const InputOptions& inputs, const JudgeOptions& judging) {
    if (inputs.inputs.empty() && judging.workspace.empty()) throw CLI::RequiredError("INPUT (or --workspace)");
    check_usage([&] { settings_of(judging); });
    require_possible_reading(inputs);
    if (inputs.inputs.empty() && (!inputs.profile.empty() || captures_chosen(inputs)))
        throw CLI::RequiredError("INPUT (the files that are to be read otherwise)");
}

Reading read_judged(const InputOptions& inputs, const JudgeOptions& judging, const Progress& progress) {
    if (!judging.workspace.empty()) return read_workspace(inputs, judging, progress);
    RuleSet rules;
    if (uses_rules(judging)) rules = RuleSet::built_in();
    for (const std::string& file : judging.rule_files) rules = rules.with(RuleSet::load(fs::path(file)));
    InvestigateOptions options;
    options.seed = judging.seed;
    options.rules = &rules;
    const std::optional<ModelSettings> settings = settings_of(judging);
    options.models = settings.has_value();
    if (settings) options.settings = *settings;
    return read(inputs, options, progress);
}

Reading read_plain(const InputOptions& inputs, const Progress& progress) {
    const RuleSet none;
    InvestigateOptions options;
    options.rules = &none;
    options.models = false;
    return read(inputs, options, progress);
}

}  // namespace abm::cli
