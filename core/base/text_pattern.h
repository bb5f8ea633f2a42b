// What is searched for in text: words as they stand, or a regular expression of RE2 (linear time, no backtracking).
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace re2 {
class RE2;
}

namespace abm {

struct PatternOptions {
    bool regex = false;
    bool match_case = false;
};

/// Immutable, cheap to copy, thread-safe. Text is UTF-8. Only matches of at least one byte count.
class TextPattern {
public:
    struct Match {
        std::size_t begin = 0;
        std::size_t bytes = 0;
    };
    static constexpr std::size_t kLongest = 2000;  ///< bytes of a pattern
    static constexpr std::size_t npos = std::string_view::npos;

    /// Throws Error{Invalid} with what is wrong, in words for the one who typed it: empty, too long, no such expression.
    TextPattern(std::string_view text, PatternOptions options);

    /// The first match in one line at or behind `from`; false when there is none.
    bool next(std::string_view line, std::size_t from, Match& match) const;
    /// Matches from left to right that do not overlap.
    std::size_t count(std::string_view line) const;
    /// A place at or behind `from` (the begin of a line) in the first of many lines, ended by LF, that may match; npos: none
    /// matches. Never passes over a line with a match.
    std::size_t candidate(std::string_view lines, std::size_t from) const;

private:
    std::shared_ptr<const re2::RE2> line_;
    std::shared_ptr<const re2::RE2> block_;  ///< the same over many lines; null: only line by line is right
};

}  // namespace abm
