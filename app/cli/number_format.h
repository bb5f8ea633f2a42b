// Numbers as the machine-readable tables print them.
#pragma once

#include <string>

#include "core/base/money.h"

namespace abm::cli {

/// Four decimals, cut and not rounded: a rounded score could show the severity band above its own.
std::string score_text(double score);
/// "1000.00"; empty when unknown.
std::string amount_text(Money amount);

}  // namespace abm::cli
