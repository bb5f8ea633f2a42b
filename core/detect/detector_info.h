// What people may be told about a detector and choose of it: one table behind --help, the documentation and the window.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "core/features/model_document.h"

namespace abm {

struct ParamInfo {
    std::string_view name;  ///< "k"
    std::string_view help;  ///< one sentence, without a full stop
    double least = 0, most = 0, absent = 0;
    int decimals = 0;                              ///< 0: whole numbers
    std::string_view automatic = {};               ///< what 0 means, "chosen from the data"; empty: nothing special
    std::span<const std::string_view> words = {};  ///< instead of numbers, the first of them when absent
};

struct DetectorInfo {
    std::string_view kind;  ///< "lof"
    std::string_view help;  ///< one sentence, without a full stop
    std::span<const ParamInfo> params;
    bool labels = false;  ///< learns from labels: cannot score without
    bool draws = true;    ///< takes a seed
};

/// Of every detector, the forest first. Seeds are no choice and not listed.
std::span<const DetectorInfo> detector_infos();
/// Null when there is none of this kind.
const DetectorInfo* detector_info(std::string_view kind);

/// "whole numbers from 1 to 1000 (default: 5)".
std::string allowed_values(const ParamInfo& param);

/// Parameters as people write them: "k" -> "20".
using ParamTexts = std::map<std::string, std::string>;

/// What fit_detector() takes: numbers where the text is one, else words. Throws Error{Invalid} as the detector does for an
/// unknown or impossible parameter, and for an unknown kind.
Json detector_params(std::string_view kind, const ParamTexts& params);
/// The same with the seed, for kinds that draw.
Json detector_params(std::string_view kind, const ParamTexts& params, std::uint64_t seed);

}  // namespace abm
