// What `abm` says to the person who started it, on stderr.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <string_view>

namespace abm::cli {

/// "abm: TEXT". On a terminal it takes the place of the progress line, if there is one.
inline void say(std::string_view text) {
    fmt::print(stderr, "{}abm: {}\n", ::isatty(STDERR_FILENO) == 1 ? "\r\x1B[K" : "", text);
}

/// Takes the progress line away, if there can be one, before rows are written.
inline void clear_line() {
    if (::isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\x1B[K");
}

}  // namespace abm::cli
