#include "core/ingest/cash_books.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <span>

namespace abm {

namespace {
constexpr double kStatusUnknown = 3, kStatusRetracted = 5;  // of the dispenser
}

/// One pass over the cash steps of a session.
struct CashBooks::Walk {
    CashContext context;
    std::vector<CashMovement>& movements;
    CassetteCounts presented{}, outstanding{};  ///< outstanding: presented and not confirmed taken
    CassetteCounts refused{};                   ///< presented in an exchange that the host declined
    Money retracted = 0, unknown = 0, counted = 0;
    Money gap_found = 0;           ///< counters minus presented
    Money swapped = 0;             ///< counted out of other cassettes than those presented from, with no gap in all
    std::size_t waiting = 0;       ///< movements from here on wait for counters
    std::int64_t last_offset = 0;  ///< of the last cash step
    bool any_presented = false, any_counted = false;

    CashMovement movement(CashEvent event, std::int64_t offset, int cassette, Money denomination, std::int32_t notes) const {
        CashMovement made;
        made.offset = offset;
        made.time = context.time;
        made.denomination = denomination;
        made.notes = notes;
        made.source = context.source;
        made.machine = context.machine;
        made.record = context.record;
        made.event = event;
        made.cassette = static_cast<std::int16_t>(cassette);
        return made;
    }

