#include "core/base/card_mask.h"
#include "core/ingest/journal_chunk.h"
#include "core/ingest/session_reader.h"
#include "core/ingest/sessionizer.h"

namespace abm {
namespace {

using K = EventKind;

constexpr std::int32_t kShortestCardNumber = 13;

// Ids and counters are never card numbers, whatever their digits.
bool may_hold_card_number(const Event& event) {
    if (event.bytes < kShortestCardNumber) return false;
    switch (event.kind) {
        case K::header:
        case K::image_name:
        case K::session_start:
        case K::reader_activated:
        case K::counter_denomination:
        case K::counter_dispensed:
        case K::counter_rejected:
        case K::counter_remaining:
        case K::counter_title:
        case K::type_counts:
        case K::checksum:
        case K::receipt_date:
        case K::note_list:
        case K::acceptor_table_row:
        case K::acceptor_table_total:
        case K::micr:
            return false;
        default:
            return true;
    }
}

}  // namespace

void JournalChunk::clear() {
    lexed.clear();
    records.clear();
    sessions.clear();
    cash_steps.clear();
    receipts.clear();
    tallies.clear();
    notes.clear();
    tables.clear();
    not_understood.clear();
    card_numbers.clear();
    accounts = 0;
}

void read_chunk(JournalChunk& chunk) {
    chunk.clear();
    lex_journal(chunk.text, chunk.offset, chunk.lexed);
    cut_records(chunk);
    for (const RecordDraft& record : chunk.records) {
        if (record.session >= 0) read_session(chunk, record);
    }
    for (const Event& event : chunk.lexed.events) {
        if (event.kind == K::not_understood) chunk.not_understood.push_back(event.span());
        if (event.kind == K::micr) ++chunk.accounts;
        if (may_hold_card_number(event) && count_card_numbers(chunk.words_of(event)) > 0)
            chunk.card_numbers.push_back(event.span());
    }
}

}  // namespace abm
