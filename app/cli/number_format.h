// Numbers as the machine-readable tables print them.
#pragma once

#include <cstdint>
#include <string>

#include "core/data/cash_movement.h"

namespace abm::cli {

/// Four decimals, cut and not rounded: a rounded score could show the severity band above its own.
std::string score_text(double score);
/// "1000.00"; empty when unknown.
std::string amount_text(Money amount);
/// Empty for kNoCount.
std::string count_text(std::int32_t count);

}  // namespace abm::cli
