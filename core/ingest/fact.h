// The facts the ledger, the sessionizer and the history of a machine establish about a scope, by name, for rules and features.
// A fact is a double; NaN means "not known". Amounts are in currency units, times in seconds, flags 0 or 1.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace abm {

// clang-format off
#define ABM_FACTS(X)                                                                                                   \
    /* course of the session */                                                                                        \
    X(has_end) X(cardless) X(exchanges) X(receipts) X(chip_attempts) X(chip_read) X(pin_entered)                       \
    X(chip_fallback)            /* three failed chip initialisations and no chip answer */                             \
    X(issuer_shows_chip)        /* other cards of this issuer were read by chip on this machine */                     \
    X(chip_lost)                /* chip failed after it had answered */                                                \
    X(authorised)               /* receipts with an authorisation number */                                            \
    X(declined)                 /* declines and refusals of the host */                                                \
    X(approved_by_chip)         /* GENAC 2 : TC seen */                                                                \
    X(cancelled) X(timed_out) X(missing_steps)                                                                         \
    X(reset_inside)             /* power lost or restart before END */                                                 \
    /* durations */                                                                                                    \
    X(duration_s) X(card_to_pin_s) X(pin_to_host_s) X(host_to_present_s) X(present_to_taken_s) X(longest_gap_s)        \
    /* withdrawal */                                                                                                   \
    X(withdrawals)              /* receipts of withdrawals */                                                          \
    X(withdrawal_attempts)      /* withdrawals, refused or not */                                                      \
    X(receipt_amount) X(presented_amount) X(presented_notes) X(counted_amount) /* by the DISPENSED counters */         \
    X(short_presented_amount)   /* receipt minus presented; negative: over presentation */                             \
    X(counter_gap_amount)       /* counters minus presented within the session */                                      \
    X(unexplained_amount)       /* counters moved since the last block without a dispense */                           \
    X(not_taken_amount)         /* presented, never confirmed taken */                                                 \
    X(retracted_amount) X(unknown_dispensed_amount) X(stacked_not_presented)                                           \
    X(dispense_refused)         /* UNABLE TO DISPENSE */                                                               \
    X(rejected_notes)           /* rise of the REJECTED counters */                                                    \
    X(rejected_fell) X(books_broken_notes) /* DISPENSED + REMAINING not conserved */                                   \
    X(dispenser_status) X(presented_unauthorised_amount)                                                               \
    /* deposit */                                                                                                      \
    X(deposits) X(deposited_amount) X(validated_amount) X(escrow_amount) X(escrow_notes)                               \
    X(escrow_left_amount)       /* neither validated nor returned at the end */                                        \
    X(escrow_left_notes) X(returned_notes) X(refunds)                                                                  \
    X(deposit_mismatch_amount)  /* validated minus credited */                                                         \
    X(kept_without_credit_amount) X(recovered_notes) X(recovered_amount) X(recovery_short_notes)                       \
    X(recovery_short_amount) X(counterfeit_notes) X(suspect_notes) X(items_inserted) X(items_refused) X(note_errors)   \
    X(acceptor_errors) X(acceptor_error_before_notes) X(acceptor_status) X(retract_to_bin)                             \
    /* cheque */                                                                                                       \
    X(cheque_deposits) X(cheque_capture_failed) X(cheque_amount_unread) X(cheque_signature_missing)                    \
    /* card and reader */                                                                                              \
    X(reader_status) X(reader_stuck) X(card_unread) X(card_captured)                                                   \
    /* history of this card and machine */                                                                             \
    X(card_sessions_10min) X(card_dispenses_10min) X(card_failures_10min) X(card_attempts_10min) X(card_cash_10min)    \
    X(card_cash_1h) X(card_cash_24h) X(fallback_cash_before) /* same card cashed out by fallback in the last 10 min */ \
    X(drained)                  /* balance after the withdrawals at most 5 % of the one before the first */            \
    X(since_previous_s) X(clock_skew_s) X(clock_skew_unusual_s) X(hour_of_day) X(supervisor_lines)                     \
    /* intervals and their segments */                                                                                 \
    X(gap_s) X(gap_daytime_s) X(gap_ratio) /* length over the usual gap of this machine */                             \
    X(supervisor_entries) X(supervisor_unclosed) X(power_resets) X(recoveries_failed) X(money_found)                   \
    X(books_notes)              /* notes on the books before a clearing */                                             \
    X(cleared_remaining_notes)  /* notes the cleared counters say are there */                                         \
    X(cleared_differs) X(cash_added_notes) X(cash_added_here) X(currency_changed) X(denomination_changed)              \
    X(configuration_id_changed) X(checksum_changed) X(clock_jump_s) X(missing_serials) X(missing_headers)              \
    X(duplicate_headers) X(identical_copy) X(acceptor_books_notes) X(in_clock_jump) X(cheque_unidentified)             \
    X(unanswered_errors)
// clang-format on

enum class Fact : std::uint8_t {
#define ABM_X(name) name,
    ABM_FACTS(ABM_X)
#undef ABM_X
        count
};
inline constexpr int kFactCount = static_cast<int>(Fact::count);

std::string_view name_of(Fact fact);
std::optional<Fact> fact_from_name(std::string_view name);

/// All facts about one scope. Starts as zeros; set NaN where a fact cannot be known.
class Facts {
public:
    static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    double& operator[](Fact fact) { return values_[static_cast<std::size_t>(fact)]; }
    double operator[](Fact fact) const { return values_[static_cast<std::size_t>(fact)]; }

private:
    std::array<double, kFactCount> values_{};
};

}  // namespace abm
