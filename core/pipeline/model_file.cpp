// The portable document of a model version: docs/model-format.md describes every member.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/features/session_features.h"
#include "core/pipeline/model_checksum.h"
#include "core/pipeline/model_set.h"

namespace abm {
namespace {

constexpr std::string_view kKind = "abm-model";
constexpr int kFormat = 1;
/// A part; alone, with a checksum of its own, it is what versions before 0.2 wrote.
constexpr std::string_view kPartKind = "abm-journal-model";
constexpr int kPartFormat = 1;
constexpr std::size_t kMostParts = 64;
/// A document may claim much with few bytes; a forest is laid out in memory before its trees are read.
constexpr std::size_t kMostTrees = 1'000;
constexpr std::size_t kMostChannels = 8;
constexpr std::size_t kMostBytes = std::size_t{64} << 20U;  ///< parsed it takes about eight times as much
constexpr std::size_t kMostNameBytes = 4'096;               ///< of a name

[[noreturn]] void corrupt_file(std::string_view what) {
    throw Error(ErrorCode::Corrupt,
                fmt::format("The model file is damaged: {}. Export it again where it came from, or train a new model.", what));
}

// ---- Labels --------------------------------------------------------------------------------------------------------------

std::optional<RecordKind> kind_from_name(std::string_view name) {
    constexpr std::array kKinds{RecordKind::session, RecordKind::interval, RecordKind::window, RecordKind::entity,
                                RecordKind::row};
    const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](RecordKind kind) { return name_of(kind) == name; });
    if (found == kKinds.end()) return std::nullopt;
    return *found;
}

/// Unknown is null; infinite the largest float, which models treat alike.
Json saved_feature(float value) {
    if (std::isnan(value)) return {};
    constexpr float kMost = std::numeric_limits<float>::max();
    return static_cast<double>(std::clamp(value, -kMost, kMost));
}

float loaded_feature(const Json& value) {
    if (value.is_null()) return std::numeric_limits<float>::quiet_NaN();
    if (!value.is_number()) corrupt_file("a feature of a label is not a number");
    const auto wide = value.get<double>();
    if (!(std::abs(wide) <= static_cast<double>(std::numeric_limits<float>::max())))
        corrupt_file("a feature of a label is too large");
    return static_cast<float>(wide);
}

Json saved_label(const LearnedLabel& label) {
    Json features = Json::array();
    for (const float value : label.features) features.push_back(saved_feature(value));
    Json saved{{"source", label.source},   {"kind", name_of(label.kind)},     {"start_offset", label.start_offset},
               {"anomaly", label.anomaly}, {"features", std::move(features)}, {"rules", label.rules}};
    if (!label.course.empty()) saved["course"] = label.course;
    return saved;
}

std::string text_member(const Json& object, const char* name) {
    const Json& value = member(object, name);
    if (!value.is_string() || value.get_ref<const std::string&>().size() > kMostNameBytes)
        corrupt_file(fmt::format("\"{}\" is not a short text", name));
    return value.get<std::string>();
}

std::vector<std::string> names_member(const Json& object, const char* name) {
    std::vector<std::string> names = strings(object, name);
    if (std::any_of(names.begin(), names.end(), [](const std::string& text) { return text.size() > kMostNameBytes; }))
        corrupt_file(fmt::format("a text in \"{}\" is too long", name));
    return names;
}

LearnedLabel loaded_label(const Json& document, std::size_t columns) {
    LearnedLabel label;
    label.source = text_member(document, "source");
    const auto kind = kind_from_name(text_member(document, "kind"));
    if (!kind) corrupt_file("a label is about an unknown kind of record");
    label.kind = *kind;
    label.start_offset = integer(document, "start_offset", 0, std::numeric_limits<std::int64_t>::max());
    const Json& anomaly = member(document, "anomaly");
    if (!anomaly.is_boolean()) corrupt_file("a label is neither anomaly nor normal");
    label.anomaly = anomaly.get<bool>();
    const Json& features = member(document, "features");
    if (!features.is_array() || (!features.empty() && features.size() != columns))
        corrupt_file("a label has another number of features than the model");
    for (const Json& value : features) label.features.push_back(loaded_feature(value));
    label.rules = names_member(document, "rules");
    if (document.contains("course")) label.course = names_member(document, "course");  // since 0.2
    if (label.course.size() > kMostRememberedSteps) corrupt_file("a label has a longer course than any");
    return label;
}

