// Sessions: withdrawals, deposits, cheques, cards, repetition, host.
#include "tests/core/default_rule_situations.h"

namespace abm::test {

using enum Severity;
using F = Fact;
using E = EventKind;
using K = ScopeKind;

std::vector<Situation> session_situations() {
    std::vector<Situation> list;
    // Withdrawals.
    list.push_back({"ordinary withdrawal",
                    K::session,
                    {{F::presented_amount, 300}, {F::receipt_amount, 300}, {F::authorised, 1}},
                    {E::notes_presented, E::notes_taken},
                    {}});
    list.push_back({"ordinary decline", K::session, {{F::declined, 1}, {F::card_failures_10min, 1}}, {E::declined_funds}, {}});
    list.push_back({"everything returned",
                    K::session,
                    {{F::escrow_notes, 9}, {F::returned_notes, 9}, {F::refunds, 1}, {F::items_refused, 1}},
                    {E::items_taken},
                    {}});
    list.push_back(
        {"unknown dispensed",
         K::session,
         {{F::dispenser_status, 3}, {F::unknown_dispensed_amount, 400}, {F::dispense_refused, 1}, {F::stacked_not_presented, 1}},
         {E::unable_to_dispense},
         {{"dispense-outcome-unknown", critical, 40000}}});
    list.push_back({"retracted",
                    K::session,
                    {{F::dispenser_status, 5}, {F::retracted_amount, 300}, {F::presented_amount, 300}},
                    {E::notes_presented},
                    {{"presented-notes-retracted", critical, 30000}}});
    list.push_back({"retracted, worth unknown",
                    K::session,
                    {{F::dispenser_status, 5}, {F::retracted_amount, Facts::kUnknown}},
                    {},
                    {{"presented-notes-retracted", critical, kNoAmount}}});
    list.push_back({"not taken, worth unknown",
                    K::session,
                    {{F::not_taken_amount, Facts::kUnknown}},
                    {},
                    {{"presented-notes-not-taken", critical, kNoAmount}}});
    list.push_back({"unauthorised, worth unknown",
                    K::session,
                    {{F::presented_unauthorised_amount, Facts::kUnknown}},
                    {},
                    {{"presented-without-authorisation", critical, kNoAmount}}});
    list.push_back({"not taken",
                    K::session,
                    {{F::not_taken_amount, 120}},
                    {E::notes_presented},
                    {{"presented-notes-not-taken", critical, 12000}}});
    list.push_back({"stacked and no end",
                    K::session,
                    {{F::has_end, 0}, {F::stacked_not_presented, 1}},
                    {E::notes_stacked},
                    {{"stacked-notes-lost-in-reset", critical}}});
    list.push_back({"stacked, reset, and an end",
                    K::session,
                    {{F::reset_inside, 1}, {F::stacked_not_presented, 1}},
                    {E::notes_stacked},
                    {{"stacked-notes-lost-in-reset", critical}}});
    list.push_back({"stacked and given up",
                    K::session,
                    {{F::stacked_not_presented, 1}},
                    {E::notes_stacked},
                    {{"dispense-not-completed", high}}});
    list.push_back({"dispenser status 2", K::session, {{F::dispenser_status, 2}}, {}, {{"dispense-not-completed", high}}});
    list.push_back({"dispenser status 4", K::session, {{F::dispenser_status, 4}}, {}, {{"dispense-not-completed", high}}});
    list.push_back({"unexplained",
                    K::session,
                    {{F::unexplained_amount, 4000}},
                    {E::counter_dispensed},
                    {{"notes-out-without-transaction", critical, 400000}}});
    list.push_back({"notes came into the counters", K::session, {{F::unexplained_amount, -40}}, {}, {}});
    list.push_back({"unauthorised",
                    K::session,
                    {{F::presented_unauthorised_amount, 50}},
                    {},
                    {{"presented-without-authorisation", critical, 5000}}});
    list.push_back({"short", K::session, {{F::short_presented_amount, 100}}, {}, {{"short-presentation", high, 10000}}});
    list.push_back({"over", K::session, {{F::short_presented_amount, -100}}, {}, {{"over-presentation", high, 10000}}});
    list.push_back({"short unknown",
                    K::session,
                    {{F::short_presented_amount, Facts::kUnknown}, {F::counter_gap_amount, Facts::kUnknown}},
                    {},
                    {}});
    list.push_back(
        {"counters differ", K::session, {{F::counter_gap_amount, -20}}, {}, {{"counters-differ-from-presented", high, 2000}}});
    list.push_back({"books broken", K::session, {{F::books_broken_notes, -3}}, {}, {{"counters-not-conserved", high}}});
    list.push_back({"rejected fell", K::session, {{F::rejected_fell, 1}}, {}, {{"counters-not-conserved", high}}});
    list.push_back({"unable to dispense",
                    K::session,
                    {{F::dispense_refused, 1}, {F::dispenser_status, 4}, {F::rejected_notes, 5}},
                    {E::unable_to_dispense},
                    {{"unable-to-dispense", high}}});
    list.push_back({"unable, status unknown",
                    K::session,
                    {{F::dispense_refused, 1}, {F::dispenser_status, Facts::kUnknown}},
                    {},
                    {{"unable-to-dispense", high}}});
    // Deposits.
    list.push_back({"reset in mid-deposit, recovered short",
                    K::session,
                    {{F::has_end, 0},
                     {F::reset_inside, 1},
                     {F::escrow_left_amount, 1000},
                     {F::escrow_left_notes, 12},
                     {F::recovery_short_notes, 7},
                     {F::recovery_short_amount, 500}},
                    {E::escrow_count},
                    {{"escrow-lost-in-reset", critical, 100000}, {"recovered-short", critical, 50000}}});
    list.push_back({"escrow left in notes only",
                    K::session,
                    {{F::escrow_left_notes, 2}, {F::escrow_left_amount, Facts::kUnknown}},
                    {},
                    {{"escrow-left", critical, kNoAmount}}});
    list.push_back({"kept without credit",
                    K::session,
                    {{F::kept_without_credit_amount, 120}},
                    {E::host_no_response},
                    {{"kept-without-credit", critical, 12000}, {"host-unavailable", low}}});
    list.push_back({"deposit differs",
                    K::session,
                    {{F::deposit_mismatch_amount, -100}},
                    {},
                    {{"deposit-differs-from-credit", critical, 10000}}});
    list.push_back({"retract to bin", K::session, {{F::retract_to_bin, 1}}, {}, {{"deposit-retracted", critical}}});
    list.push_back({"acceptor status 5", K::session, {{F::acceptor_status, 5}}, {}, {{"nothing-in-escrow", medium}}});
    list.push_back({"acceptor status 7", K::session, {{F::acceptor_status, 7}}, {}, {{"deposit-retracted", critical}}});
    list.push_back({"counterfeit", K::session, {{F::counterfeit_notes, 2}}, {}, {{"counterfeit-notes", medium}}});
    list.push_back({"suspect", K::session, {{F::suspect_notes, 1}}, {}, {{"counterfeit-notes", medium}}});
    list.push_back({"acceptor down before notes",
                    K::session,
                    {{F::acceptor_errors, 1}, {F::acceptor_error_before_notes, 1}},
                    {},
                    {{"acceptor-unavailable", medium}}});
    list.push_back({"acceptor error, all back",
                    K::session,
                    {{F::acceptor_errors, 1}, {F::items_inserted, 1}, {F::escrow_notes, 8}, {F::returned_notes, 8}},
                    {},
                    {{"acceptor-error-in-deposit", medium}}});
    list.push_back({"acceptor error, not all back",
                    K::session,
                    {{F::acceptor_errors, 1}, {F::items_inserted, 1}, {F::escrow_notes, 8}, {F::returned_notes, 6}},
                    {},
                    {{"acceptor-error-in-deposit", high}}});
    list.push_back({"acceptor error, deposit made",
                    K::session,
                    {{F::acceptor_errors, 1}, {F::items_inserted, 1}, {F::escrow_notes, 8}, {F::deposits, 1}},
                    {},
                    {{"acceptor-error-in-deposit", medium}}});
    list.push_back(
        {"note errors", K::session, {{F::note_errors, 1}, {F::items_refused, 1}}, {E::note_error}, {{"note-errors", medium}}});
    list.push_back({"breaks off before the notes are counted",
                    K::session,
                    {{F::has_end, 0}, {F::items_inserted, 1}},
                    {E::items_inserted},
                    {{"uncounted-notes-lost-in-reset", critical}}});
    list.push_back({"note errors and a recovery",
                    K::session,
                    {{F::note_errors, 1}},
                    {E::note_error, E::recovery_started},
                    {{"note-errors", high}}});
    // Cheques, cards.
    list.push_back({"cheque not captured", K::session, {{F::cheque_capture_failed, 1}}, {}, {{"cheque-capture-failed", medium}}});
    list.push_back({"cheque unsigned",
                    K::session,
                    {{F::cheque_signature_missing, 1}, {F::cheque_amount_unread, 1}},
                    {},
                    {{"cheque-accepted-unread", medium}}});
    list.push_back(
        {"cheque amount unread", K::session, {{F::cheque_amount_unread, 1}}, {}, {{"cheque-accepted-unread", medium}}});
    list.push_back({"reader stuck", K::session, {{F::reader_stuck, 1}}, {}, {{"reader-stuck", high}}});
    list.push_back({"captured", K::session, {{F::card_captured, 1}, {F::reader_status, 1}}, {}, {{"card-captured", medium}}});
    list.push_back({"track error", K::session, {{F::reader_status, 4}}, {E::reader_status}, {{"card-track-error", low}}});
    list.push_back({"chip not initialised", K::session, {{F::reader_status, 9}}, {}, {}});
    list.push_back({"chip lost", K::session, {{F::chip_lost, 1}}, {}, {{"chip-lost", medium}}});
    list.push_back({"card unread", K::session, {{F::card_unread, 1}}, {}, {{"card-unread", low}}});
    list.push_back({"fallback", K::session, {{F::chip_fallback, 1}, {F::presented_amount, 50}}, {}, {{"chip-fallback", low}}});
    list.push_back({"fallback of a chip issuer, refused",
                    K::session,
                    {{F::chip_fallback, 1}, {F::issuer_shows_chip, 1}},
                    {},
                    {{"chip-fallback", low}}});
    list.push_back({"fallback of a chip issuer, cash out",
                    K::session,
                    {{F::chip_fallback, 1}, {F::issuer_shows_chip, 1}, {F::presented_amount, 50}},
                    {},
                    {{"chip-fallback", medium}}});
    list.push_back({"fallback after fallback cash",
                    K::session,
                    {{F::chip_fallback, 1}, {F::fallback_cash_before, 1}},
                    {},
                    {{"chip-fallback", medium}}});
    // Repetition.
    list.push_back({"third dispense",
                    K::session,
                    {{F::card_dispenses_10min, 3}, {F::presented_amount, 20}},
                    {},
                    {{"repeated-dispenses", low}}});
    list.push_back(
        {"fourth dispense",
         K::session,
         {{F::card_dispenses_10min, 4}, {F::card_attempts_10min, 4}, {F::withdrawal_attempts, 1}, {F::presented_amount, 20}},
         {},
         {{"repeated-dispenses", medium}}});
    list.push_back({"third dispense drains",
                    K::session,
                    {{F::card_dispenses_10min, 3}, {F::presented_amount, 20}, {F::drained, 1}},
                    {},
                    {{"repeated-dispenses", medium}}});
    list.push_back({"balance after three dispenses", K::session, {{F::card_dispenses_10min, 3}}, {}, {}});
    list.push_back(
        {"two dispenses", K::session, {{F::card_dispenses_10min, 2}, {F::presented_amount, 20}, {F::drained, 1}}, {}, {}});
    list.push_back(
        {"third failure", K::session, {{F::card_failures_10min, 3}, {F::declined, 1}}, {}, {{"repeated-failures", low}}});
    list.push_back({"third failure, at the dispenser",
                    K::session,
                    {{F::card_failures_10min, 3}, {F::dispense_refused, 1}},
                    {},
                    {{"unable-to-dispense", high}, {"repeated-failures", low}}});
    list.push_back({"success after failures", K::session, {{F::card_failures_10min, 3}}, {}, {}});
    list.push_back({"fourth attempt",
                    K::session,
                    {{F::card_attempts_10min, 4}, {F::withdrawal_attempts, 1}},
                    {},
                    {{"repeated-withdrawal-attempts", low}}});
    list.push_back({"fourth attempt drains",
                    K::session,
                    {{F::card_attempts_10min, 4}, {F::withdrawal_attempts, 1}, {F::drained, 1}},
                    {},
                    {{"repeated-withdrawal-attempts", medium}}});
    list.push_back({"fourth session, no withdrawal", K::session, {{F::card_attempts_10min, 4}}, {}, {}});
    list.push_back({"fourth attempt is the third failure",
                    K::session,
                    {{F::card_attempts_10min, 4}, {F::withdrawal_attempts, 1}, {F::card_failures_10min, 3}, {F::declined, 1}},
                    {},
                    {{"repeated-failures", low}}});
    // Host, truncation.
    list.push_back({"no answer", K::session, {}, {E::host_no_response}, {{"host-unavailable", low}}});
    list.push_back({"truncated", K::session, {{F::has_end, 0}}, {E::session_start}, {{"session-truncated", high}}});
    list.push_back({"truncated by a reset",
                    K::session,
                    {{F::has_end, 0}, {F::reset_inside, 1}},
                    {E::session_start},
                    {{"session-truncated", high}}});
    for (const Fact cause :
         {F::retracted_amount, F::not_taken_amount, F::presented_unauthorised_amount, F::kept_without_credit_amount}) {
        list.push_back({fmt::format("truncated with {}", name_of(cause)), K::session, {{F::has_end, 0}, {cause, 10}}, {}, {}});
    }
    list[list.size() - 4].expected = {{"presented-notes-retracted", critical, 1000}};
    list[list.size() - 3].expected = {{"presented-notes-not-taken", critical, 1000}};
    list[list.size() - 2].expected = {{"presented-without-authorisation", critical, 1000}};
    list[list.size() - 1].expected = {{"kept-without-credit", critical, 1000}};
    return list;
}

}  // namespace abm::test
