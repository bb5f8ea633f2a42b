// The course of a session: card, chip, PIN, host, durations, missing steps, cheques.
#pragma once

#include "core/ingest/journal_chunk.h"

namespace abm {

class CourseReader {
public:
    CourseReader(JournalChunk& chunk, SessionDraft& session) : chunk_(chunk), session_(session) {}

    void see(const Event& event);
    void finish();

private:
    void follow_clock(const Event& event);
    void follow_serial(const Event& event);
    void see_card(const Event& event);
    void see_cheque(const Event& event);
    void durations(Facts& facts) const;
    int missing_steps() const;

    struct Seen {
        std::int32_t card = kNoSecond, pin = kNoSecond, host = kNoSecond, presented = kNoSecond, taken = kNoSecond;
    };

    JournalChunk& chunk_;
    SessionDraft& session_;
    Seen at_;
    std::int32_t elapsed_ = 0, longest_gap_ = 0;
    bool inserted_ = false, pin_ = false, card_out_ = false, not_ejected_ = false, reset_ = false;
    bool chip_answered_ = false, last_genac_tc_ = false;
    int deposits_begun_ = 0, deposits_done_ = 0, presented_ = 0, taken_ = 0;
};

}  // namespace abm
