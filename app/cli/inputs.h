// What the verbs that read journals have in common: their options, the files they name, and what is said about them.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/cli/detector_options.h"
#include "app/cli/table_writer.h"
#include "core/base/progress.h"
#include "core/pipeline/investigate.h"
#include "core/pipeline/reading_choice.h"

namespace abm::cli {

struct InputOptions {
    std::vector<std::string> inputs;
    int threads = 0;
    std::string profile;                                 ///< of text logs: a name or a file; empty: their content says
    std::string party_a, party_b;                        ///< of captures
    std::optional<double> window_ms, response_limit_ms;  ///< of captures
};

/// --profile, --party-a, --party-b, --window-ms, --response-limit-ms.
void add_reading_options(CLI::App& verb, InputOptions& options);
/// Throws CLI::ValidationError for what no capture can be read by.
void require_possible_reading(const InputOptions& options);
/// What these say; nothing of captures when none of theirs is given. Throws Error{Invalid} with the mistake, Error{Io}.
ReadingChoice reading_choice(const InputOptions& options);
void add_inputs(CLI::App& verb, InputOptions& options, bool required = true);
void add_table_options(CLI::App& verb, TableOptions& options);
void add_format_option(CLI::App& verb,
                       TableOptions& options);  ///< of these, for what never ends: its file would never be complete

struct JudgeOptions {
    std::uint64_t seed = 1;
    std::vector<std::string> rule_files;
    DetectorOptions chosen;  ///< no detectors: auto
    std::string workspace, model;
};

/// --rules, --seed, --detector, --param, --workspace, --model.
void add_judge_options(CLI::App& verb, JudgeOptions& options);
/// Throws CLI::RequiredError when neither inputs nor a workspace are named, CLI::ValidationError for an impossible parameter or
/// reading.
void require_something_to_read(const InputOptions& inputs, const JudgeOptions& judging);

/// The files the inputs of a verb name.
struct NamedFiles {
    std::vector<std::filesystem::path> files;
    std::set<std::filesystem::path> found_in_folders;
    bool complete = true;  ///< every input was there; what was not is said on stderr
};
/// One by one, so that a mistyped name does not cost the others.
NamedFiles find_files(const std::vector<std::string>& inputs);
/// Says on stderr what was wrong with a source. Text that is no journal and that nobody named, a README among the journals of a
/// folder, is only noted. False when something of it is missing.
bool say_problems(const Source& source, const NamedFiles& named);

struct Reading {
    std::shared_ptr<const ScoredInvestigation> scored;
    std::vector<SourceIndex> chosen;  ///< with only_chosen: the sources that were asked for, rising
    bool only_chosen = false;
    bool complete = true;  ///< every input was read to its end; when false, stderr says what is missing

    const Investigation& investigation() const { return *scored->investigation(); }
};

/// Reads what can be read of the inputs, into the workspace when one is named; says on stderr what could not. Throws Error as
/// investigate(), RuleSet and WorkspaceSession do.
Reading read_judged(const InputOptions& inputs, const JudgeOptions& judging, const Progress& progress);
/// Without rules and models: for what the linker alone establishes.
Reading read_plain(const InputOptions& inputs, const Progress& progress);

}  // namespace abm::cli