    /// Puts the amount that does not agree beside the last movement of this kind; makes one without notes where there is none.
    void mark_last(CashEvent event, Money difference, bool make) {
        for (auto made = movements.rbegin(); made != movements.rend() && made->record == context.record; ++made) {
            if (made->event != event) continue;
            made->difference = difference;
            return;
        }
        if (!make) return;
        movements.push_back(movement(event, last_offset, -1, kNoAmount, 0));
        movements.back().difference = difference;
    }
};

namespace {

// The host declined the exchange this line stands in. Of two receipts of one exchange a paid one prevails.
bool declined_at(const JournalChunk& chunk, const SessionDraft& session, std::int64_t offset) {
    const auto receipts = std::span(chunk.receipts).subspan(session.receipts.first, session.receipts.count);
    const auto behind = std::ranges::upper_bound(receipts, offset, {}, &Receipt::offset);
    if (behind == receipts.begin()) return false;
    const std::int64_t exchange = std::prev(behind)->offset;
    bool declined = false;
    for (auto receipt = behind; receipt != receipts.begin() && std::prev(receipt)->offset == exchange; --receipt) {
        const Receipt& printed = *std::prev(receipt);
        if (printed.decline == EventKind::blank) return false;
        declined = declined || offset < printed.end;
    }
    return declined;
}

}  // namespace

Money CashBooks::value_of(const CassetteCounts& notes) const {
    Money value = 0;
    for (std::size_t i = 0; i < notes.size(); ++i) value += Money{notes[i]} * denomination_[i];
    return value;
}

std::int32_t CashBooks::notes_on_books() const { return std::accumulate(remaining_.begin(), remaining_.end(), 0); }

// A session may print its counters after its notes; denominations are needed before.
void CashBooks::learn_denominations(const JournalChunk& chunk, const SessionDraft& session) {
    for (std::uint32_t i = 0; i < session.cash_steps.count; ++i) {
        const CashStep& step = chunk.cash_steps[session.cash_steps.first + i];
        if (step.kind != CashStep::Kind::counters) continue;
        denomination_ = step.denomination;
        cassettes_ = step.cassettes;
        return;
    }
}

void CashBooks::settle(const JournalChunk& chunk, SessionDraft& session, const CashContext& context,
                       std::vector<CashMovement>& movements) {
    learn_denominations(chunk, session);
    Walk walk{context, movements};
    walk.waiting = movements.size();
    walk.last_offset = session.receipts.count > 0 ? chunk.receipts[session.receipts.first].offset : 0;
    walk_steps(chunk, session, walk);
    settle_dispenser(session, walk);
    settle_acceptor(chunk, session, walk);
}

void CashBooks::walk_steps(const JournalChunk& chunk, SessionDraft& session, Walk& walk) {
    Facts& facts = session.facts;
    for (std::uint32_t s = 0; s < session.cash_steps.count; ++s) {
        const CashStep& step = chunk.cash_steps[session.cash_steps.first + s];
        walk.last_offset = step.offset;
        switch (step.kind) {
            case CashStep::Kind::presented:
                facts[Fact::presented_notes] += std::accumulate(step.notes.begin(), step.notes.end(), 0);
                present(step, declined_at(chunk, session, step.offset), walk);
                break;
            case CashStep::Kind::taken:
                walk.outstanding = {};
                break;
            case CashStep::Kind::retracted:
                retract(step, walk);
                break;
            case CashStep::Kind::unknown:
                walk.unknown += value_of(step.notes);
                break;
            case CashStep::Kind::counters:
                compare_counters(step, facts, walk);
                break;
        }
    }
}

void CashBooks::present(const CashStep& step, bool declined, Walk& walk) {
    walk.any_presented = true;
    for (std::size_t i = 0; i < step.notes.size(); ++i) {
        const std::int32_t notes = step.notes[i];
        if (notes == 0) continue;
        add_notes(walk.presented[i], notes);
        add_notes(walk.outstanding[i], notes);
        add_notes(pending_[i], notes);
        if (declined) add_notes(walk.refused[i], notes);
        walk.movements.push_back(walk.movement(CashEvent::withdrawal, step.offset, static_cast<int>(i), denomination_[i], notes));
    }
}

// How many were retracted the machine does not say: all that were outstanding.
void CashBooks::retract(const CashStep& step, Walk& walk) const {
    walk.retracted += value_of(walk.outstanding);
    for (std::size_t i = 0; i < walk.outstanding.size(); ++i) {
        if (walk.outstanding[i] == 0) continue;
        auto made = walk.movement(CashEvent::retract, step.offset, static_cast<int>(i), denomination_[i], walk.outstanding[i]);
        made.difference = Money{walk.outstanding[i]} * denomination_[i];
        walk.movements.push_back(made);
    }
    walk.outstanding = {};
}

void CashBooks::compare_counters(const CashStep& block, Facts& facts, Walk& walk) {
    const bool same_cassettes = known_ && trusted_;
    if (same_cassettes) {
        Money gap = 0, over = 0;
        for (std::size_t i = 0; i < static_cast<std::size_t>(block.cassettes); ++i) {
            const std::int32_t moved = block.dispensed[i] - dispensed_[i];
            const std::int32_t surplus = moved - pending_[i];
            const std::int32_t rejected = block.rejected[i] - rejected_[i];
            gap += Money{surplus} * block.denomination[i];
            over += std::max<Money>(0, Money{surplus} * block.denomination[i]);
            walk.counted += Money{moved} * block.denomination[i];
            facts[Fact::books_broken_notes] +=
                std::abs((block.dispensed[i] + block.remaining[i]) - (dispensed_[i] + remaining_[i]));
            if (rejected > 0) facts[Fact::rejected_notes] += rejected;
            if (rejected < 0) facts[Fact::rejected_fell] += -rejected;
            if (rejected != 0) {
                walk.movements.push_back(
                    walk.movement(CashEvent::purge, block.offset, static_cast<int>(i), block.denomination[i], rejected));
            }
            if (surplus != 0) {
                auto made =
                    walk.movement(CashEvent::unexplained, block.offset, static_cast<int>(i), block.denomination[i], surplus);
                made.difference = Money{surplus} * block.denomination[i];
                walk.movements.push_back(made);
            }
        }
        walk.gap_found += gap;
        if (gap == 0) walk.swapped += over;
    }
    // The movements of this session that wait for their counters get them now.
    for (; walk.waiting < walk.movements.size(); ++walk.waiting) {
        CashMovement& made = walk.movements[walk.waiting];
        if (made.cassette < 0 || (made.event != CashEvent::withdrawal && made.event != CashEvent::unexplained)) continue;
        const auto cassette = static_cast<std::size_t>(made.cassette);
        if (same_cassettes) made.expected = dispensed_[cassette] + pending_[cassette];
        made.counted = block.dispensed[cassette];
    }
    walk.any_counted = same_cassettes;
    rebase(block);
}

void CashBooks::rebase(const CashStep& block) {
    known_ = true;
    trusted_ = true;
    cassettes_ = block.cassettes;
    denomination_ = block.denomination;
    dispensed_ = block.dispensed;
    rejected_ = block.rejected;
    remaining_ = block.remaining;
    pending_ = {};
}

void CashBooks::settle_dispenser(SessionDraft& session, Walk& walk) const {
    Facts& facts = session.facts;
    const bool valued = cassettes_ > 0;
    const Money presented = value_of(walk.presented);
    const Money receipts = static_cast<Money>(std::llround(facts[Fact::receipt_amount] * 100));
    facts[Fact::presented_amount] = valued ? units(presented) : Facts::kUnknown;
    facts[Fact::counted_amount] = walk.any_counted ? units(walk.counted) : Facts::kUnknown;
    const Money not_taken = value_of(walk.outstanding);
    const Money refused = value_of(walk.refused);
    const bool any_outstanding = walk.outstanding != CassetteCounts{};
    const double status = facts[Fact::dispenser_status];
    facts[Fact::retracted_amount] = status == kStatusRetracted && walk.retracted == 0 ? Facts::kUnknown : units(walk.retracted);
    facts[Fact::unknown_dispensed_amount] = status == kStatusUnknown && walk.unknown == 0 ? Facts::kUnknown : units(walk.unknown);
    facts[Fact::not_taken_amount] = any_outstanding && not_taken == 0 ? Facts::kUnknown : units(not_taken);
    Money short_presented = 0;
    if (valued && receipts > 0) short_presented = receipts - (presented - refused);
    facts[Fact::short_presented_amount] = units(short_presented);
    const bool approved = facts[Fact::authorised] > 0 || facts[Fact::approved_by_chip] > 0;
    const bool unauthorised = walk.any_presented && facts[Fact::withdrawals] == 0 && !approved;
    const bool any_refused = walk.refused != CassetteCounts{};
    if (unauthorised || any_refused) {
        facts[Fact::presented_unauthorised_amount] = valued ? units(unauthorised ? presented : refused) : Facts::kUnknown;
    }
    if (short_presented != 0) walk.mark_last(CashEvent::withdrawal, -short_presented, session.facts[Fact::receipts] > 0);
    if (not_taken != 0) walk.mark_last(CashEvent::withdrawal, not_taken, false);
    if (walk.unknown != 0) walk.mark_last(CashEvent::unknown_dispense, walk.unknown, true);
    // More notes gone than presented: what this dispense failed to give explains it; the rest happened before.
    Money before = 0;
    if (short_presented >= 0 && walk.gap_found > short_presented && facts[Fact::dispense_refused] == 0)
        before = walk.gap_found - short_presented;
    facts[Fact::unexplained_amount] = units(before);
    facts[Fact::counter_gap_amount] = units(walk.gap_found != 0 ? walk.gap_found - before : walk.swapped);
}

void CashBooks::settle_acceptor(const JournalChunk& chunk, SessionDraft& session, Walk& walk) {
    Facts& facts = session.facts;
    for (std::uint32_t t = 0; t < session.tallies.count; ++t) {
        const NoteTally& tally = chunk.tallies[session.tallies.first + t];
        CashEvent event = CashEvent::deposit;
        if (tally.kind == NoteTally::Kind::returned) event = CashEvent::refund;
        if (tally.kind == NoteTally::Kind::recovered) event = CashEvent::recovery;
        if (tally.kind == NoteTally::Kind::escrow || tally.kind == NoteTally::Kind::receipt) continue;
        if (tally.list.count == 0) walk.movements.push_back(walk.movement(event, tally.offset, -1, kNoAmount, tally.notes));
        for (std::uint32_t i = 0; i < tally.list.count; ++i) {
            const NoteCount& note = chunk.notes[tally.list.first + i];
            walk.movements.push_back(walk.movement(event, tally.offset, -1, note.denomination, note.notes));
        }
    }
    const Money wrong =
        static_cast<Money>(std::llround((facts[Fact::deposit_mismatch_amount] + facts[Fact::kept_without_credit_amount]) * 100));
    if (wrong != 0) walk.mark_last(CashEvent::deposit, wrong, true);
    if (facts[Fact::escrow_left_notes] > 0) {
        auto made = walk.movement(CashEvent::escrow_left, chunk.tallies[session.tallies.first].offset, -1, kNoAmount,
                                  static_cast<std::int32_t>(facts[Fact::escrow_left_notes]));
        made.difference = static_cast<Money>(std::llround(facts[Fact::escrow_left_amount] * 100));
        walk.movements.push_back(made);
    }
    for (std::uint32_t t = 0; t < session.tables.count; ++t) {
        const AcceptorTable& table = chunk.tables[session.tables.first + t];
        if (table.counterfeit > acceptor_counterfeit_)
            facts[Fact::counterfeit_notes] += table.counterfeit - acceptor_counterfeit_;
        if (table.counterfeit >= 0) acceptor_counterfeit_ = table.counterfeit;
        if (table.stored >= 0) acceptor_stored_ = table.stored;
    }
}

Money CashBooks::presented_outside(const CassetteCounts& notes, std::int64_t offset, const CashContext& context,
                                   std::vector<CashMovement>& movements) {
    const Walk walk{context, movements};
    for (std::size_t i = 0; i < notes.size(); ++i) {
        add_notes(pending_[i], notes[i]);
        if (notes[i] == 0) continue;
        auto made = walk.movement(CashEvent::unexplained, offset, static_cast<int>(i), denomination_[i], notes[i]);
        made.difference = Money{notes[i]} * denomination_[i];
        movements.push_back(made);
    }
    return value_of(notes);
}

void CashBooks::counts_cleared(const OperatorCounts& counts, const CashContext& context, std::vector<CashMovement>& movements) {
    Walk walk{context, movements};
    for (int i = 0; i < std::max(cassettes_, 4); ++i) {
        const auto cassette = static_cast<std::size_t>(i);
        auto made =
            walk.movement(CashEvent::counts_cleared, counts.offset, i, denomination_[cassette], counts.remaining[cassette]);
        if (known_) made.expected = remaining_[cassette];
        made.counted = counts.remaining[cassette];
        movements.push_back(made);
    }
    if (counts.dispensed_known) dispensed_ = counts.dispensed;
    if (counts.remaining_known) remaining_ = counts.remaining;
    if (counts.rejected_known) rejected_ = counts.rejected;
    pending_ = {};
    trusted_ = false;
}

void CashBooks::cash_added(const OperatorCounts& counts, const CashContext& context, std::vector<CashMovement>& movements) {
    Walk walk{context, movements};
    for (int i = 0; i < kMostCassettes; ++i) {
        const auto cassette = static_cast<std::size_t>(i);
        if (counts.remaining[cassette] == 0) continue;
        movements.push_back(
            walk.movement(CashEvent::cash_added, counts.offset, i, denomination_[cassette], counts.remaining[cassette]));
        add_notes(remaining_[cassette], counts.remaining[cassette]);
    }
    trusted_ = false;
}

}  // namespace abm
