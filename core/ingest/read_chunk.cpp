#include "core/ingest/journal_chunk.h"
#include "core/ingest/session_reader.h"
#include "core/ingest/sessionizer.h"

namespace abm {

JournalChunk read_chunk(std::string text, std::int64_t offset) {
    JournalChunk chunk;
    chunk.offset = offset;
    chunk.text = std::move(text);
    chunk.lexed = lex_journal(chunk.text, offset);
    cut_records(chunk);
    for (const RecordDraft& record : chunk.records) {
        if (record.session >= 0) chunk.sessions.push_back(read_session(chunk, record));
    }
    for (const Event& event : chunk.lexed.events) {
        if (event.kind == EventKind::not_understood) chunk.not_understood.push_back(event.span());
        if (event.kind == EventKind::micr) ++chunk.accounts;
    }
    return chunk;
}

}  // namespace abm
