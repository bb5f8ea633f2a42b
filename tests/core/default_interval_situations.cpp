// Intervals and their segments.
#include "tests/core/default_rule_situations.h"

namespace abm::test {

using enum Severity;
using F = Fact;
using E = EventKind;
using K = ScopeKind;

std::vector<Situation> interval_situations() {
    std::vector<Situation> list;
    // Recoveries.
    list.push_back({"recovery failed",
                    K::note_recovery,
                    {{F::recoveries_failed, 1}, {F::money_found, 1}},
                    {E::recovery_started, E::recovery_failed},
                    {{"note-recovery-failed", critical}}});
    list.push_back(
        {"recovery failed by its line", K::note_recovery, {}, {E::recovery_failed}, {{"note-recovery-failed", critical}}});
    list.push_back({"notes for nobody",
                    K::interval,
                    {{F::presented_notes, 40}, {F::presented_unauthorised_amount, 4000}},
                    {E::notes_presented},
                    {{"presented-outside-session", critical, 400000}}});
    list.push_back({"recovery", K::note_recovery, {}, {E::recovery_started, E::recovery_ok}, {{"note-recovery", medium}}});
    list.push_back({"recovery with money", K::note_recovery, {{F::money_found, 1}}, {E::recovery_ok}, {{"note-recovery", high}}});
    list.push_back(
        {"recovery moved uncounted", K::note_recovery, {}, {E::retract_started, E::recovery_ok}, {{"note-recovery", high}}});
    list.push_back({"recovery counted",
                    K::note_recovery,
                    {},
                    {E::retract_started, E::recovery_ok, E::validated_count},
                    {{"note-recovery", medium}}});
    list.push_back({"cheque recovered", K::cheque_recovery, {}, {E::cheque_recovery_ok}, {}});
    list.push_back({"cheque recovery failed", K::cheque_recovery, {}, {E::cheque_recovery_failed}, {{"cheque-recovery", high}}});
    list.push_back({"cheque swallowed",
                    K::cheque_recovery,
                    {{F::cheque_unidentified, 1}},
                    {E::cheque_recovery_ok},
                    {{"cheque-recovery", high}}});
    // People at the machine.
    list.push_back({"restart", K::power_reset, {}, {E::power_up}, {{"power-reset", medium}}});
    list.push_back({"visit", K::supervisor_visit, {}, {E::supervisor_entry, E::supervisor_exit}, {{"supervisor-visit", low}}});
    list.push_back({"visit unclosed",
                    K::supervisor_visit,
                    {{F::supervisor_unclosed, 1}},
                    {E::supervisor_entry},
                    {{"supervisor-visit", medium}}});
    list.push_back({"visit with clearing",
                    K::supervisor_visit,
                    {},
                    {E::supervisor_entry, E::counts_cleared},
                    {{"supervisor-visit", medium}}});
    list.push_back({"visit with cassettes",
                    K::supervisor_visit,
                    {},
                    {E::supervisor_entry, E::cassette_removed},
                    {{"supervisor-visit", medium}}});
    list.push_back({"four entries", K::interval, {{F::supervisor_entries, 4}}, {}, {}});
    list.push_back({"five entries", K::interval, {{F::supervisor_entries, 5}}, {}, {{"supervisor-loop", medium}}});
    list.push_back({"unexplained in an interval",
                    K::interval,
                    {{F::unexplained_amount, 10}},
                    {},
                    {{"notes-out-without-transaction", critical, 1000}}});
    list.push_back({"replenishment",
                    K::counts_cleared,
                    {{F::cash_added_here, 1}, {F::books_notes, 500}},
                    {},
                    {{"counts-cleared-at-replenishment", low}}});
    list.push_back({"replenishment under a wrong clock",
                    K::counts_cleared,
                    {{F::cash_added_here, 1}, {F::in_clock_jump, 1}},
                    {},
                    {{"counts-cleared", medium}}});
    list.push_back({"cleared", K::counts_cleared, {{F::books_notes, 500}}, {}, {{"counts-cleared", medium}}});
    list.push_back({"cleared to something else",
                    K::counts_cleared,
                    {{F::cleared_differs, 1}, {F::books_notes, 5740}, {F::cleared_remaining_notes, 8000}},
                    {},
                    {{"counts-cleared", high}}});
    list.push_back({"cleared differs though cash was added",
                    K::counts_cleared,
                    {{F::cleared_differs, 1}, {F::books_notes, 5740}, {F::cash_added_here, 1}},
                    {},
                    {{"counts-cleared", high}}});
    list.push_back({"cleared, books empty", K::counts_cleared, {{F::cleared_differs, 1}}, {}, {{"counts-cleared", medium}}});
    list.push_back({"printed", K::counts_printed, {}, {}, {{"counts-printed", low}}});
    list.push_back({"acceptor at zero", K::acceptor_counts, {}, {}, {{"acceptor-counts-zero", medium}}});
    list.push_back(
        {"acceptor wiped", K::acceptor_counts, {{F::acceptor_books_notes, 478}}, {}, {{"acceptor-counts-zero", high}}});
    list.push_back({"cash added", K::cash_added, {{F::cash_added_notes, 2000}}, {}, {{"cash-added", low}}});
    list.push_back({"cash added under a wrong clock", K::cash_added, {{F::in_clock_jump, 1}}, {}, {{"cash-added", medium}}});
    list.push_back({"cassette", K::cassette_handling, {}, {E::cassette_removed}, {{"cassette-handling", medium}}});
    list.push_back({"configuration as before", K::configuration, {}, {E::cassette_row}, {}});
    list.push_back({"checksum", K::configuration, {{F::checksum_changed, 1}}, {}, {{"configuration-changed", medium}}});
    list.push_back(
        {"configuration id", K::configuration, {{F::configuration_id_changed, 1}}, {}, {{"configuration-changed", medium}}});
    list.push_back({"currency", K::configuration, {{F::currency_changed, 1}}, {}, {{"configuration-changed", high}}});
    list.push_back({"denomination", K::configuration, {{F::denomination_changed, 1}}, {}, {{"configuration-changed", high}}});
    // The journal itself.
    list.push_back({"clock", K::clock_jump, {{F::clock_jump_s, -7200}}, {E::header}, {{"clock-jump", high}}});
    list.push_back(
        {"headers twice", K::duplicate_headers, {{F::duplicate_headers, 8}}, {E::header}, {{"duplicate-headers", medium}}});
    list.push_back({"copy",
                    K::duplicate_headers,
                    {{F::duplicate_headers, 23}, {F::identical_copy, 1}},
                    {E::header},
                    {{"duplicate-headers", high}}});
    list.push_back({"headers missing", K::header_gap, {{F::missing_headers, 3}}, {}, {{"missing-headers", high}}});
    list.push_back({"headers missing, then money",
                    K::header_gap,
                    {{F::missing_headers, 3}, {F::money_found, 1}},
                    {},
                    {{"missing-headers", critical}}});
    list.push_back({"serials missing", K::serial_gap, {{F::missing_serials, 2}}, {}, {{"missing-serials", high}}});
    list.push_back({"serials missing, then money",
                    K::serial_gap,
                    {{F::missing_serials, 2}, {F::money_found, 1}},
                    {},
                    {{"missing-serials", critical}}});
    // Out of service.
    list.push_back({"repaired for hours",
                    K::service_gap,
                    {{F::gap_s, 36720}, {F::gap_daytime_s, 36000}, {F::power_resets, 3}, {F::supervisor_entries, 7}},
                    {},
                    {{"out-of-service", high}}});
    list.push_back(
        {"silent for hours", K::service_gap, {{F::gap_daytime_s, 36000}, {F::gap_ratio, 200}}, {}, {{"out-of-service", high}}});
    list.push_back({"quiet", K::service_gap, {{F::gap_daytime_s, 9000}, {F::gap_ratio, 12}}, {}, {{"low-activity", low}}});
    list.push_back({"quiet, usual unknown",
                    K::service_gap,
                    {{F::gap_daytime_s, 9000}, {F::gap_ratio, Facts::kUnknown}},
                    {},
                    {{"low-activity", low}}});
    list.push_back({"quiet as usual", K::service_gap, {{F::gap_daytime_s, 9000}, {F::gap_ratio, 2}}, {}, {}});
    list.push_back({"short gap", K::service_gap, {{F::gap_daytime_s, 3600}, {F::gap_ratio, 300}, {F::power_resets, 1}}, {}, {}});
    list.push_back({"repaired for three hours",
                    K::service_gap,
                    {{F::gap_daytime_s, 10800}, {F::gap_ratio, 60}, {F::power_resets, 1}},
                    {},
                    {}});
    list.push_back({"acceptor outage", K::acceptor_outage, {}, {}, {{"acceptor-outage", medium}}});
    // Devices.
    list.push_back({"all well", K::device_status, {}, {E::reader_status}, {}});
    list.push_back({"idle reader", K::device_status, {{F::reader_status, 2}}, {E::reader_status}, {{"card-captured", medium}}});
    list.push_back({"idle reader stuck", K::device_status, {{F::reader_stuck, 1}}, {E::reader_status}, {{"reader-stuck", high}}});
    list.push_back({"idle dispenser unknown",
                    K::device_status,
                    {{F::dispenser_status, 3}},
                    {},
                    {{"dispense-outcome-unknown", critical, 0}}});
    list.push_back({"idle dispenser retracted",
                    K::device_status,
                    {{F::dispenser_status, 5}, {F::retracted_amount, Facts::kUnknown}},
                    {},
                    {{"idle-dispenser-retracted", critical, kNoAmount}}});
    list.push_back({"idle dispenser fault", K::device_status, {{F::dispenser_status, 2}}, {}, {{"idle-dispenser-fault", high}}});
    list.push_back(
        {"idle acceptor retracted", K::device_status, {{F::acceptor_status, 7}}, {}, {{"idle-acceptor-retracted", critical}}});
    list.push_back(
        {"idle acceptor notes", K::device_status, {{F::acceptor_status, 6}}, {}, {{"idle-acceptor-notes-inside", high}}});
    list.push_back({"idle acceptor fault", K::device_status, {{F::acceptor_status, 3}}, {}, {{"idle-acceptor-fault", medium}}});
    list.push_back(
        {"idle acceptor had nothing", K::device_status, {{F::acceptor_status, 5}}, {}, {{"nothing-in-escrow", medium}}});
    list.push_back({"idle acceptor counterfeit",
                    K::device_status,
                    {{F::counterfeit_notes, 1}},
                    {E::acceptor_status},
                    {{"idle-acceptor-counterfeit", medium}}});
    list.push_back({"idle reader track error", K::device_status, {{F::reader_status, 7}}, {}, {{"card-track-error", low}}});
    return list;
}

}  // namespace abm::test
