// abm train and abm models: versions of what scores the list.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "app/cli/add_verb.h"
#include "app/cli/exit_code.h"
#include "app/cli/message.h"
#include "app/cli/number_format.h"
#include "app/cli/workspace_options.h"
#include "core/data/record_names.h"
#include "core/pipeline/search_settings.h"

namespace abm::cli {
namespace {

struct TrainVerbOptions {
    WorkspaceOptions workspace;
    TableOptions table;
    std::uint64_t seed = 1;
    bool adopt = false;
    DetectorOptions chosen;
    bool search = false;
    double budget = kSearchSeconds;
    std::int64_t id = 0;
    std::filesystem::path file;
    WorkspaceSession::RetrainRule rule;
};

constexpr std::array<Column, 12> kModelColumns{{
    {"id", kNumber},
    {"state"},
    {"created"},
    {"who"},
    {"seed", kNumber, true},
    {"records", kNumber},
    {"labels", kNumber},
    {"parent", kNumber},
    {"average_precision", kNumber},
    {"average_precision_low", kNumber, true},
    {"average_precision_high", kNumber, true},
    {"feature_schema", Column::Kind::text, true},
}};

constexpr std::array<Column, 12> kSearchColumns{{
    {"change"},
    {"average_precision", kNumber},
    {"average_precision_low", kNumber},
    {"average_precision_high", kNumber},
    {"auroc", kNumber},
    {"auroc_low", kNumber, true},
    {"auroc_high", kNumber, true},
    {"difference", kNumber},
    {"difference_low", kNumber},
    {"difference_high", kNumber},
    {"verdict"},
    {"options", Column::Kind::text, true},
}};

std::string figure(double value) { return std::isfinite(value) ? fmt::format("{:.4f}", value) : std::string(); }

std::string interval(const Estimate& estimate) {
    if (!std::isfinite(estimate.value)) return "unknown";
    return fmt::format("{:.3f} ({:.3f}-{:.3f})", estimate.value, estimate.low, estimate.high);
}

void print_measure(const char* name, const Comparison& comparison, Estimate HeldOutMetrics::*measure) {
    if (comparison.has_before) {
        fmt::print("  {:<18} {:<22} -> {}\n", name, interval(comparison.before.*measure), interval(comparison.after.*measure));
    } else {
        fmt::print("  {:<18} {}\n", name, interval(comparison.after.*measure));
    }
}

void print_comparison(const Comparison& comparison) {
    fmt::print("{} labels: {} anomalies, {} normal\n", comparison.labels, comparison.anomalies, comparison.normals);
    if (comparison.folds > 0) {
        fmt::print("On held-out labels, {} folds, 95 % intervals{}:\n", comparison.folds,
                   comparison.has_before ? ", current -> new" : "");
        print_measure("AUROC", comparison, &HeldOutMetrics::auroc);
        print_measure("average precision", comparison, &HeldOutMetrics::average_precision);
        print_measure("found in the first", comparison, &HeldOutMetrics::found_in_first);
        print_measure("false alarms", comparison, &HeldOutMetrics::false_alarms);
    }
    if (!comparison.caveat.empty()) fmt::print("{}\n", comparison.caveat);
}

std::string better_or_chance(const SettingsSearch& search, std::size_t at) {
    if (at == 0) return "current";
    return search.candidates[at].better ? "better" : "chance";
}

int search(const TrainVerbOptions& options, const TrainingInput& input, const Progress& progress) {
    const SettingsSearch found = search_settings(input, options.budget, progress);
    TableWriter table(kSearchColumns, options.table);
    for (std::size_t at = 0; at < found.candidates.size(); ++at) {
        const SearchCandidate& candidate = found.candidates[at];
        const HeldOutMetrics& metrics = candidate.metrics;
        table.row({candidate.change, figure(metrics.average_precision.value), figure(metrics.average_precision.low),
                   figure(metrics.average_precision.high), figure(metrics.auroc.value), figure(metrics.auroc.low),
                   figure(metrics.auroc.high), figure(candidate.difference.value), figure(candidate.difference.low),
                   figure(candidate.difference.high), better_or_chance(found, at), settings_words(candidate.settings)});
    }
    table.finish();
    say(fmt::format("{} labels: {} anomalies, {} normal; {} folds, 95 % intervals. {}", found.labels, found.anomalies,
                    found.normals, found.folds, found.caveat));
    if (found.cut_short())
        say(fmt::format("{} of {} candidates were tried in {} s; --budget gives more time", found.candidates.size(),
                        found.planned, options.budget));
    say(found.verdict);
    if (found.suggested > 0)
        say(fmt::format("'abm train --workspace {} {}' makes a model with these settings; nothing was changed",
                        options.workspace.path, settings_words(found.candidates[found.suggested].settings)));
    return kDone;
}

int train(const TrainVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_write, progress);
    TrainingInput input = session->training_input(options.seed);
    if (!options.chosen.detectors.empty() || !options.chosen.params.empty())
        input.settings = chosen_settings(settings_of(input), options.chosen.detectors, options.chosen.params);
    if (options.search) return search(options, input, progress);
    const TrainedModel trained = train_models(input, progress);
    const ModelId id = session->keep(trained);
    fmt::print("Model {} is ready: {}.\n", raw(id), settings_text(trained.models->settings()));
    print_comparison(trained.comparison);
    const Investigation& investigation = *session->snapshot()->investigation();
    fmt::print("{} records change sides{}\n", trained.comparison.changed_sides, trained.comparison.changed.empty() ? "." : ":");
    constexpr std::size_t kShown = 20;
    for (std::size_t at = 0; at < std::min(kShown, trained.comparison.changed.size()); ++at) {
        const ChangedRecord& changed = trained.comparison.changed[at];
        fmt::print("  {} {} -> {}  {}\n", record_name(investigation, investigation.records[raw(changed.record)]),
                   score_digits(changed.before), score_digits(changed.after), changed.because);
    }
    if (options.adopt) {
        session->adopt(id, {});  // the model is stored: nothing is left to cancel
        fmt::print("Model {} is adopted.\n", raw(id));
    } else {
        fmt::print("'abm models --workspace {} adopt {}' takes it, 'discard {}' does not.\n", options.workspace.path, raw(id),
                   raw(id));
    }
    return kDone;
}

int list_models(const TrainVerbOptions& options, const Progress& progress) {
    const Workspace workspace = Workspace::open(options.workspace.path, Workspace::Access::read_only);
    progress.checkpoint(0);
    Workspace& reading = const_cast<Workspace&>(workspace);
    TableWriter table(kModelColumns, options.table);
    for (const ModelInfo& model : ModelRegistry(reading).list()) {
        const Comparison comparison = comparison_from_text(model.metrics);
        const Estimate& precision = comparison.after.average_precision;
        table.row({fmt::format("{}", raw(model.id)), std::string(name_of(model.state)), iso8601(model.created) + "Z", model.who,
                   fmt::format("{}", model.seed), fmt::format("{}", model.records), fmt::format("{}", model.labels),
                   model.parent == ModelId{} ? std::string() : fmt::format("{}", raw(model.parent)), figure(precision.value),
                   figure(precision.low), figure(precision.high), model.feature_schema});
    }
    table.finish();
    return kDone;
}

int show(const TrainVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_only, progress);
    for (const ModelInfo& model : session->models()) {
        if (raw(model.id) != options.id) continue;
        const ModelSettings settings = load_models(session->model_document(model.id)).settings();
        fmt::print(
            "Model {} ({}), made {}Z by {}, seed {}\nFitted on {} records; feature schema {}\n"
            "Detectors: {}\n",
            raw(model.id), name_of(model.state), iso8601(model.created), model.who, model.seed, model.records,
            model.feature_schema, settings_text(settings));
        print_comparison(comparison_from_text(model.metrics));
        return kDone;
    }
    throw Error(ErrorCode::Invalid, fmt::format("there is no model {}; 'abm models list' shows those there are", options.id));
}

