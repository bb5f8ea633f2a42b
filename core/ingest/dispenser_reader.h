// Collects what moved or counted notes of the dispenser in one session, in the order of the journal.
#pragma once

#include "core/ingest/journal_chunk.h"

namespace abm {

/// The notes per cassette behind the digit of a dispenser status, "3 00 00 04 00". Returns how many cassettes it names.
int dispenser_status_notes(std::string_view status, CassetteCounts& notes);

class DispenserReader {
public:
    DispenserReader(JournalChunk& chunk, SessionDraft& session) : chunk_(chunk), session_(session) {
        session_.cash_steps.first = static_cast<std::uint32_t>(chunk_.cash_steps.size());
    }

    void see(const Event& event);
    void finish();

private:
    void add(const CashStep& step);
    void read_presented(const Event& event);
    void read_status(const Event& event);
    void read_counter_row(const Event& event);

    JournalChunk& chunk_;
    SessionDraft& session_;
    CashStep block_;
    bool block_open_ = false;
    int stacked_ = 0, presented_ = 0;
};

}  // namespace abm
