#include "core/pipeline/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/nearest_name.h"
#include "core/decide/metrics.h"
#include "core/detect/dbscan_detector.h"
#include "core/detect/knn_detector.h"
#include "core/detect/lof_detector.h"
#include "core/detect/one_class_svm.h"
#include "core/detect/stats_detector.h"
#include "core/pipeline/live_model.h"
#include "core/pipeline/score.h"

namespace abm {
namespace {

constexpr std::string_view kAuto = "auto";
constexpr std::array kDetectors = {IsolationForest::kKind,
                                   KnnDetector::kKind,
                                   LofDetector::kKind,
                                   DbscanDetector::kKind,
                                   OneClassSvm::kKind,
                                   StatsDetector::kKind,
                                   kAuto};

void require_both_classes(const LabelledTable& table) {
    const auto count = std::count(table.anomalous.begin(), table.anomalous.end(), true);
    if (count == 0) throw Error(ErrorCode::Invalid, "No row is labelled an anomaly: there is nothing to find.");
    if (count == static_cast<std::ptrdiff_t>(table.anomalous.size()))
        throw Error(ErrorCode::Invalid, "Every row is labelled an anomaly: there is nothing to tell it from.");
}

template <class Work>
double milliseconds(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// Not all detectors draw anything.
Json params_of(std::string_view detector, std::uint64_t seed) {
    return detector == StatsDetector::kKind ? Json::object() : Json{{"seed", seed}};
}

void rate(DetectorFigures& figures, const Eigen::VectorXd& scores, const std::vector<bool>& anomalous) {
    const std::span<const double> view(scores.data(), anomalous.size());
    figures.auroc = auroc(view, anomalous);
    figures.average_precision = average_precision(view, anomalous);
}

DetectorFigures measure(std::string_view name, const LabelledTable& table, std::uint64_t seed, int threads,
                        const Progress& progress) {
    DetectorFigures figures{.detector = std::string(name)};
    std::unique_ptr<const Detector> detector;
    Eigen::VectorXd scores;
    figures.fit_ms =
        milliseconds([&] { detector = fit_detector(name, params_of(name, seed), table.features, threads, progress); });
    figures.score_ms = milliseconds([&] { scores = detector->score(table.features, threads, progress); });
    rate(figures, scores, table.anomalous);
    return figures;
}

JournalModel model_of(const LabelledTable& table, std::uint64_t seed, int threads, const Progress& progress) {
    const std::vector<MachineIndex> machines(table.anomalous.size());
    return fit_journal_model(table.features, machines, {"table"}, seed, threads, progress);
}

/// The program's own model, as it scores a table it has no labels for.
DetectorFigures measure_auto(const LabelledTable& table, std::uint64_t seed, int threads, const Progress& progress) {
    DetectorFigures figures{.detector = std::string(kAuto)};
    std::optional<JournalModel> model;
    Eigen::VectorXd scores;
    figures.fit_ms = milliseconds([&] { model = model_of(table, seed, threads, progress); });
    figures.score_ms = milliseconds([&] {
        scores = raised_scores(*model, table.features, model->forest.score(table.features, threads, progress), threads, progress);
    });
    rate(figures, scores, table.anomalous);
    return figures;
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
                                                std::uint64_t seed, int threads, const Progress& progress) {
    for (const std::string& name : names) {
        if (std::find(kDetectors.begin(), kDetectors.end(), name) == kDetectors.end())
            throw Error(ErrorCode::Invalid, fmt::format("There is no detector \"{}\"{}", name, hint_for(name, kDetectors)));
    }
    require_both_classes(table);
    std::vector<DetectorFigures> all;
    const auto wanted = [&](std::string_view name) {
        return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const std::string_view detector : kDetectors) {
        if (detector != kAuto && wanted(detector)) all.push_back(measure(detector, table, seed, threads, progress));
    }
    all.push_back(measure_auto(table, seed, threads, progress));
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
