// A line of a journal as it is shown: escapes hidden, card numbers masked, byte span of the original kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace abm {

struct LogLine {
    TextSpan span;                    ///< of the original line without its line end
    std::string text;                 ///< printable, masked, UTF-8
    std::string escapes;              ///< the same with its escape sequences made visible; empty when there are none
    std::string_view event;           ///< name of the event ("notes_taken"), empty when not understood; static storage
    std::string meaning;              ///< device statuses in words; may be empty
    std::int32_t second_of_day = -1;  ///< -1: the line carries no time
    bool understood = true;
};

/// Lines that follow each other in a source.
struct LogPage {
    TextSpan span;  ///< whole lines with their ends
    std::vector<LogLine> lines;
    std::int64_t first_line = 0;  ///< number of the first line, from 1; 0: not counted yet
};

}  // namespace abm
