// Gives the segments of one interval their facts, with the books and the clock of the machine at hand.
#pragma once

#include "core/ingest/interval_scopes.h"
#include "core/ingest/linker.h"

namespace abm {

class IntervalLinker {
public:
    IntervalLinker(SourceLinker& source, const JournalChunk& chunk, const RecordDraft& draft, Record& record, LinkedChunk& out)
        : source_(source), chunk_(chunk), draft_(draft), record_(record), out_(out) {}

    void run();

private:
    std::span<const Event> events_of(const Segment& segment) const;
    TextSpan span_of(const Segment& segment) const;
    Time time_at(std::uint32_t event) const;
    bool foreign(const Segment& segment) const;
    void find_visits();
    bool supervised(std::uint32_t event) const;
    bool within_cut_session(std::uint32_t event) const;
    void link_presented(const Event& event);
    /// May say that the segment is of another kind than its lines looked like.
    void link(const Segment& segment, ScopeKind& kind, Facts& facts);
    void link_supervisor(const Segment& segment, Facts& facts) const;
    void link_reset(const Segment& segment, Facts& facts);
    void link_recovery(const Segment& segment, Facts& facts);
    void link_cheque(const Segment& segment, Facts& facts) const;
    void link_cleared(const Segment& segment, Facts& facts);
    void link_added(const Segment& segment, Facts& facts);
    void link_configuration(const Segment& segment, Facts& facts) const;
    void link_acceptor_counts(const Segment& segment, ScopeKind& kind, Facts& facts);
    void link_device(const Segment& segment, Facts& facts) const;
    double requested_amount(const Event& event) const;
    OperatorCounts read_type_counts(const Segment& segment) const;
    bool cash_added_after(const Segment& segment) const;

    SourceLinker& source_;
    const JournalChunk& chunk_;
    const RecordDraft& draft_;
    Record& record_;
    LinkedChunk& out_;
    std::vector<Segment> segments_;
    std::vector<Segment> visits_;        ///< the supervisor visits of segments_, in order; they do not overlap
    std::int64_t last_cash_added_ = -1;  ///< first event of the last segment in which cash was added
    Facts whole_;
};

}  // namespace abm
