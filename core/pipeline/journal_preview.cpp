#include "core/pipeline/journal_preview.h"

#include "core/ingest/journal_lexer.h"
#include "core/ingest/machine_clock.h"
#include "core/pipeline/log_text.h"

namespace abm {

std::vector<UnderstoodLine> journal_preview(std::span<const std::string_view> lines) {
    JournalLexer lexer;
    LexedText text;
    std::vector<UnderstoodLine> understood;
    for (const std::string_view line : lines) {
        const std::size_t first = text.events.size();
        lexer.lex_line(line, 0, text);
        UnderstoodLine& shown = understood.emplace_back();
        shown.understood = true;
        for (std::size_t at = first; at < text.events.size(); ++at) {
            const Event& event = text.events[at];
            const auto header = text.headers.empty() ? std::nullopt : std::optional(text.headers.back());
            if (event.kind == EventKind::header && header) shown.time = MachineClock::time_of(*header);
            if (event.second != kNoSecond) shown.time = MachineClock::resolve(header, event.second);
            shown.understood = shown.understood && event.kind != EventKind::not_understood;
            shown.event = name_of(event.kind);
        }
        shown.message_template = log_text(line);
    }
    return understood;
}

}  // namespace abm
