#include "core/ingest/cash_books.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace abm {

/// One pass over the cash steps of a session.
struct CashBooks::Walk {
    CashContext context;
    std::vector<CashMovement>& movements;
    CassetteCounts presented{}, outstanding{};  ///< outstanding: presented and not confirmed taken
    Money retracted = 0, unknown = 0, counted = 0, gap_found = 0;
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
        made.cassette = static_cast<std::int8_t>(cassette);
        return made;
    }
};


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
    walk_steps(chunk, session, walk);
    settle_dispenser(session, walk);
    settle_acceptor(chunk, session, walk);
}

void CashBooks::walk_steps(const JournalChunk& chunk, SessionDraft& session, Walk& walk) {
    Facts& facts = session.facts;
    for (std::uint32_t s = 0; s < session.cash_steps.count; ++s) {
        const CashStep& step = chunk.cash_steps[session.cash_steps.first + s];
        switch (step.kind) {
            case CashStep::Kind::presented:
                for (std::size_t i = 0; i < step.notes.size(); ++i) {
                    walk.presented[i] += step.notes[i];
                    walk.outstanding[i] += step.notes[i];
                    pending_[i] += step.notes[i];
                    if (step.notes[i] == 0) continue;
                    walk.movements.push_back(walk.movement(CashEvent::withdrawal, step.offset, static_cast<int>(i), denomination_[i], step.notes[i]));
                }
                facts[Fact::presented_notes] += std::accumulate(step.notes.begin(), step.notes.end(), 0);
                walk.any_presented = true;
                break;
            case CashStep::Kind::taken: walk.outstanding = {}; break;
            case CashStep::Kind::retracted:
                walk.retracted += value_of(walk.outstanding);
                for (std::size_t i = 0; i < walk.outstanding.size(); ++i) {
                    if (walk.outstanding[i] == 0) continue;
                    auto made = walk.movement(CashEvent::retract, step.offset, static_cast<int>(i), denomination_[i], walk.outstanding[i]);
                    made.difference = Money{walk.outstanding[i]} * denomination_[i];
                    walk.movements.push_back(made);
                }
                walk.outstanding = {};
                break;
            case CashStep::Kind::unknown: walk.unknown += value_of(step.notes); break;
            case CashStep::Kind::counters: compare_counters(step, facts, walk); break;
        }
    }
}

