#include "core/base/text_pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <string>

#include "core/base/error.h"

namespace abm {
namespace {

constexpr std::int64_t kMemory = 16 << 20;

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

std::shared_ptr<const re2::RE2> compile(const std::string& text, bool match_case) {
    re2::RE2::Options options;
    options.set_case_sensitive(match_case);
    options.set_log_errors(false);
    options.set_never_nl(true);
    options.set_max_mem(kMemory);
    return std::make_shared<const re2::RE2>(text, options);
}

// Anchors of the text, and flags that change what ^ and $ are, mean something else in a block than in a line.
bool works_in_blocks(std::string_view regex) {
    return regex.find("\\A") == std::string_view::npos && regex.find("\\z") == std::string_view::npos &&
           regex.find("(?") == std::string_view::npos;
}

}  // namespace

TextPattern::TextPattern(std::string_view text, PatternOptions options) {
    if (text.empty()) throw Error(ErrorCode::Invalid, "Nothing to search for.");
    if (text.size() > kLongest) throw Error(ErrorCode::Invalid, fmt::format("Longer than {} letters.", kLongest));
    const std::string expression = options.regex ? std::string(text) : re2::RE2::QuoteMeta(piece(text));
    line_ = compile(expression, options.match_case);
    if (!line_->ok()) throw Error(ErrorCode::Invalid, fmt::format("Not a regular expression: {}.", line_->error()));
    if (!options.regex || works_in_blocks(text)) block_ = compile("(?m)" + expression, options.match_case);
    if (block_ && !block_->ok()) block_.reset();
}

bool TextPattern::next(std::string_view line, std::size_t from, Match& match) const {
    re2::StringPiece found;
    while (from <= line.size() && line_->Match(piece(line), from, line.size(), re2::RE2::UNANCHORED, &found, 1)) {
        const auto begin = static_cast<std::size_t>(found.data() - line.data());
        if (!found.empty()) {
            match = {begin, found.size()};
            return true;
        }
        from = begin + 1;
        while (from < line.size() && (static_cast<unsigned char>(line[from]) & 0xC0) == 0x80) ++from;  // not inside a letter
    }
    return false;
}

std::size_t TextPattern::count(std::string_view line) const {
    std::size_t count = 0;
    Match match;
    for (std::size_t from = 0; next(line, from, match); from = match.begin + match.bytes) ++count;
    return count;
}

std::size_t TextPattern::candidate(std::string_view lines, std::size_t from) const {
    if (!block_) return from < lines.size() ? from : npos;
    re2::StringPiece found;
    if (!block_->Match(piece(lines), from, lines.size(), re2::RE2::UNANCHORED, &found, 1)) return npos;
    return static_cast<std::size_t>(found.data() - lines.data());
}

}  // namespace abm
