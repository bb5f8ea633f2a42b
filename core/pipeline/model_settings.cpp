#include "core/pipeline/model_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/detect/knn_detector.h"
#include "core/detect/sequence_model.h"
#include "core/detect/stats_detector.h"

namespace abm {
namespace {

constexpr std::string_view kForest = "iforest";
constexpr std::string_view kWeight = "weight";
constexpr std::size_t kMostWordBytes = 64;
/// More neighbours to compare with find no more (decision 0008), and each costs time for every record.
constexpr std::string_view kNeighbourRows = "1024";

[[noreturn]] void invalid(const std::string& message) { throw Error(ErrorCode::Invalid, message); }

void require_channel(std::string_view kind) {
    const std::vector<std::string_view> kinds = channel_kinds();
    if (std::ranges::find(kinds, kind) != kinds.end()) return;
    const DetectorInfo* const info = detector_info(kind);
    if (info != nullptr && info->labels)
        invalid(
            fmt::format("{} learns from labels and cannot score without: label records in a workspace, there 'abm train' "
                        "uses both",
                        kind));
    invalid(fmt::format("There is no detector \"{}\"{}", kind, hint_for(kind, kinds)));
}

double weight_of(std::string_view kind, std::string_view text) {
    double weight = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), weight);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || !(weight >= 0 && weight <= kMostChannelWeight))
        invalid(fmt::format("The weight of {} is \"{}\"; allowed are numbers from 0 to {} (default: 1).", kind, text,
                            kMostChannelWeight));
    return weight;
}

ParamTexts params_member(const Json& object) {
    const Json& list = member(object, "params");
    if (!list.is_object()) throw Error(ErrorCode::Corrupt, "The saved model is damaged: parameters are no object.");
    ParamTexts params;
    for (const auto& [name, value] : list.items()) {
        if (!value.is_string() || value.get_ref<const std::string&>().size() > kMostWordBytes)
            throw Error(ErrorCode::Corrupt, "The saved model is damaged: a parameter is no short text.");
        params[name] = value.get<std::string>();
    }
    return params;
}

/// What is otherwise than usual_channel() has it.
ParamTexts said_params(const ChannelSettings& channel) {
    ParamTexts said = channel.params;
    const ParamTexts usual = usual_channel(channel.kind).params;
    std::erase_if(said, [&](const auto& param) {
        const auto known = usual.find(param.first);
        return known != usual.end() && known->second == param.second;
    });
    return said;
}

std::string kind_text(std::string_view kind, const ParamTexts& params, double weight) {
    std::vector<std::string> said;
    for (const auto& [name, value] : params) said.push_back(fmt::format("{} {}", name, value));
    if (weight != 1) said.push_back(fmt::format("weight {}", weight));
    return said.empty() ? std::string(kind) : fmt::format("{} ({})", kind, fmt::join(said, ", "));
}

}  // namespace

ChannelSettings usual_channel(std::string_view kind) {
    ChannelSettings channel{std::string(kind)};
    if (kind == KnnDetector::kKind) channel.params["reference"] = kNeighbourRows;
    return channel;
}

bool has_channel(const ModelSettings& settings, std::string_view kind) {
    return std::ranges::find(settings.channels, kind, &ChannelSettings::kind) != settings.channels.end();
}

std::vector<ChannelSettings> ModelSettings::default_channels() {
    // First, for of channels that say equally much the first gives the reason, and one value is the simpler one.
    return {usual_channel(StatsDetector::kKind), usual_channel(KnnDetector::kKind), usual_channel(SequenceModel::kKind)};
}

std::vector<std::string_view> channel_kinds() {
    std::vector<std::string_view> kinds;
    for (const DetectorInfo& info : detector_infos()) {
        if (!info.labels && info.kind != kForest) kinds.push_back(info.kind);
    }
    return kinds;
}

void check_settings(const ModelSettings& settings) {
    detector_params(kForest, settings.forest_params);
    double loud = settings.forest ? 1 : 0;
    for (const ChannelSettings& channel : settings.channels) {
        require_channel(channel.kind);
        detector_params(channel.kind, channel.params);
        if (std::ranges::count(settings.channels, channel.kind, &ChannelSettings::kind) > 1)
            invalid(fmt::format("{} is named twice", channel.kind));
        if (!(channel.weight >= 0 && channel.weight <= kMostChannelWeight))
            invalid(fmt::format("The weight of {} is {}; allowed are numbers from 0 to {}.", channel.kind, channel.weight,
                                kMostChannelWeight));
        loud += channel.weight;
    }
    if (loud == 0) invalid("No detector is left to score with: every weight is 0.");
}

void check_settings_to_keep(const ModelSettings& settings) {
    check_settings(settings);
    if (!settings.forest) invalid("The models of a workspace need iforest, for labels are learned in its trees; add it.");
    for (const ChannelSettings& channel : settings.channels) {
        const auto rows = channel.params.find("reference");
        if (rows == channel.params.end()) continue;
        const auto count = detector_params(channel.kind, channel.params)["reference"].get<std::int64_t>();
        if (count == 0 || count > kMostKeptRows)
            invalid(fmt::format("A model that is kept compares with at most {} rows: set {}.reference to 1 to {}.", kMostKeptRows,
                                channel.kind, kMostKeptRows));
    }
}

