// Finds the layout of headers in the lines of a log. See log_header.h for what is promised.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/textlog/log_header.h"

namespace abm {

/// order: of the dates, unknown unless the lines leave one possibility only.
std::vector<LogHeader::Item> learn_items(std::span<const std::string_view> lines, DateOrder& order);

}  // namespace abm
