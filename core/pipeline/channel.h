// Channels beside the forest: each looks at a record in its own way and may raise it, with its own evidence and its own reason.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/decide/calibration.h"
#include "core/detect/detector.h"
#include "core/pipeline/model_settings.h"

namespace abm {

/// Immutable once fitted; may be shared between threads.
struct Channel {
    std::string name;  ///< kKind of the detector: "knn", "stats", "sequence"
    std::shared_ptr<const Detector> detector;
    Calibration calibration;  ///< of its scores of training rows
    double weight = 1;        ///< 0..kMostChannelWeight
    bool alone = false;       ///< no forest beside it: its more ordinary half has an order, too
};

/// No channel raises a record by more than so many deviations of the forest's score, times its weight. The forest's own scores
/// span about as much; without a bound one absurd value would drown all else, and one label on it would teach all its likes.
inline constexpr double kMostLift = 10;

/// How much a channel raises a record, in deviations of the forest's score: b = max(0, surprise - log10 2) are the powers of ten
/// by which the record is rarer than the channel's median; the lift is b * kMostLift / (b + kMostLift), so about one deviation
/// a power of ten. 0 for the more ordinary half: a silent channel leaves the forest's order alone. Never falls with the
/// surprise.
double lift_of(double surprise);
/// The same with the weight of the channel. One that is alone lifts from the most ordinary row on.
double lift_of(const Channel& channel, double surprise);

/// Unless the settings say otherwise neighbours (1,024 rows to compare with), single extreme values and, where it is known what
/// happened in some of the rows, its order: one configuration for all data; docs/decisions/0008-channels.md has the figures.
/// A channel of the settings that these rows say nothing to is left out. rows: training rows, at most some ten thousand. lifts:
/// when given, gets channel_lifts() of the rows, which are at hand here. Throws as fit_detector().
std::vector<Channel> fit_channels(const Dataset& rows, std::uint64_t seed, int threads, const Progress& progress,
                                  const ModelSettings& settings = {}, Eigen::VectorXd* lifts = nullptr);

/// Whether the channel can say anything of a row: that of sequences is silent where it is not known what happened.
bool speaks(const Channel& channel, const Dataset& rows, Eigen::Index row);
/// [n] weighted sum of the lifts of each row. Finite and >= 0; 0 without channels. Bit-identical for any number of threads.
/// Throws Error{Mismatch} for another schema, Error{Cancelled}.
Eigen::VectorXd channel_lifts(const std::vector<Channel>& channels, const Dataset& rows, int threads, const Progress& progress);

/// How a sentence about a record that the channel raised begins: "Single extreme value", "Unlike its 5 nearest".
std::string heading_of(const Channel& channel);
/// How many values such a sentence names at most.
std::size_t values_named(const Channel& channel);

/// {"name", "weight", "detector", "calibration"}.
Json save_channel(const Channel& channel);
/// names: the features of the model it belongs to. Throws Error{Corrupt | Mismatch}.
Channel load_channel(const Json& document, const std::vector<std::string>& names);

}  // namespace abm
