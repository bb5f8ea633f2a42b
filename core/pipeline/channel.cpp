#include "core/pipeline/channel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/detect/dbscan_detector.h"
#include "core/detect/knn_detector.h"
#include "core/detect/lof_detector.h"
#include "core/detect/one_class_svm.h"
#include "core/detect/parallel.h"
#include "core/detect/sequence_model.h"
#include "core/detect/stats_detector.h"

namespace abm {
namespace {

constexpr Eigen::Index kChannelRowsPerTask = 4'096;
/// Half of the rows surprise more: -log10 of one half.
const double kMedianSurprise = std::log10(2.0);
/// A tail is fitted beyond; more would only make the document larger.
constexpr Eigen::Index kChannelReference = 4'096;

/// Evenly spaced.
Eigen::VectorXd reference_of(const Eigen::VectorXd& scores) {
    const Eigen::Index stride = even_stride(scores.size(), kChannelReference);
    Eigen::VectorXd chosen((scores.size() + stride - 1) / stride);
    for (Eigen::Index at = 0; at < chosen.size(); ++at) chosen[at] = scores[at * stride];
    return chosen;
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

bool looks_at_sequences(std::string_view kind) { return kind == SequenceModel::kKind; }

/// scores: of the channel's detector, of each row.
void add_lifts(const Channel& channel, const Dataset& rows, const Eigen::VectorXd& scores, Eigen::VectorXd& lifts, int threads,
               const Progress& progress) {
    parallel_blocks(scores.size(), kChannelRowsPerTask, threads, progress, "weighing", [&](Eigen::Index begin, Eigen::Index end) {
        for (Eigen::Index row = begin; row < end; ++row) {
            if (speaks(channel, rows, row)) lifts[row] += lift_of(channel, channel.calibration.surprise(scores[row]));
        }
    });
}

[[noreturn]] void corrupt_channel(std::string_view what) {
    throw Error(ErrorCode::Corrupt, fmt::format("The saved model is damaged: a channel {}. Train the model again.", what));
}

/// A detector alone does not tell which columns it looks at; it refuses those of another.
void require_columns(const Detector& detector, const std::vector<std::string>& names) {
    FeatureMatrix one;
    one.names = names;
    one.values.setZero(1, static_cast<Eigen::Index>(names.size()));
    try {
        detector.score(one, 1, {});
    } catch (const Error&) {
        corrupt_channel("was made for other features than the forest");
    }
}

}  // namespace

double lift_of(double surprise) {
    const double beyond = std::max(0.0, surprise - kMedianSurprise);
    return kMostLift * (beyond / (beyond + kMostLift));
}

double lift_of(const Channel& channel, double surprise) {
    return channel.weight * lift_of(channel.alone ? surprise + kMedianSurprise : surprise);
}

std::vector<Channel> fit_channels(const Dataset& rows, std::uint64_t seed, int threads, const Progress& progress,
                                  const ModelSettings& settings, Eigen::VectorXd* lifts) {
    const TokenSequences happened = known_sequences(rows);
    const FeatureMatrix no_features;
    std::vector<Channel> channels;
    if (lifts) lifts->setZero(rows.features.rows());
    for (const ChannelSettings& wanted : settings.channels) {
        const bool ordered = looks_at_sequences(wanted.kind);
        if (ordered && happened.size() == 0) continue;
        const Dataset seen = ordered ? Dataset(no_features, &happened) : Dataset(rows.features);
        std::shared_ptr<const Detector> detector =
            fit_detector(wanted.kind, detector_params(wanted.kind, wanted.params, seed), seen, threads, progress);
        Eigen::VectorXd scores = detector->score(seen, threads, progress);
        channels.push_back(
            {wanted.kind, std::move(detector), Calibration::fit(reference_of(scores)), wanted.weight, !settings.forest});
        if (lifts == nullptr) continue;
        if (ordered) scores = channels.back().detector->score(rows, threads, progress);
        add_lifts(channels.back(), rows, scores, *lifts, threads, progress);
    }
    return channels;
}

bool speaks(const Channel& channel, const Dataset& rows, Eigen::Index row) {
    if (!looks_at_sequences(channel.name)) return true;
    return rows.sequences != nullptr && !rows.sequences->of(static_cast<std::size_t>(row)).empty();
}

Eigen::VectorXd channel_lifts(const std::vector<Channel>& channels, const Dataset& rows, int threads, const Progress& progress) {
    const Eigen::Index count = rows.features.rows();
    Eigen::VectorXd lifts = Eigen::VectorXd::Zero(count);
    for (const Channel& channel : channels) {
        if (channel.weight <= 0 || (looks_at_sequences(channel.name) && rows.sequences == nullptr)) continue;
        add_lifts(channel, rows, channel.detector->score(rows, threads, progress), lifts, threads, progress);
    }
    return lifts;
}

std::string heading_of(const Channel& channel) {
    if (const auto* neighbours = dynamic_cast<const KnnDetector*>(channel.detector.get()))
        return fmt::format("Unlike its {} nearest", neighbours->k());
    if (const auto* sparse = dynamic_cast<const LofDetector*>(channel.detector.get()))
        return fmt::format("Sparser than its {} nearest", sparse->k());
    if (channel.name == DbscanDetector::kKind) return "Far from every dense region";
    if (channel.name == OneClassSvm::kKind) return "Outside of the usual region";
    if (looks_at_sequences(channel.name)) return "Unusual order";
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
    if (!name.is_string() || name != model_kind(member(document, "detector"))) corrupt_channel("is not called like its detector");
    const std::vector<std::string_view> kinds = channel_kinds();
    if (std::ranges::find(kinds, name.get_ref<const std::string&>()) == kinds.end())
        throw Error(ErrorCode::Mismatch, "The model has a channel this version does not know. Update the program.");
    Channel channel{name.get<std::string>(), load_detector(member(document, "detector")),
                    Calibration::load(member(document, "calibration")), finite_number(document, "weight")};
    if (channel.weight < 0 || channel.weight > kMostChannelWeight) corrupt_channel("has a weight no channel has");
    if (!looks_at_sequences(channel.name)) require_columns(*channel.detector, names);
    return channel;
}

}  // namespace abm
