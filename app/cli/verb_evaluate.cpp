// abm evaluate: how good the detectors are on a table with a known truth.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <memory>

#include "app/cli/exit_code.h"
#include "app/cli/inputs.h"
#include "app/cli/message.h"
#include "app/cli/verbs.h"
#include "core/pipeline/evaluate.h"
#include "core/pipeline/evaluate_sequences.h"
#include "core/pipeline/sequence_file.h"

namespace abm::cli {
namespace {

struct EvaluateVerbOptions {
    std::filesystem::path file;
    std::string label;
    DetectorOptions chosen;
    std::size_t queries = 0;
    std::uint64_t seed = 1;
    std::filesystem::path sequences, normal, anomalous;
    TableOptions table;
};

// Stable: programs rely on names and order.
constexpr std::array<Column, 5> kFigureColumns{
    {{"detector"}, {"auroc", kNumber}, {"average_precision", kNumber}, {"fit_ms", kNumber}, {"score_ms", kNumber}}};
constexpr std::array<Column, 3> kSequenceColumns{{{"detector"}, {"auroc", kNumber}, {"average_precision", kNumber}}};
constexpr std::array<Column, 2> kQueryColumns{{{"labels", kNumber}, {"found", kNumber}}};

int print_figures(const EvaluateVerbOptions& options, const LabelledTable& table, const Progress& progress) {
    TableWriter writer(kFigureColumns, options.table);
    for (const DetectorFigures& row :
         evaluate_detectors(table, options.chosen.detectors, options.seed, 0, progress, options.chosen.params)) {
        writer.row({row.detector, fmt::format("{:.6f}", row.auroc), fmt::format("{:.6f}", row.average_precision),
                    fmt::format("{:.3f}", row.fit_ms), fmt::format("{:.3f}", row.score_ms)});
    }
    writer.finish();
    return kDone;
}

int print_queries(const EvaluateVerbOptions& options, const LabelledTable& table, const Progress& progress) {
    TableWriter writer(kQueryColumns, options.table);
    std::size_t labels = 0;
    for (const std::int64_t found : simulate_expert(table, options.queries, options.seed, 0, progress))
        writer.row({fmt::format("{}", ++labels), fmt::format("{}", found)});
    writer.finish();
    return kDone;
}

int evaluate(const EvaluateVerbOptions& options, const Progress& progress) {
    const LabelledTable table = read_labelled_table(options.file, options.label, progress);
    return options.queries > 0 ? print_queries(options, table, progress) : print_figures(options, table, progress);
}

int evaluate_sequence_files(const EvaluateVerbOptions& options, const Progress& progress) {
    const TokenSequences train = read_sequences(options.sequences, progress);
    const TokenSequences normal = read_sequences(options.normal, progress);
    const TokenSequences anomalous = read_sequences(options.anomalous, progress);
    TableWriter writer(kSequenceColumns, options.table);
    for (const DetectorFigures& row : evaluate_sequences(train, normal, anomalous, 0, progress))
        writer.row({row.detector, fmt::format("{:.6f}", row.auroc), fmt::format("{:.6f}", row.average_precision)});
    writer.finish();
    return kDone;
}

/// Returns --sequences, which needs the two others and stands instead of TABLE.
CLI::Option* add_sequences(CLI::App& verb, EvaluateVerbOptions& options) {
    CLI::Option* const train =
        verb.add_option("--sequences", options.sequences,
                        "Instead of a table: sessions to learn from, one a line, event ids separated by blanks")
            ->type_name("TRAIN");
    CLI::Option* const normal = verb.add_option("--normal", options.normal, "Normal sessions to score")->type_name("A");
    CLI::Option* const anomalous =
        verb.add_option("--anomalous", options.anomalous, "Anomalous sessions to score")->type_name("B");
    train->needs(normal)->needs(anomalous);
    normal->needs(train);
    anomalous->needs(train);
    for (const char* other : {"TABLE", "--label", "--detector", "--param", "--queries", "--seed"})
        train->excludes(verb.get_option(other));
    return train;
}

}  // namespace

void add_evaluate(CLI::App& app, Action& action) {
    const auto options = std::make_shared<EvaluateVerbOptions>();
    CLI::App* verb = app.add_subcommand(
        "evaluate",
        "Measure detectors on a table with a known truth: AUROC and average precision, or what an expert finds who is asked");
    CLI::Option* file =
        verb->add_option("TABLE", options->file,
                         "CSV with a row of names (also with ; or tabs); empty cells are unknown, text is left out")
            ->type_name("");
    CLI::Option* label =
        verb->add_option("--label", options->label,
                         "Column with the truth: 0 or 1, normal or anomaly, no or yes; of 1 and -1 the rarer is the anomaly")
            ->type_name("COLUMN");
    add_detector_options(*verb, options->chosen, {detector_names().begin(), detector_names().end()},
                         "Only these beside auto, the last row: what the program scores with, iforest raised by knn and stats. "
                         "classifier and feedback learn from labels and score each row with those of other folds; they are "
                         "measured only when named");
    verb->add_option(
            "--queries", options->queries,
            "Instead: anomalies found after 1 to N answers of an expert who is always asked about the oddest record left")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000).description(""))
        ->excludes("--detector")
        ->excludes("--param");
    verb->add_option("--seed", options->seed, "Same seed, same figures (default: 1)")->type_name("S");
    const CLI::Option* const sequences = add_sequences(*verb, *options);
    add_table_options(*verb, options->table);
    verb->callback([&action, options, sequences, file, label] {
        if (sequences->count() > 0) {
            action = [options](const Progress& progress) { return evaluate_sequence_files(*options, progress); };
            return;
        }
        if (file->count() == 0) throw CLI::RequiredError(file->get_name());
        if (label->count() == 0) throw CLI::RequiredError(label->get_name());
        action = [options](const Progress& progress) { return evaluate(*options, progress); };
    });
}

}  // namespace abm::cli
