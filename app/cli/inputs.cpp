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

Reading read(const NamedFiles& named, InvestigateOptions& options, const Progress& progress) {
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

void add_profile(CLI::App& verb, InputOptions& options) {
    verb.add_option("--profile", options.profile,
                    "Read text logs by this profile, a name or a JSON file, instead of by their content")
        ->type_name("NAME|FILE");
}

std::optional<LogProfile> profile_named(const InputOptions& options) {
    if (options.profile.empty()) return std::nullopt;
    return find_log_profile(options.profile);
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
    options.threads = inputs.threads;
    const auto profile = profile_named(inputs);
    options.profile = profile ? &*profile : nullptr;
    return read(find_files(inputs.inputs), options, progress);
}

Reading read_plain(const InputOptions& inputs, const Progress& progress) {
    const auto profile = profile_named(inputs);
    return read_plain(find_files(inputs.inputs), inputs.threads, progress, profile ? &*profile : nullptr);
}

Reading read_plain(const NamedFiles& named, int threads, const Progress& progress, const LogProfile* profile) {
    const RuleSet none;
    InvestigateOptions options;
    options.rules = &none;
    options.models = false;
    options.threads = threads;
    options.profile = profile;
    return read(named, options, progress);
}

}  // namespace abm::cli
