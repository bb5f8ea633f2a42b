// Escape sequences of the journal printer. Source: docs/journal-format.md, "Bytes".
#pragma once

#include <string>
#include <string_view>

namespace abm {

inline constexpr char kEscape = '\x1B';
inline constexpr char kShiftIn = '\x0F';

/// Length of the escape sequence at the front of `text` (which begins with ESC); at least 1, never past its end.
std::size_t escape_length(std::string_view text);

struct Prefix {
    std::size_t bytes = 0;         ///< escapes, blanks and control characters before the text
    std::size_t reset_bytes = 0;   ///< where the text of a screen-reset prefix (ESC[0r ... ESCh162) ends; 0: there is none
    bool supervisor_text = false;  ///< ESC[05p: supervisor text begins
    bool supervisor_end = false;   ///< ESC[00p: it ends
};

Prefix read_prefix_slowly(std::string_view line);

/// Escapes, blanks and control characters in front of the text of a line.
inline Prefix read_prefix(std::string_view line) {
    // Most lines begin with text, or with "ESC[020t" or blanks and then text.
    std::size_t at = line.starts_with("\x1B[020t") ? 6 : 0;
    while (at < line.size() && line[at] == ' ') ++at;
    if (at < line.size() && line[at] > ' ' && line[at] < '\x7F') return {at, 0, false, false};
    return read_prefix_slowly(line);
}

/// The line as a person reads it: without escapes and shift characters, tabs as blanks, bytes otherwise as they are.
std::string without_escapes(std::string_view line);

}  // namespace abm
