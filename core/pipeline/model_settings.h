// What an expert may choose of a model: which detectors speak, with which parameters, how loud.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/detect/detector_info.h"

namespace abm {

/// Not a detector of its own: the forest and its channels together.
inline constexpr std::string_view kAuto = "auto";

inline constexpr double kMostChannelWeight = 10;

/// A channel beside the forest.
struct ChannelSettings {
    std::string kind;
    ParamTexts params = {};
    double weight = 1;  ///< 0..kMostChannelWeight

    bool operator==(const ChannelSettings&) const = default;
};

/// Kept in the model and taken over by the next one. Seeds are no part of it.
struct ModelSettings {
    /// False: the channels alone order, the ordinary half of each too. Not for a workspace, where labels need the forest.
    bool forest = true;
    ParamTexts forest_params = {};
    std::vector<ChannelSettings> channels = default_channels();

    static std::vector<ChannelSettings> default_channels();
    bool operator==(const ModelSettings&) const = default;
};

/// A channel as it is when nothing else is said.
ChannelSettings usual_channel(std::string_view kind);
bool has_channel(const ModelSettings& settings, std::string_view kind);

/// Throws Error{Invalid}: an unknown, repeated or impossible channel, parameter or weight, or nothing that speaks.
void check_settings(const ModelSettings& settings);
/// Of a channel; a document of rows has no room for more.
inline constexpr std::int64_t kMostKeptRows = 16'384;
/// Also refuses what a workspace cannot keep: no forest, or more rows to compare with than a model document has room for.
void check_settings_to_keep(const ModelSettings& settings);

/// Detectors that can be channels: all that need no labels, but for the forest.
std::vector<std::string_view> channel_kinds();

/// "kind.name=value" in its three parts. Throws Error{Invalid} for any other text.
struct Assignment {
    std::string kind, name, value;
};
Assignment parse_assignment(std::string_view text);
/// "kind.name=value" for a parameter of the forest or a channel, "kind.weight=value" for the weight of a channel. Throws
/// Error{Invalid} saying what is wrong, also for a detector that is not among the settings.
void set_param(ModelSettings& settings, std::string_view assignment);
/// detectors: iforest, channels, and "auto" for the default settings; whoever names one starts afresh. Empty: those of `before`.
/// assignments: of set_param(), in their order. Throws Error{Invalid}.
ModelSettings chosen_settings(const ModelSettings& before, std::span<const std::string> detectors,
                              std::span<const std::string> assignments);

/// "iforest; stats; knn (k 10, weight 0.5)": defaults are not named. What chosen_settings() would be told, in words.
std::string settings_text(const ModelSettings& settings);
/// The words after `abm train` that ask for the settings: "--detector iforest --detector knn --param knn.k=10".
std::string settings_words(const ModelSettings& settings);

Json save_settings(const ModelSettings& settings);
/// Throws Error{Corrupt}.
ModelSettings load_settings(const Json& document);

}  // namespace abm
