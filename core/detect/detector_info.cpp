#include "core/detect/detector_info.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/detect/classifier.h"
#include "core/detect/dbscan_detector.h"
#include "core/detect/feedback_detector.h"
#include "core/detect/fourier_margin.h"
#include "core/detect/isolation_forest.h"
#include "core/detect/knn_detector.h"
#include "core/detect/lof_detector.h"
#include "core/detect/neighbour_shares.h"
#include "core/detect/one_class_svm.h"
#include "core/detect/sequence_model.h"
#include "core/detect/stats_detector.h"

namespace abm {
namespace {

constexpr double kMostForestTrees = 1'000;  ///< more would not be read back, see pipeline/model_file.cpp
constexpr double kMostK = static_cast<double>(kMostNeighbours);
constexpr double kMostRows = static_cast<double>(kMostReferenceRows);
constexpr double kRows = static_cast<double>(kReferenceRows);

constexpr ParamInfo kTrees{"trees", "More trees make the order steadier and scoring slower", 1, kMostForestTrees, 100};
constexpr ParamInfo kSample{"sample", "Rows each tree is grown from", 2, 65'536, 256};
constexpr ParamInfo kExtension{"extension", "Further features in each split; 0 splits one feature at a time", 0, 10'000, 0};
constexpr ParamInfo kReference{"reference", "Rows to compare with, drawn from those it is fitted on", 0, kMostRows, kRows, 0,
                               "all rows"};

constexpr std::array kForestParams{kTrees, kSample, kExtension};
constexpr std::array kKnnParams{ParamInfo{"k", "The distance to which neighbour counts", 1, kMostK, 5}, kReference};
constexpr std::array kLofParams{ParamInfo{"k", "Neighbours a row's density is compared with", 1, kMostK, 20}, kReference};
constexpr std::array kDbscanParams{
    ParamInfo{"eps", "How near rows of one cluster lie, in standard deviations", 0, 1'000, 0, 3, "chosen from the data"},
    ParamInfo{"min_samples", "Rows that near which make a cluster", 1, kMostK, 5}, kReference};
constexpr std::array kSvmParams{ParamInfo{"nu", "At most this share of the rows is left outside", 0.0001, 1, 0.5, 4},
                                ParamInfo{"gamma", "How narrow the kernel is", 0, 1'000'000, 0, 6, "chosen from the data"},
                                ParamInfo{"exact_rows", "Above so many rows it is fitted by random features", 0,
                                          SupportVectors::kMostRows, SupportVectors::kMostRows},
                                ParamInfo{"frequencies", "Of these random features", 1, FourierMargin::kMostFrequencies, 256}};
constexpr std::array kStatsParams{ParamInfo{
    "scaling", "Around median and MAD, or around mean and standard deviation", 0, 0, 0, 0, {}, StatsDetector::kScalings}};
constexpr std::array kClassifierParams{ParamInfo{"trees", "Trees of the random forest", 1, LabelForest::kMostTrees, 100}};

constexpr std::array kInfos{
    DetectorInfo{IsolationForest::kKind, "Isolation forest: odd is what few random splits set apart", kForestParams},
    DetectorInfo{KnnDetector::kKind, "Nearest neighbours: odd is what lies far from all others", kKnnParams},
    DetectorInfo{LofDetector::kKind, "Local outlier factor: odd is what lies sparser than its neighbours do", kLofParams},
    DetectorInfo{DbscanDetector::kKind, "DBSCAN: odd is what lies far from every dense region", kDbscanParams},
    DetectorInfo{OneClassSvm::kKind, "One-class support vector machine: odd is what lies outside of a learned region",
                 kSvmParams},
    DetectorInfo{StatsDetector::kKind, "Single extreme values: odd is what lies far out in one feature", kStatsParams, false,
                 false},
    DetectorInfo{SequenceModel::kKind,
                 "Order: odd is a line that seldom follows the one before it; speaks where lines are known",
                 {},
                 false,
                 false},
    DetectorInfo{Classifier::kKind, "Random forest on labels", kClassifierParams, true},
    DetectorInfo{FeedbackDetector::kKind, "The forest corrected by labels", kForestParams, true}};

std::string number_text(double value) { return fmt::format("{}", value); }

}  // namespace

std::string allowed_values(const ParamInfo& param) {
    if (!param.words.empty()) return fmt::format("{} (default: {})", fmt::join(param.words, ", "), param.words.front());
    const std::string special = param.automatic.empty() ? std::string() : fmt::format("; 0: {}", param.automatic);
    return fmt::format("{} from {} to {} (default: {}{})", param.decimals == 0 ? "whole numbers" : "numbers",
                       number_text(param.least), number_text(param.most), number_text(param.absent), special);
}

namespace {

[[noreturn]] void refuse(std::string_view kind, const ParamInfo& param, std::string_view text) {
    throw Error(ErrorCode::Invalid,
                fmt::format("Parameter \"{}\" of {} is \"{}\"; allowed are {}.", param.name, kind, text, allowed_values(param)));
}

Json value_of(std::string_view kind, const ParamInfo& param, std::string_view text) {
    if (!param.words.empty()) {
        if (std::ranges::find(param.words, text) == param.words.end()) refuse(kind, param, text);
        return std::string(text);
    }
    double value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || !(value >= param.least && value <= param.most))
        refuse(kind, param, text);
    if (param.decimals > 0) return value;
    if (value != std::floor(value)) refuse(kind, param, text);
    return static_cast<std::int64_t>(value);
}

/// Where 0 stands for the detector's own choice, it is asked for by saying nothing.
bool left_to_detector(const ParamInfo& param, const Json& value) {
    return param.absent == 0 && !param.automatic.empty() && value.is_number() && value.get<double>() == 0;
}

}  // namespace

std::span<const DetectorInfo> detector_infos() { return kInfos; }

const DetectorInfo* detector_info(std::string_view kind) {
    const auto found = std::ranges::find(kInfos, kind, &DetectorInfo::kind);
    return found == kInfos.end() ? nullptr : &*found;
}

Json detector_params(std::string_view kind, const ParamTexts& params) {
    const DetectorInfo* const info = detector_info(kind);
    if (info == nullptr) {
        std::vector<std::string_view> kinds;
        for (const DetectorInfo& known : kInfos) kinds.push_back(known.kind);
        throw Error(ErrorCode::Invalid, fmt::format("There is no detector \"{}\"{}", kind, hint_for(kind, kinds)));
    }
    Json chosen = Json::object();
    for (const auto& [name, text] : params) {
        const auto param = std::ranges::find(info->params, name, &ParamInfo::name);
        if (param == info->params.end()) {
            std::vector<std::string_view> names;
            for (const ParamInfo& known : info->params) names.push_back(known.name);
            throw Error(ErrorCode::Invalid, fmt::format("{} has no parameter \"{}\"{}", kind, name, hint_for(name, names)));
        }
        Json value = value_of(kind, *param, text);
        if (!left_to_detector(*param, value)) chosen[name] = std::move(value);
    }
    return chosen;
}

Json detector_params(std::string_view kind, const ParamTexts& params, std::uint64_t seed) {
    Json chosen = detector_params(kind, params);
    if (detector_info(kind)->draws) chosen["seed"] = seed;
    return chosen;
}

}  // namespace abm