int adopt(const TrainVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_write, progress);
    session->adopt(static_cast<ModelId>(options.id), progress);
    fmt::print("Model {} is adopted.\n", options.id);
    return kDone;
}

int discard(const TrainVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_write, progress);
    session->discard(static_cast<ModelId>(options.id));
    fmt::print("Model {} is discarded; it stays in the history.\n", options.id);
    return kDone;
}

int roll_back(const TrainVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_write, progress);
    fmt::print("Model {} is current again.\n", raw(session->roll_back(progress)));
    return kDone;
}

int export_model(const TrainVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_only, progress);
    OutputFile output(options.file);
    output.stream() << session->model_document(static_cast<ModelId>(options.id)) << '\n';
    output.commit();
    return kDone;
}

int import_model(const TrainVerbOptions& options, const Progress& progress) {
    const std::string document = file_content(options.file);
    const auto session = open_session(options.workspace, Workspace::Access::read_write, progress);
    fmt::print("Model {} is ready; adopt it to score with it.\n", raw(session->import_model(document)));
    return kDone;
}

int retrain_rule(const TrainVerbOptions& options, const Progress& progress) {
    const auto session = open_session(options.workspace, Workspace::Access::read_write, progress);
    session->set_retrain_rule(options.rule);
    if (options.rule.labels == 0 && options.rule.days == 0) {
        fmt::print("Models are trained only when asked for.\n");
    } else {
        fmt::print("A new model is trained after {} new labels or {} days (0: never); it waits to be adopted.\n",
                   options.rule.labels, options.rule.days);
    }
    return kDone;
}

}  // namespace

