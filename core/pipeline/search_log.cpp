#include "core/pipeline/search_log.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "core/ingest/line_splitter.h"
#include "core/pipeline/line_blocks.h"
#include "core/pipeline/log_text.h"

namespace abm {
namespace {

constexpr auto kTold = std::chrono::milliseconds(100);
constexpr std::int64_t kLeastPart = 64 * 1024;

/// The lines of a block as they are shown, each ended by LF, and where each began.
struct ShownBlock {
    struct Line {
        std::size_t begin;    ///< in text
        std::int64_t offset;  ///< in the source
        std::int64_t end;
    };
    std::string text;
    std::vector<Line> lines;

    void read(const LineBlocks::Block& block) {
        text.clear();
        lines.clear();
        LineSplitter splitter(block.text);
        for (LineSplitter::Line line{}; splitter.next(line);) {
            const std::string_view bytes(line.begin, static_cast<std::size_t>(line.end - line.begin));
            lines.push_back(
                {text.size(), block.offset + (line.begin - block.text.data()), block.offset + (line.next - block.text.data())});
            if (is_log_text(bytes)) {
                text += bytes;
            } else {
                text += log_text(bytes);
            }
            text += '\n';
        }
    }
    std::string_view line(std::size_t at) const {
        const std::size_t end = at + 1 < lines.size() ? lines[at + 1].begin : text.size();
        return std::string_view(text).substr(lines[at].begin, end - lines[at].begin - 1);
    }
};

/// Calls with the index of every line that has a match.
template <class OnLine>
void each_match_line(const ShownBlock& block, const TextPattern& pattern, OnLine on_line) {
    TextPattern::Match match;
    std::size_t at = 0;
    while (at < block.lines.size()) {
        const std::size_t place = pattern.candidate(block.text, block.lines[at].begin);
        if (place == TextPattern::npos) return;
        const auto behind = std::upper_bound(block.lines.begin() + static_cast<std::ptrdiff_t>(at), block.lines.end(), place,
                                             [](std::size_t p, const ShownBlock::Line& line) { return p < line.begin; });
        at = static_cast<std::size_t>(behind - block.lines.begin()) - 1;
        if (pattern.next(block.line(at), 0, match)) on_line(at);
        ++at;
    }
}

LogMatches empty_matches(TextSpan span) {
    LogMatches matches;
    matches.span = span;
    matches.part_bytes = std::max(kLeastPart, span.bytes / LogMatches::kParts + 1);
    matches.parts.resize(static_cast<std::size_t>(span.bytes / matches.part_bytes + 1));
    return matches;
}

std::size_t part_of(const LogMatches& matches, std::int64_t offset) {
    const std::int64_t part = (offset - matches.span.offset) / matches.part_bytes;
    return static_cast<std::size_t>(std::clamp<std::int64_t>(part, 0, std::ssize(matches.parts) - 1));
}

void count_block(LogMatches& matches, const ShownBlock& block, const TextPattern& pattern) {
    each_match_line(block, pattern, [&](std::size_t at) {
        const auto& line = block.lines[at];
        const auto count = static_cast<std::int64_t>(pattern.count(block.line(at)));
        LogMatches::Part& part = matches.parts[part_of(matches, line.offset)];
        if (part.matches == 0) part.begin = line.offset;
        part.end = line.end;
        part.matches += count;
        matches.matches += count;
        ++matches.lines;
    });
}

/// All matches of one part, in order.
std::vector<LogMatchPlace> places_in(const Source& source, const TextPattern& pattern, const LogMatches::Part& part) {
    std::vector<LogMatchPlace> places;
    if (part.matches == 0) return places;
    LineBlocks blocks(source, {part.begin, part.end - part.begin});
    LineBlocks::Block read;
    ShownBlock block;
    while (blocks.next(read)) {
        block.read(read);
        each_match_line(block, pattern, [&](std::size_t at) {
            TextPattern::Match match;
            for (std::size_t from = 0; pattern.next(block.line(at), from, match); from = match.begin + match.bytes)
                places.push_back({block.lines[at].offset, match.begin, std::int64_t{0}});
        });
    }
    return places;
}

bool before(const LogMatchPlace& left, const LogMatchPlace& right) {
    return left.line != right.line ? left.line < right.line : left.column < right.column;
}

}  // namespace

LogMatches search_log(const Source& source, TextSpan span, const TextPattern& pattern,
                      const std::function<void(const LogMatches&)>& partial, const Progress& progress) {
    LogMatches matches = empty_matches(span);
    LineBlocks blocks(source, span);
    LineBlocks::Block read;
    ShownBlock block;
    auto told = std::chrono::steady_clock::now();
    while (blocks.next(read)) {
        progress.checkpoint(static_cast<double>(matches.searched) / static_cast<double>(std::max<std::int64_t>(span.bytes, 1)),
                            "searching");
        block.read(read);
        count_block(matches, block, pattern);
        matches.searched = read.offset + static_cast<std::int64_t>(read.text.size()) - span.offset;
        const auto now = std::chrono::steady_clock::now();
        if (!partial || now - told < kTold) continue;
        told = now;
        partial(matches);
    }
    matches.complete = true;
    return matches;
}

std::optional<LogMatchPlace> step_match(const Source& source, const TextPattern& pattern, const LogMatches& matches,
                                        std::int64_t line, std::size_t column, int direction) {
    if (matches.matches == 0) return std::nullopt;
    const auto count = std::ssize(matches.parts);
    const auto start = static_cast<std::ptrdiff_t>(part_of(matches, line));
    const LogMatchPlace here{line, column, 0};
    // Once around, and the first part a second time for what lies on the other side of the place in it.
    for (std::ptrdiff_t round = 0; round <= count; ++round) {
        const auto at = static_cast<std::size_t>(((start + direction * round) % count + count) % count);
        if (matches.parts[at].matches == 0) continue;
        const auto places = places_in(source, pattern, matches.parts[at]);
        auto found = direction > 0 ? places.begin() : places.end();
        if (round == 0) {
            found = direction > 0 ? std::upper_bound(places.begin(), places.end(), here, before)
                                  : std::lower_bound(places.begin(), places.end(), here, before);
        }
        if (direction > 0 ? found == places.end() : found == places.begin()) continue;
        if (direction < 0) --found;
        LogMatchPlace place = *found;
        place.number = (found - places.begin()) + 1;
        for (std::size_t part = 0; part < at; ++part) place.number += matches.parts[part].matches;
        return place;
    }
    return std::nullopt;
}

}  // namespace abm
