// Turns the lines of an NDC journal into events. Format: docs/journal-format.md.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/ingest/event.h"

namespace abm {

/// A header line "*NNN*MM/DD/YYYY*HH:MM*", the only place where a journal writes a date.
struct HeaderStamp {
    std::int32_t event = 0;   ///< index of its event
    std::int32_t number = 0;  ///< 0..999, wraps
    std::int32_t day = 0;     ///< days since 1970-01-01
    std::int32_t minute = 0;  ///< of the day
};

struct LexedText {
    std::vector<Event> events;  ///< one a line; a line behind a screen-reset prefix gives two
    std::vector<HeaderStamp> headers;
    std::int64_t lines = 0;
    std::int64_t lf_ends = 0, cr_ends = 0, crlf_ends = 0;

    void clear() {
        events.clear();
        headers.clear();
        lines = lf_ends = cr_ends = crlf_ends = 0;
    }
};

/// Reads line by line. Some words mean different things in different blocks, so the lexer remembers which block it is in;
/// a START line resets that, which lets a file be cut before any START and lexed piecewise with the same result.
class JournalLexer {
public:
    /// Appends the events of one line (bytes without the line end) at `offset` of the source.
    void lex_line(std::string_view line, std::int64_t offset, LexedText& out);

private:
    EventKind classify(std::string_view text, Event& event);
    EventKind starred(std::string_view text, Event& event);
    EventKind numeric(std::string_view text) const;
    EventKind in_context(EventKind kind, std::string_view text) const;
    EventKind unknown_word(std::string_view text) const;
    void follow_context(EventKind kind);
    void add_header(std::string_view text, const Event& event, LexedText& out) const;

    enum class Block : std::uint8_t { none, receipt, network, acceptor_counts };
    Block block_ = Block::none;
    bool supervisor_text_ = false;  ///< between ESC[05p and ESC[00p
};

/// Lexes a whole text that begins at a START line or at the start of its source; appends to `out`.
void lex_journal(std::string_view text, std::int64_t offset, LexedText& out);

/// True when the line (without its end) is a START line: the only place where a journal may be cut.
bool is_start_line(std::string_view line);

}  // namespace abm
