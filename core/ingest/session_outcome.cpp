#include "core/ingest/session_outcome.h"

#include <cmath>

namespace abm {

Activity activity_of(const JournalChunk& chunk, const SessionDraft& session) {
    const Facts& facts = session.facts;
    if (facts[Fact::withdrawals] > 0 || facts[Fact::presented_notes] > 0) return Activity::withdrawal;
    if (facts[Fact::cheque_deposits] > 0) return Activity::cheque_deposit;
    if (facts[Fact::deposits] > 0 || facts[Fact::escrow_notes] > 0) return Activity::deposit;
    for (std::uint32_t i = 0; i < session.receipts.count; ++i) {
        const Receipt& receipt = chunk.receipts[session.receipts.first + i];
        if (receipt.balance_inquiry) return Activity::balance;
        if (receipt.payment != kNoAmount) return Activity::payment;
        if (receipt.cheque != kNoAmount) return Activity::cheque_deposit;
    }
    return facts[Fact::receipts] > 0 ? Activity::other : Activity::none;
}

RecordType outcome_of(const SessionDraft& session) {
    const Facts& facts = session.facts;
    const bool moved = facts[Fact::presented_notes] > 0 || facts[Fact::validated_amount] > 0;
    const bool done = facts[Fact::authorised] > 0 || facts[Fact::withdrawals] > 0 || facts[Fact::deposits] > 0 || moved;
    if (facts[Fact::declined] > 0 && !done) return RecordType::host_declined;
    if (facts[Fact::cancelled] > 0 && !done) return RecordType::customer_cancelled;
    if (facts[Fact::receipts] == 0 && facts[Fact::presented_notes] == 0 && facts[Fact::validated_amount] == 0) {
        return RecordType::customer_cancelled;
    }
    return RecordType::normal;
}

Money amount_of(const SessionDraft& session) {
    const Facts& facts = session.facts;
    for (const Fact fact :
         {Fact::receipt_amount, Fact::deposited_amount, Fact::presented_amount, Fact::validated_amount, Fact::escrow_amount}) {
        if (facts[fact] > 0) return static_cast<Money>(std::llround(facts[fact] * 100));
    }
    return kNoAmount;
}

}  // namespace abm
