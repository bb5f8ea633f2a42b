// Numbers and names as the machine-readable tables print them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/investigation.h"

namespace abm::cli {

/// Four decimals, cut and not rounded: a rounded score could show the severity band above its own.
std::string score_text(double score);
/// "1000.00"; empty when unknown.
std::string amount_text(Money amount);
/// Empty for kNoCount.
std::string count_text(std::int32_t count);

/// [sources] what the column `source` says: the file name, or the first 12 digits of its hash where another file of another
/// content has the same name.
std::vector<std::string> source_names(const Investigation& investigation);

}  // namespace abm::cli
