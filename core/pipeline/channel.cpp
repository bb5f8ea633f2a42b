#include "core/pipeline/channel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/detect/knn_detector.h"
#include "core/detect/parallel.h"
#include "core/detect/sequence_model.h"
#include "core/detect/stats_detector.h"

namespace abm {
namespace {

constexpr Eigen::Index kRowsPerTask = 4'096;
/// More neighbours to compare with find no more (decision 0012), and each costs time for every record.
constexpr std::int64_t kNeighbourRows = 1'024;
/// A tail is fitted beyond; more would only make the document larger.
constexpr Eigen::Index kMostReference = 4'096;
constexpr std::array kKinds{KnnDetector::kKind, StatsDetector::kKind, SequenceModel::kKind};

/// Evenly spaced.
Eigen::VectorXd reference_of(const Eigen::VectorXd& scores) {
    const Eigen::Index stride = std::max<Eigen::Index>(1, (scores.size() + kMostReference - 1) / kMostReference);
    Eigen::VectorXd chosen((scores.size() + stride - 1) / stride);
    for (Eigen::Index at = 0; at < chosen.size(); ++at) chosen[at] = scores[at * stride];
    return chosen;
}

Channel fit_channel(std::string_view kind, const Json& params, const Dataset& rows, int threads, const Progress& progress) {
    std::shared_ptr<const Detector> detector = fit_detector(kind, params, rows, threads, progress);
    Calibration calibration = Calibration::fit(reference_of(detector->score(rows, threads, progress)));
    return {std::string(kind), std::move(detector), std::move(calibration), 1.0};
}

[[noreturn]] void corrupt(std::string_view what) {
    throw Error(ErrorCode::Corrupt, fmt::format("The saved model is damaged: a channel {}. Train the model again.", what));
}

/// Rows of which it is known what happened, without their features.
TokenSequences known_sequences(const Dataset& rows) {
    TokenSequences known;
    if (rows.sequences == nullptr) return known;
    known.words = rows.sequences->words;
    for (std::size_t row = 0; row < rows.sequences->size(); ++row) {
        const auto tokens = rows.sequences->of(row);
        if (tokens.empty()) continue;
        known.tokens.insert(known.tokens.end(), tokens.begin(), tokens.end());
        known.end_sequence();
    }
    return known;
}

bool looks_at_sequences(const Channel& channel) { return channel.name == SequenceModel::kKind; }

/// A detector alone does not tell which columns it looks at; it refuses those of another.
void require_columns(const Detector& detector, const std::vector<std::string>& names) {
    FeatureMatrix one;
    one.names = names;
    one.values.setZero(1, static_cast<Eigen::Index>(names.size()));
    try {
        detector.score(one, 1, {});
    } catch (const Error&) {
        corrupt("was made for other features than the forest");
    }
}

}  // namespace

double lift_of(double surprise) {
    static const double kMedian = std::log10(2.0);
    const double beyond = std::max(0.0, surprise - kMedian);
    return kMostLift * (beyond / (beyond + kMostLift));
}

std::vector<Channel> fit_channels(const Dataset& rows, std::uint64_t seed, int threads, const Progress& progress) {
    const Json neighbours{{"reference", kNeighbourRows}, {"seed", seed}};
    std::vector<Channel> channels;
    // First, for of channels that say equally much the first gives the reason, and one value is the simpler one.
    channels.push_back(fit_channel(StatsDetector::kKind, Json::object(), rows, threads, progress));
    channels.push_back(fit_channel(KnnDetector::kKind, neighbours, rows, threads, progress));
    const TokenSequences happened = known_sequences(rows);
    const FeatureMatrix none;
    if (happened.size() > 0)
        channels.push_back(fit_channel(SequenceModel::kKind, Json::object(), {none, &happened}, threads, progress));
    return channels;
}

bool speaks(const Channel& channel, const Dataset& rows, Eigen::Index row) {
    if (!looks_at_sequences(channel)) return true;
    return rows.sequences != nullptr && !rows.sequences->of(static_cast<std::size_t>(row)).empty();
}

Eigen::VectorXd channel_lifts(const std::vector<Channel>& channels, const Dataset& rows, int threads, const Progress& progress) {
    const Eigen::Index count = rows.features.rows();
    Eigen::VectorXd lifts = Eigen::VectorXd::Zero(count);
    for (const Channel& channel : channels) {
        if (looks_at_sequences(channel) && rows.sequences == nullptr) continue;
        const Eigen::VectorXd scores = channel.detector->score(rows, threads, progress);
        parallel_blocks(count, kRowsPerTask, threads, progress, "weighing", [&](Eigen::Index begin, Eigen::Index end) {
            for (Eigen::Index row = begin; row < end; ++row) {
                if (speaks(channel, rows, row)) lifts[row] += channel.weight * lift_of(channel.calibration.surprise(scores[row]));
            }
        });
    }
    return lifts;
}

std::string heading_of(const Channel& channel) {
    if (const auto* neighbours = dynamic_cast<const KnnDetector*>(channel.detector.get()))
        return fmt::format("Unlike its {} nearest", neighbours->k());
    if (looks_at_sequences(channel)) return "Unusual order";
    return "Single extreme value";
}

std::size_t values_named(const Channel& channel) { return channel.name == StatsDetector::kKind ? 1 : 2; }

Json save_channel(const Channel& channel) {
    return {{"name", channel.name},
            {"weight", channel.weight},
            {"detector", channel.detector->save()},
            {"calibration", channel.calibration.save()}};
}

Channel load_channel(const Json& document, const std::vector<std::string>& names) {
    const Json& name = member(document, "name");
    if (!name.is_string() || name != model_kind(member(document, "detector"))) corrupt("is not called like its detector");
    if (std::find(kKinds.begin(), kKinds.end(), name.get_ref<const std::string&>()) == kKinds.end())
        throw Error(ErrorCode::Mismatch, "The model has a channel this version does not know. Update the program.");
    Channel channel{name.get<std::string>(), load_detector(member(document, "detector")),
                    Calibration::load(member(document, "calibration")), finite_number(document, "weight")};
    if (channel.weight < 0 || channel.weight > kMostChannelWeight) corrupt("has a weight no channel has");
    if (!looks_at_sequences(channel)) require_columns(*channel.detector, names);
    return channel;
}

}  // namespace abm
