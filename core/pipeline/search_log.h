// Search in the text of a source as it is shown: card numbers are masked before anything is compared.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/base/text_pattern.h"
#include "core/data/source.h"

namespace abm {

/// What is kept of all matches: exact counts in at most kParts parts of the span, so that millions of matches take no more
/// memory than one. Where they are in a part is read again when it is asked for.
struct LogMatches {
    static constexpr std::int64_t kParts = 4096;
    struct Part {
        std::int64_t matches = 0;
        std::int64_t begin = 0, end = 0;  ///< bytes from the first line with a match to behind the last
    };

    TextSpan span;
    std::int64_t part_bytes = 1;
    std::vector<Part> parts;  ///< a line belongs to the part its first byte lies in
    std::int64_t matches = 0;
    std::int64_t lines = 0;     ///< with a match
    std::int64_t searched = 0;  ///< bytes of the span
    bool complete = false;
};

/// Of every line in the span (lines longer than a MiB: of each piece). `partial` is called about ten times a second from
/// this thread. Throws Error{Io}, Error{Corrupt} as reading does, and Error{Cancelled} within a block of 1 MiB.
LogMatches search_log(const Source& source, TextSpan span, const TextPattern& pattern,
                      const std::function<void(const LogMatches&)>& partial, const Progress& progress);

struct LogMatchPlace {
    std::int64_t line = 0;    ///< offset of its line in the source
    std::size_t column = 0;   ///< byte in log_text() of the line
    std::int64_t number = 0;  ///< of all matches, from 1
};

/// The first match behind (direction 1) or the last before (-1) a place; around the end when there is none. nullopt: no
/// match in what was searched so far. Reads the parts it needs.
std::optional<LogMatchPlace> step_match(const Source& source, const TextPattern& pattern, const LogMatches& matches,
                                        std::int64_t line, std::size_t column, int direction);

}  // namespace abm
