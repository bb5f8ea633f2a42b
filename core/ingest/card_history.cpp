#include "core/ingest/card_history.h"

#include <algorithm>

namespace abm {
namespace {

using namespace std::chrono_literals;

constexpr auto kRecent = 10min;
constexpr auto kKept = 24h;
constexpr std::size_t kMostVisits = 1000;  // of one card that are looked at: a test card must not slow the reading down
constexpr double kDrainedShare = 0.05;     // of the balance before the first withdrawal

struct Balances {
    Money before = kNoAmount, after = kNoAmount;
};

// Balance before the first and after the last withdrawal of a session.
Balances balances_of(const JournalChunk& chunk, const SessionDraft& session) {
    Balances found;
    for (std::uint32_t i = 0; i < session.receipts.count; ++i) {
        const Receipt& receipt = chunk.receipts[session.receipts.first + i];
        if (receipt.withdrawal == kNoAmount || receipt.balance == kNoAmount || receipt.decline != EventKind::blank) continue;
        if (found.before == kNoAmount) found.before = receipt.balance + receipt.withdrawal;
        found.after = receipt.balance;
    }
    return found;
}

}  // namespace

void CardHistory::link(const JournalChunk& chunk, SessionDraft& session, Time start) {
    Facts& facts = session.facts;
    facts[Fact::issuer_shows_chip] = chip_issuers_.contains(session.issuer);
    if (facts[Fact::chip_read] > 0 && session.issuer >= 0) chip_issuers_.insert(session.issuer);
    if (session.card == 0 || !known(start)) return;
    forget_before(start - kKept);

    const double presented = facts[Fact::presented_amount] > 0 ? facts[Fact::presented_amount] : 0.0;
    const Balances balances = balances_of(chunk, session);
    Visit visit;
    visit.start = start;
    visit.balance_before = balances.before;
    visit.cash = static_cast<float>(presented);
    visit.dispenses = static_cast<std::uint16_t>(std::min(facts[Fact::withdrawals], 1000.0));
    visit.attempts = static_cast<std::uint16_t>(std::min(facts[Fact::withdrawal_attempts], 1000.0));
    visit.failed = facts[Fact::declined] > 0 || facts[Fact::dispense_refused] > 0;
    visit.fallback_cash = session.fallback && presented > 0;

    std::vector<Visit>& past = visits_[session.card];
    Money first_balance = balances.before;
    facts[Fact::card_sessions_10min] = 1;
    facts[Fact::card_dispenses_10min] = visit.dispenses;
    facts[Fact::card_failures_10min] = visit.failed;
    facts[Fact::card_attempts_10min] = visit.attempts;
    facts[Fact::card_cash_10min] = facts[Fact::card_cash_1h] = facts[Fact::card_cash_24h] = presented;
    for (auto before = past.rbegin(); before != past.rend(); ++before) {
        const auto ago = start - before->start;
        if (ago < 0s || ago > kKept) continue;
        facts[Fact::card_cash_24h] += static_cast<double>(before->cash);
        if (ago <= 1h) facts[Fact::card_cash_1h] += static_cast<double>(before->cash);
        if (ago > kRecent) continue;
        facts[Fact::card_sessions_10min] += 1;
        facts[Fact::card_dispenses_10min] += before->dispenses;
        facts[Fact::card_failures_10min] += before->failed;
        facts[Fact::card_attempts_10min] += before->attempts;
        facts[Fact::card_cash_10min] += static_cast<double>(before->cash);
        if (before->fallback_cash) facts[Fact::fallback_cash_before] = 1;
        if (before->balance_before != kNoAmount) first_balance = before->balance_before;
    }
    const bool comparable = balances.after != kNoAmount && first_balance != kNoAmount && first_balance > 0;
    facts[Fact::drained] = comparable && units(balances.after) <= kDrainedShare * units(first_balance);
    if (past.size() >= 2 * kMostVisits) past.erase(past.begin(), past.begin() + kMostVisits);
    past.push_back(visit);
}

void CardHistory::forget_before(Time oldest) {
    if (known(next_sweep_) && oldest < next_sweep_) return;
    next_sweep_ = oldest + 6h;
    for (auto entry = visits_.begin(); entry != visits_.end();) {
        std::erase_if(entry->second, [oldest](const Visit& visit) { return visit.start < oldest; });
        entry = entry->second.empty() ? visits_.erase(entry) : std::next(entry);
    }
}

}  // namespace abm
