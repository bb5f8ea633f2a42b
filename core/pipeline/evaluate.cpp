#include "core/pipeline/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/nearest_name.h"
#include "core/decide/metrics.h"
#include "core/detect/classifier.h"
#include "core/detect/dbscan_detector.h"
#include "core/detect/detector_info.h"
#include "core/detect/feedback_detector.h"
#include "core/detect/knn_detector.h"
#include "core/detect/lof_detector.h"
#include "core/detect/one_class_svm.h"
#include "core/detect/stats_detector.h"
#include "core/pipeline/elapsed.h"
#include "core/pipeline/evaluate_taught.h"
#include "core/pipeline/live_model.h"
#include "core/pipeline/score.h"

namespace abm {
namespace {

constexpr std::array kDetectors = {IsolationForest::kKind, KnnDetector::kKind,      LofDetector::kKind,
                                   DbscanDetector::kKind,  OneClassSvm::kKind,      StatsDetector::kKind,
                                   Classifier::kKind,      FeedbackDetector::kKind, kAuto};

void require_both_classes(const LabelledTable& table) {
    const auto count = std::count(table.anomalous.begin(), table.anomalous.end(), true);
    if (count == 0) throw Error(ErrorCode::Invalid, "No row is labelled an anomaly: there is nothing to find.");
    if (count == static_cast<std::ptrdiff_t>(table.anomalous.size()))
        throw Error(ErrorCode::Invalid, "Every row is labelled an anomaly: there is nothing to tell it from.");
}

void rate(DetectorFigures& figures, const Eigen::VectorXd& scores, const std::vector<bool>& anomalous) {
    const std::span<const double> view(scores.data(), anomalous.size());
    figures.auroc = auroc(view, anomalous);
    figures.average_precision = average_precision(view, anomalous);
}

DetectorFigures measure_taught(std::string_view name, const Json& params, const LabelledTable& table, std::uint64_t seed,
                               int threads, const Progress& progress) {
    const TaughtScores taught = score_held_out(name, params, table, seed, threads, progress);
    DetectorFigures figures{.detector = std::string(name), .fit_ms = taught.fit_ms, .score_ms = taught.score_ms};
    rate(figures, taught.scores, table.anomalous);
    return figures;
}

DetectorFigures measure(std::string_view name, const Json& params, const LabelledTable& table, int threads,
                        const Progress& progress) {
    DetectorFigures figures{.detector = std::string(name)};
    std::unique_ptr<const Detector> detector;
    Eigen::VectorXd scores;
    figures.fit_ms = milliseconds([&] { detector = fit_detector(name, params, table.features, threads, progress); });
    figures.score_ms = milliseconds([&] { scores = detector->score(table.features, threads, progress); });
    rate(figures, scores, table.anomalous);
    return figures;
}

JournalModel model_of(const LabelledTable& table, std::uint64_t seed, int threads, const Progress& progress,
                      const ModelSettings& settings = {}) {
    const std::vector<MachineIndex> machines(table.anomalous.size());
    return fit_journal_model(table.features, machines, {"table"}, seed, threads, progress, settings);
}

/// The program's own model, as it scores a table it has no labels for.
DetectorFigures measure_auto(const LabelledTable& table, const ModelSettings& settings, std::uint64_t seed, int threads,
                             const Progress& progress) {
    DetectorFigures figures{.detector = std::string(kAuto)};
    std::optional<JournalModel> model;
    Eigen::VectorXd scores;
    figures.fit_ms = milliseconds([&] { model = model_of(table, seed, threads, progress, settings); });
    figures.score_ms = milliseconds([&] {
        scores = raised_scores(*model, table.features, model->forest.score(table.features, threads, progress), threads, progress);
    });
    rate(figures, scores, table.anomalous);
    return figures;
}

/// What was asked of the detectors alone, and of those in `auto`.
struct Choices {
    std::map<std::string, ParamTexts, std::less<>> params;
    ModelSettings settings;
};

Choices choices_of(std::span<const std::string> assignments, const std::function<bool(std::string_view)>& wanted) {
    Choices chosen;
    for (const std::string& text : assignments) {
        const Assignment said = parse_assignment(text);
        const bool in_auto = said.kind == IsolationForest::kKind || has_channel(chosen.settings, said.kind);
        if (in_auto) set_param(chosen.settings, text);
        if (in_auto && said.name == "weight") continue;
        ParamTexts& params = chosen.params[said.kind];
        params[said.name] = said.value;
        detector_params(said.kind, params);  // says what is wrong
        if (!in_auto && !wanted(said.kind))
            throw Error(ErrorCode::Invalid,
                        fmt::format("\"{}\" is about a detector that is not measured; add --detector {}", text, said.kind));
    }
    return chosen;
}

std::int32_t oddest_unasked(const Eigen::VectorXd& margins, const std::vector<bool>& asked) {
    std::int32_t best = -1;
    for (std::int32_t row = 0; row < margins.size(); ++row) {
        if (!asked[static_cast<std::size_t>(row)] && (best < 0 || margins[row] > margins[best])) best = row;
    }
    return best;
}

}  // namespace

std::span<const std::string_view> detector_names() { return kDetectors; }

std::vector<DetectorFigures> evaluate_detectors(const LabelledTable& table, std::span<const std::string> names,
                                                std::uint64_t seed, int threads, const Progress& progress,
                                                std::span<const std::string> assignments) {
    for (const std::string& name : names) {
        if (std::find(kDetectors.begin(), kDetectors.end(), name) == kDetectors.end())
            throw Error(ErrorCode::Invalid, fmt::format("There is no detector \"{}\"{}", name, hint_for(name, kDetectors)));
    }
    require_both_classes(table);
    const auto wanted = [&](std::string_view name) {
        const bool taught = detector_info(name)->labels;
        return (names.empty() && !taught) || std::find(names.begin(), names.end(), name) != names.end();
    };
    const Choices chosen = choices_of(assignments, wanted);
    std::vector<DetectorFigures> all;
    for (const std::string_view detector : kDetectors) {
        if (detector == kAuto || !wanted(detector)) continue;
        const auto said = chosen.params.find(detector);
        const Json params = detector_params(detector, said == chosen.params.end() ? ParamTexts() : said->second, seed);
        all.push_back(detector_info(detector)->labels ? measure_taught(detector, params, table, seed, threads, progress)
                                                      : measure(detector, params, table, threads, progress));
    }
    all.push_back(measure_auto(table, chosen.settings, seed, threads, progress));
    return all;
}

std::vector<std::int64_t> simulate_expert(const LabelledTable& table, std::size_t queries, std::uint64_t seed, int threads,
                                          const Progress& progress) {
    require_both_classes(table);
    LiveModel live(std::make_shared<const JournalModel>(model_of(table, seed, threads, progress)),
                   FeatureTable{table.features, {}}, threads, progress);
    std::vector<bool> asked(table.anomalous.size());
    std::vector<TrainingLabel> labels;
    std::vector<std::int64_t> found;
    const std::size_t most = std::min(queries, asked.size());
    for (std::size_t query = 0; query < most; ++query) {
        progress.checkpoint(static_cast<double>(query) / static_cast<double>(most), "asking");
        const std::int32_t row = oddest_unasked(live.margins(), asked);
        const bool anomaly = table.anomalous[static_cast<std::size_t>(row)];
        asked[static_cast<std::size_t>(row)] = true;
        labels.push_back({row, anomaly});
        live.set_labels(labels);
        found.push_back((found.empty() ? 0 : found.back()) + (anomaly ? 1 : 0));
    }
    return found;
}

}  // namespace abm
