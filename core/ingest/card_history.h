// What the same card did at the same machine shortly before.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/time.h"
#include "core/ingest/journal_chunk.h"

namespace abm {

class CardHistory {
public:
    /// Writes the history facts of a session that starts at `start`, then remembers it. Sessions come in the order of the
    /// journal.
    void link(const JournalChunk& chunk, SessionDraft& session, Time start);

    /// See linker_state.h.
    template <class Archive>
    void serialize(Archive& archive) {
        archive(visits_, chip_issuers_, next_sweep_);
    }

private:
    struct Visit {
        Time start;
        Money balance_before = kNoAmount;  ///< before this visit's first withdrawal
        float cash = 0;
        std::uint16_t dispenses = 0, attempts = 0;
        bool failed = false, fallback_cash = false;
        template <class Archive>
        void serialize(Archive& archive) {
            archive(start, balance_before, cash, dispenses, attempts, failed, fallback_cash);
        }
    };

    void forget_before(Time oldest);

    std::unordered_map<std::uint64_t, std::vector<Visit>> visits_;
    std::unordered_set<std::int32_t> chip_issuers_;
    Time next_sweep_ = kUnknownTime;
};

}  // namespace abm
