// The cash ledger of one machine: the counters it printed last, what must have moved since, and what did not.
// Rules of the ledger: docs/journal-format.md, "The cash ledger".
#pragma once

#include <vector>

#include "core/data/cash_movement.h"
#include "core/ingest/journal_chunk.h"

namespace abm {

/// Which record a movement belongs to.
struct CashContext {
    SourceIndex source{};
    MachineIndex machine{};
    RecordIndex record{};
    Time time = kUnknownTime;
};

/// Cash counts an operator cleared or added: "TYPE 1 = 02000  TYPE 2 = 02000".
struct OperatorCounts {
    std::int64_t offset = 0;
    bool dispensed_known = false, remaining_known = false, rejected_known = false;
    CassetteCounts dispensed{}, remaining{}, rejected{};
};

class CashBooks {
public:
    /// Settles the session against the books, writes its cash facts and appends what moved.
    void settle(const JournalChunk& chunk, SessionDraft& session, const CashContext& context,
                std::vector<CashMovement>& movements);

    /// Somebody with a key was at the machine: counters may differ at the next block without a finding.
    void operator_was_here() { trusted_ = false; }
    /// Notes presented outside any session. Returns their value; 0 as long as denominations are unknown.
    Money presented_outside(const CassetteCounts& notes, std::int64_t offset, const CashContext& context,
                            std::vector<CashMovement>& movements);
    void counts_cleared(const OperatorCounts& counts, const CashContext& context, std::vector<CashMovement>& movements);
    void cash_added(const OperatorCounts& counts, const CashContext& context, std::vector<CashMovement>& movements);

    bool known() const { return known_; }
    const CassetteCounts& remaining() const { return remaining_; }
    const CassetteValues& denomination() const { return denomination_; }
    int cassettes() const { return cassettes_; }
    /// 0 as long as denominations are unknown.
    Money value_of(const CassetteCounts& notes) const;
    std::int32_t notes_on_books() const;
    std::int32_t acceptor_notes() const { return acceptor_stored_; }  ///< -1: never printed
    void acceptor_cleared() { acceptor_stored_ = 0; }

    /// See linker_state.h.
    template <class Archive>
    void serialize(Archive& archive) {
        archive(known_, trusted_, cassettes_, denomination_, dispensed_, rejected_, remaining_, pending_);
        archive(acceptor_stored_, acceptor_counterfeit_);
    }

private:
    struct Walk;
    void walk_steps(const JournalChunk& chunk, SessionDraft& session, Walk& walk);
    void present(const CashStep& step, bool declined, Walk& walk);
    void retract(const CashStep& step, Walk& walk) const;
    void compare_counters(const CashStep& block, Facts& facts, Walk& walk);
    void settle_dispenser(SessionDraft& session, Walk& walk) const;
    void settle_acceptor(const JournalChunk& chunk, SessionDraft& session, Walk& walk);
    void rebase(const CashStep& block);
    void learn_denominations(const JournalChunk& chunk, const SessionDraft& session);

    bool known_ = false;
    bool trusted_ = false;  ///< nobody had access since the last counters
    int cassettes_ = 0;
    CassetteValues denomination_{};
    CassetteCounts dispensed_{}, rejected_{}, remaining_{};
    CassetteCounts pending_{};  ///< presented since the last counters
    std::int32_t acceptor_stored_ = -1, acceptor_counterfeit_ = 0;
};

}  // namespace abm
