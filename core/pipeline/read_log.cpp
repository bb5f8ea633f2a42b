#include <algorithm>

#include "core/base/card_mask.h"
#include "core/base/random_access_text.h"
#include "core/base/source_identity.h"
#include "core/ingest/device_status.h"
#include "core/ingest/escapes.h"
#include "core/ingest/journal_lexer.h"
#include "core/ingest/line_splitter.h"
#include "core/ingest/text_scan.h"
#include "core/pipeline/investigate.h"
#include "core/pipeline/line_blocks.h"
#include "core/pipeline/log_text.h"

namespace abm {
namespace {

constexpr std::size_t kShownCharacters = 4'096;
// Lexing starts at the begin of a record where it can; looking back further than this for one is not worth the wait.
constexpr std::int64_t kLongestContext = 256 * 1024;
constexpr std::int64_t kLongestRead = std::int64_t{16} << 20;

std::string shown_text(std::string_view line) {
    return cut_masked(log_text(line.substr(0, 4 * kShownCharacters)), kShownCharacters, " [cut]");
}

std::string status_meaning(std::string_view line, EventKind kind) {
    if (kind < EventKind::reader_status || kind > EventKind::other_status) {
        if (kind != EventKind::acceptor_status) return {};
    }
    const std::size_t star = line.find('*', read_prefix(line).bytes);
    const auto status = star == std::string_view::npos ? std::nullopt : parse_device_status(line.substr(star));
    return status ? device_meaning(*status) : std::string();
}

/// The first HH:MM:SS of a line; -1: none. Enough for the gutter: what the time means for records the readers have said.
std::int32_t clock_in(std::string_view line) {
    constexpr std::size_t kLength = 8, kWithin = 64;
    const auto two = [&](std::size_t at) {
        const unsigned tens = static_cast<unsigned char>(line[at]) - unsigned{'0'},
                       ones = static_cast<unsigned char>(line[at + 1]) - unsigned{'0'};
        return tens < 10 && ones < 10 ? static_cast<std::int32_t>(tens * 10 + ones) : 100;
    };
    for (std::size_t at = 0; at + kLength <= std::min(line.size(), kWithin); ++at) {
        if (line[at + 2] != ':' || line[at + 5] != ':') continue;
        const std::int32_t hour = two(at), minute = two(at + 3), second = two(at + 6);
        if (hour < 24 && minute < 60 && second < 60) return (hour * 60 + minute) * 60 + second;
    }
    return -1;
}

/// What a journal is to its lexer other text is not: its lines have a time and are understood unless their reader said otherwise.
void describe_other(const Source& source, std::string_view bytes, LogLine& shown) {
    shown.second_of_day = clock_in(bytes);
    shown.understood =
        std::ranges::find(source.first_not_understood, shown.span.offset, &TextSpan::offset) == source.first_not_understood.end();
}

}  // namespace

bool still_holds(const Source& source) {
    try {
        return identity_of(source.path, {source.bytes}, source.bytes).hex_at(source.bytes) == source.identity;
    } catch (const Error&) {
        return false;
    }
}

std::vector<LogLine> read_log(const Source& source, TextSpan span) {
    span.bytes = std::min(span.bytes, kLongestRead);
    const std::string text = read_range(source.path, span);
    const bool journal = source.format == "ndc-journal" || source.format == "unknown" || source.format.empty();
    std::vector<LogLine> lines;
    JournalLexer lexer;
    LineSplitter splitter(text);
    LineSplitter::Line line{};
    while (splitter.next(line)) {
        const std::string_view bytes(line.begin, static_cast<std::size_t>(line.end - line.begin));
        LogLine shown;
        shown.span = {span.offset + (line.begin - text.data()), static_cast<std::int64_t>(bytes.size())};
        shown.text = shown_text(bytes);
        shown.escapes = log_text_with_escapes(bytes.substr(0, kShownCharacters));
        if (journal) {
            LexedText lexed;
            lexer.lex_line(bytes, shown.span.offset, lexed);
            const Event& event = lexed.events.back();
            shown.event = name_of(event.kind);
            shown.meaning = status_meaning(bytes, event.kind);
            shown.second_of_day = event.second;
            shown.understood = event.kind != EventKind::not_understood;
        } else {
            describe_other(source, bytes, shown);
        }
        lines.push_back(std::move(shown));
    }
    return lines;
}

LogPage read_log_page(const Source& source, TextSpan span, std::int64_t context) {
    const std::int64_t begin = line_begin(source, span.offset);
    const bool meets_line = span.end() < source.bytes && line_begin(source, span.end()) != span.end();
    const std::int64_t end = std::min(meets_line ? line_end(source, span.end()) : span.end(), source.bytes);
    const std::int64_t from = context >= 0 && context <= begin && begin - context <= kLongestContext ? context : begin;
    LogPage page{{begin, end - begin}, read_log(source, {from, end - from}), 0};
    std::erase_if(page.lines, [&](const LogLine& line) { return line.span.offset < begin; });
    return page;
}

}  // namespace abm
