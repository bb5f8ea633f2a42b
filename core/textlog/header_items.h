// The pieces headers of log lines are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/textlog/log_time.h"

namespace abm {

enum class HeaderItem : std::uint8_t {
    time,       ///< with or without brackets, comma or bar behind it
    level,      ///< INFO, [error], <Warning>; a single letter where a number stands before it
    priority,   ///< <34> or <34>1 of syslog
    bracket,    ///< [main], brackets inside balanced
    dash,       ///< - or -- or --- or | alone
    component,  ///< name: or name[pid]: or name(module)[pid] (detail):
    named,      ///< name in front of " - "
    field,      ///< word|
    padded,     ///< a word with two or more blanks behind it
    number,     ///< digits alone
    word,       ///< anything up to a blank
};

/// What one item is in one line.
struct ItemText {
    std::size_t end = 0;     ///< byte behind the item and the blanks behind it; 0: the item is not there
    std::string_view value;  ///< without brackets and punctuation
    std::string_view pid;    ///< of component
    TimeText time;           ///< of time
};

/// The item at line[at], no blank. kind: of dates; none: any.
ItemText read_item(HeaderItem item, DateKind kind, std::string_view line, std::size_t at);

/// One of the usual names of a severity, in any case of letters.
bool is_level_name(std::string_view word);

}  // namespace abm