Assignment parse_assignment(std::string_view text) {
    const std::size_t equals = text.find('=');
    const std::size_t dot = text.find('.');
    if (equals == std::string_view::npos || dot == std::string_view::npos || dot > equals)
        invalid(fmt::format("\"{}\" sets no parameter; write DETECTOR.NAME=VALUE, for instance knn.k=10", text));
    return {std::string(text.substr(0, dot)), std::string(text.substr(dot + 1, equals - dot - 1)),
            std::string(text.substr(equals + 1))};
}

void set_param(ModelSettings& settings, std::string_view text) {
    const Assignment said = parse_assignment(text);
    if (said.kind == kForest) {
        if (said.name == kWeight) invalid("iforest has no weight: the weights of channels are relative to it.");
        settings.forest_params[said.name] = said.value;
        detector_params(kForest, settings.forest_params);
        return;
    }
    require_channel(said.kind);
    const auto channel = std::ranges::find(settings.channels, said.kind, &ChannelSettings::kind);
    if (channel == settings.channels.end())
        invalid(fmt::format("\"{}\" is about a detector that is not chosen; choose it with --detector {}", text, said.kind));
    if (said.name == kWeight) {
        channel->weight = weight_of(said.kind, said.value);
        return;
    }
    channel->params[said.name] = said.value;
    detector_params(said.kind, channel->params);
}

ModelSettings chosen_settings(const ModelSettings& before, std::span<const std::string> detectors,
                              std::span<const std::string> assignments) {
    ModelSettings settings = before;
    if (!detectors.empty()) {
        settings = {.forest = false, .forest_params = {}, .channels = {}};
        const auto add = [&](std::string_view kind) {
            if (!has_channel(settings, kind)) settings.channels.push_back(usual_channel(kind));
        };
        std::vector<std::string> names(detectors.begin(), detectors.end());
        std::ranges::partition(names, [](const std::string& name) { return name == kAuto; });  // others add to it
        for (const std::string& name : names) {
            if (name == kForest) settings.forest = true;
            if (name == kAuto) {
                settings = {};
            } else if (name != kForest) {
                require_channel(name);
                add(name);
            }
        }
    }
    for (const std::string& assignment : assignments) set_param(settings, assignment);
    check_settings(settings);
    return settings;
}

std::string settings_text(const ModelSettings& settings) {
    std::vector<std::string> parts;
    if (settings.forest) parts.push_back(kind_text(kForest, settings.forest_params, 1));
    for (const ChannelSettings& channel : settings.channels)
        parts.push_back(kind_text(channel.kind, said_params(channel), channel.weight));
    return fmt::format("{}", fmt::join(parts, "; "));
}

std::string settings_words(const ModelSettings& settings) {
    std::vector<std::string> words;
    if (settings.forest) words.emplace_back("--detector iforest");
    for (const ChannelSettings& channel : settings.channels) words.push_back(fmt::format("--detector {}", channel.kind));
    for (const auto& [name, value] : settings.forest_params) words.push_back(fmt::format("--param iforest.{}={}", name, value));
    for (const ChannelSettings& channel : settings.channels) {
        for (const auto& [name, value] : said_params(channel))
            words.push_back(fmt::format("--param {}.{}={}", channel.kind, name, value));
        if (channel.weight != 1) words.push_back(fmt::format("--param {}.weight={}", channel.kind, channel.weight));
    }
    return fmt::format("{}", fmt::join(words, " "));
}

Json save_settings(const ModelSettings& settings) {
    Json document{{"forest", settings.forest}, {"params", settings.forest_params}, {"channels", Json::array()}};
    for (const ChannelSettings& channel : settings.channels)
        document["channels"].push_back({{"kind", channel.kind}, {"params", channel.params}, {"weight", channel.weight}});
    return document;
}

ModelSettings load_settings(const Json& document) {
    const auto corrupt = [](std::string_view what) {
        return Error(ErrorCode::Corrupt, fmt::format("The saved model is damaged: {}. Train the model again.", what));
    };
    const Json& forest = member(document, "forest");
    const Json& channels = member(document, "channels");
    if (!forest.is_boolean() || !channels.is_array() || channels.size() > channel_kinds().size())
        throw corrupt("its settings cannot be read");
    ModelSettings settings{forest.get<bool>(), params_member(document), {}};
    for (const Json& channel : channels) {
        const Json& kind = member(channel, "kind");
        if (!kind.is_string()) throw corrupt("its settings name no detector");
        settings.channels.push_back({kind.get<std::string>(), params_member(channel), finite_number(channel, "weight")});
    }
    try {
        check_settings(settings);
    } catch (const Error& error) {
        throw corrupt(error.what());
    }
    return settings;
}

}  // namespace abm
