#include "core/ingest/session_reader.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>

#include "core/ingest/acceptor_reader.h"
#include "core/ingest/block_copies.h"
#include "core/ingest/course_reader.h"
#include "core/ingest/dispenser_reader.h"
#include "core/ingest/receipt_reader.h"

namespace abm {
namespace {

using K = EventKind;

std::span<const Receipt> receipts_of(const JournalChunk& chunk, const SessionDraft& session) {
    return std::span(chunk.receipts).subspan(session.receipts.first, session.receipts.count);
}

struct Credits {
    Money cash = 0;
    int cash_receipts = 0, printed = 0;
    int authorised_deposits = 0;  ///< authorised receipts that may be the deposit's
    int declined_deposits = 0;    ///< declines of an exchange in which, or after which, notes had gone in
};

// Where the acceptor first counted notes; behind everything when it never did.
std::int64_t first_tally_offset(const JournalChunk& chunk, const SessionDraft& session) {
    std::int64_t first = INT64_MAX;
    for (std::uint32_t i = 0; i < session.tallies.count; ++i)
        first = std::min(first, chunk.tallies[session.tallies.first + i].offset);
    return first;
}

Credits add_receipts(const JournalChunk& chunk, SessionDraft& session) {
    Facts& facts = session.facts;
    Credits credits;
    Money withdrawn = 0;
    int authorised = 0, declined = 0;
    const std::int64_t notes_counted = first_tally_offset(chunk, session);
    for (const Receipt& receipt : receipts_of(chunk, session)) {
        ++credits.printed;
        if (receipt.serial > 0) {
            if (session.first_serial < 0) session.first_serial = receipt.serial;
            session.last_serial = receipt.serial;
            session.exchanges_after_last_serial = 0;
        }
        if (receipt.decline != K::blank) {
            ++declined;
            credits.declined_deposits += receipt.end > notes_counted;
            continue;
        }
        authorised += receipt.authorised;
        const bool other = receipt.withdrawal != kNoAmount || receipt.balance_inquiry || receipt.payment != kNoAmount ||
                           receipt.cheque != kNoAmount;
        credits.authorised_deposits += receipt.authorised && !other;
        if (receipt.withdrawal != kNoAmount) {
            withdrawn += receipt.withdrawal;
            facts[Fact::withdrawals] += 1;
        }
        if (receipt.has_bills && receipt.deposit != kNoAmount) {
            credits.cash += receipt.deposit;
            ++credits.cash_receipts;
        }
    }
    facts[Fact::receipts] = credits.printed;
    facts[Fact::authorised] = authorised;
    facts[Fact::declined] = declined;
    facts[Fact::receipt_amount] = units(withdrawn);
    facts[Fact::deposits] = credits.cash_receipts;
    facts[Fact::deposited_amount] = units(credits.cash);
    return credits;
}

// Bills on the receipt that do not add up to the credited value.
Money receipt_disagreement(const JournalChunk& chunk, const SessionDraft& session, Money credited) {
    Money bills = 0;
    for (std::uint32_t i = 0; i < session.tallies.count; ++i) {
        const NoteTally& tally = chunk.tallies[session.tallies.first + i];
        if (tally.kind == NoteTally::Kind::receipt) bills += tally.amount;
    }
    return bills == 0 ? 0 : bills - credited;
}

void compare_deposit(const JournalChunk& chunk, SessionDraft& session, const Credits& credits) {
    Facts& facts = session.facts;
    const Money validated = static_cast<Money>(std::llround(facts[Fact::validated_amount] * 100));
    if (credits.cash_receipts > 0) {
        // Nothing validated although the acceptor counted: the notes went back and were credited all the same.
        const bool counted = facts[Fact::escrow_notes] > 0 || facts[Fact::returned_notes] > 0;
        Money difference = validated > 0 || counted ? validated - credits.cash : 0;
        if (difference == 0) difference = receipt_disagreement(chunk, session, credits.cash);
        facts[Fact::deposit_mismatch_amount] = units(difference);
        return;
    }
    if (validated <= 0) return;
    const bool refused = credits.declined_deposits > 0 || !session.deposit_approved;
    const bool unfinished = facts[Fact::has_end] == 0;
    if (credits.authorised_deposits == 0 && (refused || unfinished)) facts[Fact::kept_without_credit_amount] = units(validated);
}

void count_attempts(const JournalChunk& chunk, SessionDraft& session) {
    Facts& facts = session.facts;
    const bool deposit =
        facts[Fact::items_inserted] > 0 || facts[Fact::escrow_notes] > 0 || facts[Fact::acceptor_error_before_notes] > 0;
    double refused = 0;
    for (const Receipt& receipt : receipts_of(chunk, session)) {
        const bool other = receipt.balance_inquiry || receipt.payment != kNoAmount || receipt.cheque != kNoAmount;
        if (receipt.decline != K::blank && !other && !deposit && facts[Fact::cheque_deposits] == 0) refused += 1;
    }
    facts[Fact::withdrawal_attempts] = facts[Fact::withdrawals] + refused;
}

double clock_skew(const JournalChunk& chunk, const SessionDraft& session) {
    for (const Receipt& receipt : receipts_of(chunk, session)) {
        if (receipt.host_second < 0 || receipt.terminal_second < 0) continue;
        std::int32_t skew = receipt.host_second - receipt.terminal_second;
        if (skew > kDaySeconds / 2) skew -= kDaySeconds;
        if (skew < -kDaySeconds / 2) skew += kDaySeconds;
        return skew;
    }
    return Facts::kUnknown;
}

}  // namespace

void read_session(JournalChunk& chunk, const RecordDraft& record) {
    SessionDraft& session = chunk.sessions.emplace_back();
    session.tallies.first = static_cast<std::uint32_t>(chunk.tallies.size());
    session.tables.first = static_cast<std::uint32_t>(chunk.tables.size());
    CourseReader course(chunk, session);
    DispenserReader dispenser(chunk, session);
    AcceptorReader acceptor(chunk, session);
    ReceiptReader receipts(chunk, session);
    BlockCopies copies(chunk);
    // Indices, not iterators: the readers append to the pools of the chunk, never to its events.
    for (std::uint32_t i = record.events.first; i < record.events.first + record.events.count; ++i) {
        const Event event = chunk.lexed.events[i];
        if (copies.repeats(i) || event.kind == K::blank || event.kind == K::header) continue;
        course.see(event);
        dispenser.see(event);
        acceptor.see(event);
        receipts.see(event);
    }
    receipts.finish();
    dispenser.finish();
    course.finish();
    acceptor.finish(session.facts[Fact::has_end] > 0);
    const Credits credits = add_receipts(chunk, session);
    compare_deposit(chunk, session, credits);
    count_attempts(chunk, session);
    session.facts[Fact::clock_skew_s] = clock_skew(chunk, session);
    session.card = session.masked_card.empty() ? 0 : XXH3_64bits(session.masked_card.data(), session.masked_card.size());
    const std::size_t at = static_cast<std::size_t>(record.span.offset - chunk.offset);
    session.identity = XXH3_64bits(chunk.text.data() + at, static_cast<std::size_t>(record.span.bytes));
}

}  // namespace abm
