// How lines are understood by the reader of journals, as an editor of profiles shows it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/textlog/line_parser.h"

namespace abm {

/// [lines] Each with its kind as the event, its time, and its text as log_text() shows it.
std::vector<UnderstoodLine> journal_preview(std::span<const std::string_view> lines);

}  // namespace abm
