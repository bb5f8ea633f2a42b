// Joins what the chunks of one source say into a history: dates, counters, cards, serials, service. Sequential and cheap; what
// is expensive was done per chunk before (journal_chunk.h) or is done after (rules, features).
#pragma once

#include <tsl/robin_set.h>

#include <optional>
#include <vector>

#include "core/data/cash_movement.h"
#include "core/data/record.h"
#include "core/ingest/card_history.h"
#include "core/ingest/cash_books.h"
#include "core/ingest/journal_chunk.h"
#include "core/ingest/machine_clock.h"
#include "core/ingest/scope.h"

namespace abm {

/// A scope for the rules. Its facts stay where they were made: in the draft of a session, or in LinkedChunk::facts.
struct LinkedScope {
    std::int32_t record = 0;  ///< index within the source; may lie before the chunk (a gap that shows only later)
    ScopeKind kind = ScopeKind::session;
    TextSpan span;
    PoolRange events;           ///< of the chunk; empty for scopes that lie before it
    std::int32_t session = -1;  ///< index into chunk.sessions
    std::int32_t facts = -1;    ///< index into LinkedChunk::facts; -1: those of the session
};

struct LinkedChunk {
    std::vector<Record> records;
    std::vector<LinkedScope> scopes;
    std::vector<Facts> facts;
    std::vector<CashMovement> movements;
    /// Fingerprints of its sessions, and of its intervals in which something happened, that count here: not of copies.
    std::vector<std::uint64_t> prints;
    std::int64_t repeated_sessions = 0;  ///< the same bytes were read before: counted once in the ledger
};

/// Median of the last few values of a series.
class RecentMedian {
public:
    explicit RecentMedian(std::size_t remembered) : remembered_(remembered) {}
    void add(double value);
    bool empty() const { return sorted_.empty(); }
    /// REQUIRES: not empty.
    double median() const { return sorted_[sorted_.size() / 2]; }

    /// See linker_state.h.
    template <class Archive>
    void serialize(Archive& archive) {
        archive(next_, values_, sorted_);
    }

private:
    std::size_t remembered_, next_ = 0;
    std::vector<double> values_;  ///< in the order they came, then overwritten in turn
    std::vector<double> sorted_;
};

/// Fingerprints of all sessions and intervals read so far, over all sources.
using SessionIdentities = tsl::robin_set<std::uint64_t>;

/// The acceptor is out of service, and nothing shows yet that it works again.
struct AcceptorOutage {
    std::int32_t record = 0;
    std::int64_t offset = 0;
    Time since = kUnknownTime;
    int refused = 0;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(record, offset, since, refused);
    }
};

class SourceLinker {
public:
    SourceLinker(SourceIndex source, MachineIndex machine, SessionIdentities& identities)
        : source_(source), machine_(machine), identities_(identities) {}

    /// Chunks must come in the order of the source.
    LinkedChunk link(JournalChunk& chunk);
    /// What only the end of the source shows. `chunk` gives nothing more; records may already be published.
    LinkedChunk finish(std::int64_t source_end);

    /// Everything but the place of the source and the identities. See linker_state.h.
    template <class Archive>
    void serialize(Archive& archive) {
        archive(clock_, books_, foreign_books_, was_foreign_, machine_name_, cards_, next_record_, sessions_);
        archive(last_interval_span_, last_interval_index_, last_interval_had_money_, last_interval_resets_,
                last_interval_entries_);
        archive(last_session_end_, latest_end_, last_serial_, exchanges_since_serial_, recent_gaps_s_, recent_skews_s_, outage_);
        archive(doubtful_record_, doubtful_span_, configuration_id_, checksums_, currency_);
    }

private:
    Record make_record(const JournalChunk& chunk, const RecordDraft& draft);
    void set_times(const JournalChunk& chunk, const RecordDraft& draft, Record& record);
    void follow_headers(const JournalChunk& chunk, const RecordDraft& draft);
    bool is_copy(std::uint64_t bytes_hash, const Record& record, LinkedChunk& out);
    bool lies_behind(const Record& record) const;
    void link_session(JournalChunk& chunk, const RecordDraft& draft, Record& record, LinkedChunk& out);
    void settle_doubtful_dispense(const JournalChunk& chunk, SessionDraft& session, const Record& record, LinkedChunk& out);
    void follow_machine(const SessionDraft& session);
    void follow_foreign_time();
    CashBooks& books() { return clock_.in_foreign_time() ? foreign_books_ : books_; }
    void link_interval(const JournalChunk& chunk, const RecordDraft& draft, Record& record, LinkedChunk& out);
    void check_serials(const SessionDraft& session, const Record& record, LinkedChunk& out);
    void check_service(const Record& record, Facts& facts, LinkedChunk& out);
    void follow_acceptor(const SessionDraft& session, const Record& record, LinkedChunk& out);
    void begin_outage(std::int64_t offset, Time since);
    void end_outage(std::int64_t offset, Time until, LinkedChunk& out);
    void follow_skew(Facts& facts);
    void clock_scopes(LinkedChunk& out);
    static void add_scope(LinkedChunk& out, LinkedScope scope, const Facts& facts);
    CashContext context(const Record& record) const;
    double usual_gap_s() const;

    friend class IntervalLinker;

    SourceIndex source_;
    MachineIndex machine_;
    SessionIdentities& identities_;
    MachineClock clock_;
    CashBooks books_;
    CashBooks foreign_books_;  ///< of the stretch between a jump of the clock and its return
    bool was_foreign_ = false;
    std::string machine_name_;  ///< on the last receipt that had one
    CardHistory cards_;
    std::int32_t next_record_ = 0;
    std::int32_t sessions_ = 0;

    TextSpan last_interval_span_;            ///< not trivial or not: the one before the current session
    std::int32_t last_interval_index_ = -1;  ///< -1: there is none
    bool last_interval_had_money_ = false;   ///< notes were found by a recovery in it
    int last_interval_resets_ = 0, last_interval_entries_ = 0;
    Time last_session_end_ = kUnknownTime;
    Time latest_end_ = kUnknownTime;  ///< of all sessions
    std::int32_t last_serial_ = -1;
    std::int32_t exchanges_since_serial_ = 0;
    RecentMedian recent_gaps_s_{64}, recent_skews_s_{15};
    std::optional<AcceptorOutage> outage_;
    std::int32_t doubtful_record_ = -1;  ///< a dispense went wrong in it, and no counters were printed since
    TextSpan doubtful_span_;
    std::int32_t configuration_id_ = -1;
    std::uint64_t checksums_ = 0;
    std::array<char, 4> currency_{};
};

}  // namespace abm
