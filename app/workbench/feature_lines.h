// Which lines of a record show the value of a feature.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/data/log_line.h"

namespace abm {

/// Offsets of the first few lines of `lines` that the feature counts or measures between: for the longest gap those before and
/// behind it. Empty for features that no single line shows, such as the hour or what the card did before.
std::vector<std::int64_t> feature_lines(std::string_view feature, const std::vector<LogLine>& lines);

}  // namespace abm
