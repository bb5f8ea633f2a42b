#include <algorithm>

#include "core/base/random_access_text.h"
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
    std::string text = log_text(line.substr(0, 4 * kShownCharacters));
    if (text.size() > kShownCharacters) {
        text.resize(kShownCharacters);
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
        text += " [cut]";
    }
    return text;
}

std::string status_meaning(std::string_view line, EventKind kind) {
    if (kind < EventKind::reader_status || kind > EventKind::other_status) {
        if (kind != EventKind::acceptor_status) return {};
    }
    const std::size_t star = line.find('*', read_prefix(line).bytes);
    const auto status = star == std::string_view::npos ? std::nullopt : parse_device_status(line.substr(star));
    return status ? device_meaning(*status) : std::string();
}

}  // namespace

std::vector<LogLine> read_log(const Source& source, TextSpan span) {
    span.bytes = std::min(span.bytes, kLongestRead);
    const std::string text = read_range(source.path, span);
    std::vector<LogLine> lines;
    JournalLexer lexer;
    LineSplitter splitter(text);
    LineSplitter::Line line{};
    while (splitter.next(line)) {
        const std::string_view bytes(line.begin, static_cast<std::size_t>(line.end - line.begin));
        LexedText lexed;
        lexer.lex_line(bytes, span.offset + (line.begin - text.data()), lexed);
        const Event& event = lexed.events.back();
        LogLine shown;
        shown.span = {span.offset + (line.begin - text.data()), static_cast<std::int64_t>(bytes.size())};
        shown.text = shown_text(bytes);
        shown.escapes = log_text_with_escapes(bytes.substr(0, kShownCharacters));
        shown.event = name_of(event.kind);
        shown.meaning = status_meaning(bytes, event.kind);
        shown.second_of_day = event.second;
        shown.understood = event.kind != EventKind::not_understood;
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