void add_train(CLI::App& app, Action& action) {
    const auto options = std::make_shared<TrainVerbOptions>();
    CLI::App* verb = app.add_subcommand("train", "Fit a new model on the records and labels of a workspace and compare it");
    add_workspace(*verb, options->workspace, true);
    verb->add_option("--seed", options->seed, "Seed of the model (default: 1)")->type_name("S");
    CLI::Option* const adopt = verb->add_flag("--adopt", options->adopt, "Score with it at once");
    std::vector<std::string> names{"auto", "iforest"};
    for (const std::string_view kind : channel_kinds()) names.emplace_back(kind);
    add_detector_options(
        *verb, options->chosen, names,
        "iforest, which must be among them, and the channels beside it; auto: iforest, stats, knn and sequence as they come. "
        "Without --detector and --param the new model has the detectors of the current one; may be repeated");
    CLI::Option* const search =
        verb->add_flag("--search", options->search,
                       "Instead of training: compare other settings (trees, k, nu, weights) on held-out labels; changes nothing")
            ->excludes(adopt);
    verb->add_option("--budget", options->budget, fmt::format("Seconds the search may take (default: {:.0f})", kSearchSeconds))
        ->type_name("SECONDS")
        ->check(CLI::Range(0.0, 86'400.0).description(""))
        ->needs(search);
    add_table_options(*verb, options->table);
    for (const char* table : {"--format", "--out"}) verb->get_option(table)->needs(search);
    verb->callback([&action, options] {
        // What the current model adds to it is known later.
        check_usage([&] {
            for (const std::string& text : options->chosen.params) parse_assignment(text);
            if (!options->chosen.detectors.empty())
                check_settings_to_keep(chosen_settings({}, options->chosen.detectors, options->chosen.params));
        });
        action = [options](const Progress& progress) { return train(*options, progress); };
    });
}

void add_models(CLI::App& app, Action& action) {
    const auto options = std::make_shared<TrainVerbOptions>();
    CLI::App* verb = app.add_subcommand("models", "List, show, adopt, discard, roll back, export or import models");
    add_workspace(*verb, options->workspace, true);
    verb->require_subcommand(1);
    const auto with_id = [&](CLI::App* sub) {
        sub->add_option("ID", options->id, "The number 'list' shows")->required();
        return sub;
    };
    add_table_options(*add_verb(*verb, action, options, "list", "All versions, oldest first", list_models), options->table);
    with_id(add_verb(*verb, action, options, "show", "One version and how it compared", show));
    with_id(add_verb(*verb, action, options, "adopt", "Score with this version from now on", adopt));
    with_id(add_verb(*verb, action, options, "discard", "Do not take a candidate", discard));
    add_verb(*verb, action, options, "rollback", "Go back to the version before", roll_back);
    with_id(
        add_verb(*verb, action, options, "export", "Write a version as a file that other workspaces can import", export_model))
        ->add_option("--out", options->file, "FILE.json (- for standard output)")
        ->required();
    add_verb(*verb, action, options, "import", "Take a model file over as a candidate", import_model)
        ->add_option("FILE", options->file, "As 'export' writes it")
        ->required();
    CLI::App* rule = add_verb(*verb, action, options, "retrain",
                              "When the workbench trains by itself; 0 and 0, the default: never", retrain_rule);
    rule->add_option("--labels", options->rule.labels, "After so many new labels")->type_name("N")->check(CLI::NonNegativeNumber);
    rule->add_option("--days", options->rule.days, "After so many days")->type_name("D")->check(CLI::NonNegativeNumber);
}

}  // namespace abm::cli
