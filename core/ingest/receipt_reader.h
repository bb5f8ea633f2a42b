// Reads the receipts of one session.
#pragma once

#include "core/ingest/journal_chunk.h"

namespace abm {

class ReceiptReader {
public:
    ReceiptReader(JournalChunk& chunk, SessionDraft& session);

    void see(const Event& event);
    /// Call once behind the last event.
    void finish();

private:
    void begin_exchange(const Event& event);
    void next_receipt();
    void flush();
    void read_serial(const Event& event);
    void read_amount_line(const Event& event);
    void read_deposit_title(const Event& event);
    void read_bill(const Event& event);
    Money last_amount(const Event& event) const;

    JournalChunk& chunk_;
    SessionDraft& session_;
    Receipt open_;
    NoteTally bills_;
    Money Receipt::*awaited_ = nullptr;  ///< the amount stands alone on a line to come
    std::int32_t last_second_ = kNoSecond;
    bool opened_by_opcode_ = false;
};

}  // namespace abm