void CashBooks::compare_counters(const CashStep& block, Facts& facts, Walk& walk) {
    const bool same_cassettes = known_ && trusted_;
    if (same_cassettes) {
        Money gap = 0;
        for (std::size_t i = 0; i < static_cast<std::size_t>(block.cassettes); ++i) {
            const std::int32_t moved = block.dispensed[i] - dispensed_[i];
            const std::int32_t surplus = moved - pending_[i];
            const std::int32_t rejected = block.rejected[i] - rejected_[i];
            gap += Money{surplus} * block.denomination[i];
            walk.counted += Money{moved} * block.denomination[i];
            facts[Fact::books_broken_notes] += std::abs((block.dispensed[i] + block.remaining[i]) - (dispensed_[i] + remaining_[i]));
            if (rejected > 0) facts[Fact::rejected_notes] += rejected;
            if (rejected < 0) facts[Fact::rejected_fell] += -rejected;
            if (rejected != 0) {
                walk.movements.push_back(walk.movement(CashEvent::purge, block.offset, static_cast<int>(i), block.denomination[i], rejected));
            }
            if (surplus != 0) {
                auto made = walk.movement(CashEvent::unexplained, block.offset, static_cast<int>(i), block.denomination[i], surplus);
                made.difference = Money{surplus} * block.denomination[i];
                walk.movements.push_back(made);
            }
        }
        walk.gap_found += gap;
    }
    // The movements of this session that wait for their counters get them now.
    for (auto made = walk.movements.rbegin(); made != walk.movements.rend() && made->record == walk.context.record; ++made) {
        if (made->cassette < 0 || made->counted != kNoCount) continue;
        const auto cassette = static_cast<std::size_t>(made->cassette);
        if (made->event != CashEvent::withdrawal && made->event != CashEvent::unexplained) continue;
        if (same_cassettes) made->expected = dispensed_[cassette] + pending_[cassette];
        made->counted = block.dispensed[cassette];
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

void CashBooks::settle_dispenser(SessionDraft& session, const Walk& walk) const {
    Facts& facts = session.facts;
    const bool valued = cassettes_ > 0;
    const Money presented = value_of(walk.presented);
    const Money receipts = static_cast<Money>(std::llround(facts[Fact::receipt_amount] * 100));
    facts[Fact::presented_amount] = valued ? units(presented) : Facts::kUnknown;
    facts[Fact::counted_amount] = walk.any_counted ? units(walk.counted) : Facts::kUnknown;
    facts[Fact::retracted_amount] = units(walk.retracted);
    facts[Fact::unknown_dispensed_amount] = units(walk.unknown);
    facts[Fact::not_taken_amount] = units(value_of(walk.outstanding));
    Money short_presented = 0;
    if (valued && receipts > 0) short_presented = receipts - presented;
    facts[Fact::short_presented_amount] = units(short_presented);
    const bool approved = facts[Fact::authorised] > 0 || facts[Fact::approved_by_chip] > 0;
    const bool refused = !approved || facts[Fact::declined] > 0;
    if (walk.any_presented && facts[Fact::withdrawals] == 0 && refused) facts[Fact::presented_unauthorised_amount] = units(presented);
    // More notes gone than presented: when this dispense failed or its receipt disagrees it is this dispense, else it happened before.
    if (walk.gap_found > 0 && short_presented == 0 && facts[Fact::dispense_refused] == 0) {
        facts[Fact::unexplained_amount] = units(walk.gap_found);
    } else {
        facts[Fact::counter_gap_amount] = units(walk.gap_found);
    }
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
    const Money wrong = static_cast<Money>(
        std::llround((facts[Fact::deposit_mismatch_amount] + facts[Fact::kept_without_credit_amount]) * 100));
    for (auto made = walk.movements.rbegin(); wrong != 0 && made != walk.movements.rend() && made->record == walk.context.record; ++made) {
        if (made->event != CashEvent::deposit) continue;
        made->difference = wrong;
        break;
    }
    if (facts[Fact::escrow_left_notes] > 0) {
        auto made = walk.movement(CashEvent::escrow_left, chunk.tallies[session.tallies.first].offset, -1, kNoAmount,
                                  static_cast<std::int32_t>(facts[Fact::escrow_left_notes]));
        made.difference = static_cast<Money>(std::llround(facts[Fact::escrow_left_amount] * 100));
        walk.movements.push_back(made);
    }
    for (std::uint32_t t = 0; t < session.tables.count; ++t) {
        const AcceptorTable& table = chunk.tables[session.tables.first + t];
        if (table.counterfeit > acceptor_counterfeit_) facts[Fact::counterfeit_notes] += table.counterfeit - acceptor_counterfeit_;
        if (table.counterfeit >= 0) acceptor_counterfeit_ = table.counterfeit;
        if (table.stored >= 0) acceptor_stored_ = table.stored;
    }
}

Money CashBooks::presented_outside(const CassetteCounts& notes, std::int64_t offset, const CashContext& context,
                                   std::vector<CashMovement>& movements) {
    const Walk walk{context, movements};
    for (std::size_t i = 0; i < notes.size(); ++i) {
        pending_[i] += notes[i];
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
        auto made = walk.movement(CashEvent::counts_cleared, counts.offset, i, denomination_[cassette], counts.remaining[cassette]);
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
        movements.push_back(walk.movement(CashEvent::cash_added, counts.offset, i, denomination_[cassette], counts.remaining[cassette]));
        remaining_[cassette] += counts.remaining[cassette];
    }
    trusted_ = false;
}

}  // namespace abm