std::vector<LearnedLabel> loaded_labels(const Json& document, std::size_t columns) {
    const Json& list = member(document, "labels");
    if (!list.is_array()) corrupt_file("\"labels\" is not a list");
    std::vector<LearnedLabel> labels;
    for (const Json& label : list) labels.push_back(loaded_label(label, columns));
    return labels;
}

// ---- The whole -----------------------------------------------------------------------------------------------------------

/// Before anything is laid out in memory.
void check_features(const Json& forest) {
    const std::vector<std::string> names = strings(forest, "names");
    const std::vector<std::string>& ours = session_feature_names();
    if (names == ours) return;
    const auto [theirs_at, ours_at] = std::mismatch(names.begin(), names.end(), ours.begin(), ours.end());
    const std::string theirs = theirs_at == names.end() ? "none" : theirs_at->substr(0, 80);
    throw Error(
        ErrorCode::Mismatch,
        fmt::format("The model was made for other features: it looks at {}, this program at {}; the first that differs is "
                    "number {} ({} instead of {}). Train again with this program; labels are kept.",
                    names.size(), ours.size(), theirs_at - names.begin() + 1, theirs, ours_at == ours.end() ? "none" : *ours_at));
}

void check_trees(const Json& forest) {
    const Json& trees = member(forest, "trees");
    if (!trees.is_array() || trees.size() > kMostTrees)
        corrupt_file(fmt::format("its forest has more than {} trees", kMostTrees));
}

std::uint64_t seed_member(const Json& document) {
    const std::string digits = text_member(document, "seed");
    const bool hex = digits.size() == 16 && digits.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!hex) corrupt_file("\"seed\" is not 16 hexadecimal digits");
    return std::stoull(digits, nullptr, 16);
}

/// Absent in models of versions before 0.2, which scored with the forest alone.
std::vector<Channel> loaded_channels(const Json& document, const std::vector<std::string>& names) {
    const auto list = document.find("channels");
    if (list == document.end()) return {};
    if (!list->is_array() || list->empty() || list->size() > kMostChannels)
        corrupt_file("\"channels\" is not a list of channels");
    std::vector<Channel> channels;
    for (const Json& channel : *list) {
        channels.push_back(load_channel(channel, names));
        const auto same = [&](const Channel& other) { return other.name == channels.back().name; };
        if (std::ranges::count_if(channels, same) > 1) corrupt_file("two of its channels are the same");
    }
    return channels;
}

void check_parts_fit(const JournalModel& model) {
    const std::size_t columns = model.forest.names().size();
    if (static_cast<std::size_t>(model.scaler.centre().size()) != columns || model.ranges.features() != columns)
        corrupt_file("its parts were made for different features");
    if (model.ranges.machines() > model.machines.size()) corrupt_file("it has more usual ranges than machines");
    if (model.prior_deviation <= 0) corrupt_file("\"prior_deviation\" is not above zero");
}

/// Versions that knew sessions only did not say it.
RecordKind kind_member(const Json& document, bool alone) {
    if (alone) return RecordKind::session;
    const auto kind = kind_from_name(text_member(document, "record_kind"));
    if (!kind) corrupt_file("it is about an unknown kind of record");
    return *kind;
}

Json saved_part(const JournalModel& model) {
    Json document = model_document(kPartKind, kPartFormat);
    document["record_kind"] = name_of(model.kind);
    document["forest"] = model.forest.save();
    document["calibration"] = model.calibration.save();
    document["prior_mean"] = model.prior_mean;
    document["prior_deviation"] = model.prior_deviation;
    for (const Channel& channel : model.channels) document["channels"].push_back(save_channel(channel));
    document["scaler"] = model.scaler.save();
    document["ranges"] = model.ranges.save();
    document["machines"] = model.machines;
    document["seed"] = hex_text(model.seed);
    document["records"] = model.records;
    Json& labels = document["labels"] = Json::array();
    for (const LearnedLabel& label : model.labels) labels.push_back(saved_label(label));
    if (model.votes) document["votes"] = model.votes->save();
    if (model.probability) document["probability"] = model.probability->save();
    document["settings"] = save_settings(model.settings);
    return document;
}

