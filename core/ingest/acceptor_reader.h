// Follows the notes through the acceptor: escrow, validated, returned, recovered; and its counters.
#pragma once

#include "core/ingest/journal_chunk.h"

namespace abm {

class AcceptorReader {
public:
    AcceptorReader(JournalChunk& chunk, SessionDraft& session) : chunk_(chunk), session_(session) {}

    void see(const Event& event);
    /// Call once behind the last event: writes the facts of the deposit.
    void finish(bool has_end);

private:
    void begin_tally(NoteTally::Kind kind, const Event& event);
    void end_tally();
    void settle(const NoteTally& tally);
    void read_list(const Event& event);
    void read_status(const Event& event);
    void read_table_head(const Event& event);
    void read_table_total(const Event& event);
    void returned_by_hand();

    JournalChunk& chunk_;
    SessionDraft& session_;
    NoteTally open_;
    bool tally_open_ = false;
    bool recovering_ = false;  ///< after a reset: validated notes are recovered ones
    bool refund_announced_ = false;
    std::int32_t escrow_notes_ = 0;
    Money escrow_amount_ = 0, last_escrow_amount_ = 0;
    Money most_escrow_ = 0;
    std::int32_t most_escrow_notes_ = 0;
    std::int32_t validated_notes_ = 0, returned_notes_ = 0, recovered_notes_ = 0;
    Money validated_amount_ = 0, recovered_amount_ = 0;
    std::int32_t inserted_ = 0, presented_ = 0, taken_ = 0;
    bool table_open_ = false;
    std::array<char, 8> columns_{};  ///< what each column of the table is: c(assette) r(etract) j(reject) f (counterfeit)
    std::size_t column_count_ = 0;
};

}  // namespace abm
