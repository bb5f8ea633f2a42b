#include "core/pipeline/journal_model.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/data/sequence_joiner.h"

namespace abm {
namespace {

/// At most so many evenly spaced rows calibrate: the tail needs no more, and a million would be scored twice.
FeatureTable calibration_rows(const Dataset& data) {
    constexpr Eigen::Index kMostReference = 32'768;
    const FeatureMatrix& features = data.features;
    const Eigen::Index stride = even_stride(features.rows(), kMostReference);
    FeatureTable chosen;
    chosen.features.names = features.names;
    chosen.features.values.resize((features.rows() + stride - 1) / stride, features.columns());
    for (Eigen::Index row = 0; row < chosen.features.rows(); ++row)
        chosen.features.values.row(row) = features.values.row(row * stride);
    if (data.sequences != nullptr)
        chosen.sequences = chosen_sequences(*data.sequences, 0, data.sequences->size(), static_cast<std::size_t>(stride));
    return chosen;
}

/// A constant score tells nothing apart; 1 keeps every z at 0.
double deviation_of(const Eigen::VectorXd& scores, double mean) {
    const double deviation = std::sqrt((scores.array() - mean).square().mean());
    return deviation > 1e-12 ? deviation : 1.0;
}

}  // namespace

JournalModel fit_journal_model(const Dataset& data, std::span<const MachineIndex> machines,
                               const std::vector<std::string>& machine_names, std::uint64_t seed, int threads,
                               const Progress& progress, const ModelSettings& settings) {
    check_settings(settings);
    const ForestParams params = forest_params(detector_params(IsolationForest::kKind, settings.forest_params, seed));
    const FeatureMatrix& features = data.features;
    UsualRanges ranges(features, machines);
    IsolationForest forest = IsolationForest::fit(features, params, threads, progress);
    const FeatureTable reference = calibration_rows(data);
    const Eigen::VectorXd scores = forest.score(reference.features, threads, progress);
    const double mean = scores.mean();
    const double deviation = deviation_of(scores, mean);
    Eigen::VectorXd lifts;
    std::vector<Channel> channels = fit_channels(reference.dataset(), seed, threads, progress, settings, &lifts);
    Eigen::VectorXd raised = deviation * lifts;
    if (settings.forest)
        raised += scores;
    else
        raised.array() += mean;
    return {.kind = RecordKind::session,
            .forest = std::move(forest),
            .calibration = Calibration::fit(raised),
            .prior_mean = mean,
            .prior_deviation = deviation,
            .channels = std::move(channels),
            .scaler = Scaler::fit(reference.features, Scaling::z_score),
            .ranges = std::move(ranges),
            .machines = machine_names,
            .labels = {},
            .seed = seed,
            .records = features.rows(),
            .votes = std::nullopt,
            .probability = std::nullopt,
            .settings = settings};
}

}  // namespace abm