/// What is chosen may be silent about some kinds of records; what speaks was chosen.
void check_settings_fit(JournalModel& model) {
    for (Channel& channel : model.channels) {
        if (!has_channel(model.settings, channel.name)) corrupt_file("it has a channel its settings do not name");
        channel.alone = !model.settings.forest;
    }
}

JournalModel loaded_part(const Json& document, bool alone) {
    check_model_header(document, kPartKind, kPartFormat);
    const RecordKind kind = kind_member(document, alone);
    const Json& forest = member(document, "forest");
    if (kind == RecordKind::session) check_features(forest);
    check_trees(forest);
    IsolationForest grown = IsolationForest::load(forest);
    const std::size_t columns = grown.names().size();
    std::vector<Channel> channels = loaded_channels(document, grown.names());
    JournalModel model{.kind = kind,
                       .forest = std::move(grown),
                       .calibration = Calibration::load(member(document, "calibration")),
                       .prior_mean = finite_number(document, "prior_mean"),
                       .prior_deviation = finite_number(document, "prior_deviation"),
                       .channels = std::move(channels),
                       .scaler = Scaler::load(member(document, "scaler")),
                       .ranges = UsualRanges::load(member(document, "ranges")),
                       .machines = names_member(document, "machines"),
                       .labels = loaded_labels(document, columns),
                       .seed = seed_member(document),
                       .records = integer(document, "records", 0, std::numeric_limits<std::int64_t>::max())};
    check_parts_fit(model);
    // Since the first version of format 1: what labels teach beyond the ridge.
    if (document.contains("votes")) model.votes = RankedVotes::load(document["votes"], std::ssize(model.forest.names()) + 1);
    if (document.contains("probability")) model.probability = ProbabilityCalibration::load(document["probability"]);
    if (document.contains("settings")) model.settings = load_settings(document["settings"]);  // else all as usual
    check_settings_fit(model);
    return model;
}

std::vector<const Json*> parts_of(const Json& document) {
    if (model_kind(document) == kPartKind) return {&document};
    check_model_header(document, kKind, kFormat);
    const Json& list = member(document, "parts");
    if (!list.is_array() || list.empty() || list.size() > kMostParts) corrupt_file("\"parts\" is not a list of models");
    std::vector<const Json*> parts;
    for (const Json& part : list) parts.push_back(&part);
    return parts;
}

}  // namespace

std::string save_models(const ModelSet& models) {
    Json document = model_document(kKind, kFormat);
    Json& parts = document["parts"] = Json::array();
    for (const auto& part : models.parts) parts.push_back(saved_part(*part));
    document["checksum"] = std::string(kBlankChecksum);
    // Machine names come from journals: bytes that are no UTF-8 are replaced rather than the model lost.
    return sealed(document.dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

ModelSet load_models(std::string_view text) {
    if (text.size() > kMostBytes)
        corrupt_file(fmt::format("it holds {} bytes, no model has more than {}", text.size(), kMostBytes));
    const Json document = parse_model_text(text);
    const std::vector<const Json*> parts = parts_of(document);
    for (const Json* part : parts) check_model_header(*part, kPartKind, kPartFormat);  // newer says more than damaged
    if (!checksum_fits(text, document))
        corrupt_file("its checksum does not fit its content, so it was changed or cut after it was written");
    ModelSet models;
    for (const Json* part : parts) {
        models.parts.push_back(std::make_shared<const JournalModel>(loaded_part(*part, part == &document)));
        const auto& names = models.parts.back()->forest.names();
        if (models.part_for(names) != models.parts.back()) corrupt_file("two of its parts look at the same features");
    }
    return models;
}

}  // namespace abm
