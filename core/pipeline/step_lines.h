// Where the steps of a record's course stand in its text.
#pragma once

#include <optional>
#include <vector>

#include "core/data/explanation.h"
#include "core/data/log_line.h"
#include "core/data/source.h"

namespace abm {

/// The lines a step lies between: that of `from`, then that of `to`, one of them at the ends. lines: all of the record, as
/// read_log() gives them. length: ChannelShare::length. Empty when the lines cannot be told: those of an entity of a log stand
/// between others, and the file may have changed.
std::vector<TextSpan> lines_of_step(const Source& source, const std::vector<LogLine>& lines, std::size_t length,
                                    const OddStep& step);

}  // namespace abm
