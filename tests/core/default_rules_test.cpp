// Every default rule, at least once holding and once not, by exact sets of findings.
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>

#include "rule_test_support.h"

namespace abm {
namespace {

using enum Severity;
using F = Fact;
using E = EventKind;
using K = ScopeKind;

struct Expected {
    std::string rule;
    Severity severity;
    std::optional<Money> amount = {};
    bool operator==(const Expected&) const = default;
};

struct Case {
    std::string name;
    ScopeKind kind;
    std::vector<std::pair<Fact, double>> facts;
    std::vector<EventKind> lines;
    std::vector<Expected> expected;
};

void PrintTo(const Expected& expected, std::ostream* out) {
    *out << expected.rule << ' ' << name_of(expected.severity) << ' ' << (expected.amount ? money_text(*expected.amount) : "-");
}

/// A session has its end unless the case says otherwise.
std::vector<Finding> findings_of(const Case& one) {
    test::SyntheticScope scope;
    scope.kind = one.kind;
    if (one.kind == K::session) scope.with(F::has_end, 1);
    for (const auto& [fact, value] : one.facts) scope.with(fact, value);
    for (const EventKind line : one.lines) scope.line(line);
    return test::findings_of(RuleSet::built_in(), scope, {"CAD", "...7712", "0777"});
}

const std::vector<Case>& cases() {
    static const std::vector<Case> all = [] {
        std::vector<Case> list;
        // Withdrawals.
        list.push_back({"ordinary withdrawal",
                        K::session,
                        {{F::presented_amount, 300}, {F::receipt_amount, 300}, {F::authorised, 1}},
                        {E::notes_presented, E::notes_taken},
                        {}});
        list.push_back(
            {"ordinary decline", K::session, {{F::declined, 1}, {F::card_failures_10min, 1}}, {E::declined_funds}, {}});
        list.push_back({"everything returned",
                        K::session,
                        {{F::escrow_notes, 9}, {F::returned_notes, 9}, {F::refunds, 1}, {F::items_refused, 1}},
                        {E::items_taken},
                        {}});
        list.push_back({"unknown dispensed",
                        K::session,
                        {{F::dispenser_status, 3},
                         {F::unknown_dispensed_amount, 400},
                         {F::dispense_refused, 1},
                         {F::stacked_not_presented, 1}},
                        {E::unable_to_dispense},
                        {{"dispense-outcome-unknown", critical, 40000}}});
        list.push_back({"retracted",
                        K::session,
                        {{F::dispenser_status, 5}, {F::retracted_amount, 300}, {F::presented_amount, 300}},
                        {E::notes_presented},
                        {{"presented-notes-retracted", critical, 30000}}});
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
        list.push_back({"counters differ",
                        K::session,
                        {{F::counter_gap_amount, -20}},
                        {},
                        {{"counters-differ-from-presented", high, 2000}}});
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
        list.push_back({"note errors",
                        K::session,
                        {{F::note_errors, 1}, {F::items_refused, 1}},
                        {E::note_error},
                        {{"note-errors", medium}}});
        // Cheques, cards.
        list.push_back(
            {"cheque not captured", K::session, {{F::cheque_capture_failed, 1}}, {}, {{"cheque-capture-failed", medium}}});
        list.push_back({"cheque unsigned",
                        K::session,
                        {{F::cheque_signature_missing, 1}, {F::cheque_amount_unread, 1}},
                        {},
                        {{"cheque-accepted-unread", medium}}});
        list.push_back(
            {"cheque amount unread", K::session, {{F::cheque_amount_unread, 1}}, {}, {{"cheque-accepted-unread", medium}}});
        list.push_back({"reader stuck", K::session, {{F::reader_stuck, 1}}, {}, {{"reader-stuck", high}}});
        list.push_back({"captured", K::session, {{F::card_captured, 1}, {F::reader_status, 1}}, {}, {{"card-captured", medium}}});
        list.push_back({"chip not initialised", K::session, {{F::reader_status, 9}}, {}, {}});
        list.push_back({"chip lost", K::session, {{F::chip_lost, 1}}, {}, {{"chip-lost", medium}}});
        list.push_back({"card unread", K::session, {{F::card_unread, 1}}, {}, {{"card-unread", low}}});
        list.push_back(
            {"fallback", K::session, {{F::chip_fallback, 1}, {F::presented_amount, 50}}, {}, {{"chip-fallback", low}}});
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
            list.push_back(
                {fmt::format("truncated with {}", name_of(cause)), K::session, {{F::has_end, 0}, {cause, 10}}, {}, {}});
        }
        list[list.size() - 4].expected = {{"presented-notes-retracted", critical, 1000}};
        list[list.size() - 3].expected = {{"presented-notes-not-taken", critical, 1000}};
        list[list.size() - 2].expected = {{"presented-without-authorisation", critical, 1000}};
        list[list.size() - 1].expected = {{"kept-without-credit", critical, 1000}};
        // Recoveries.
        list.push_back({"recovery failed",
                        K::note_recovery,
                        {{F::recoveries_failed, 1}, {F::money_found, 1}},
                        {E::recovery_started, E::recovery_failed},
                        {{"note-recovery-failed", critical}}});
        list.push_back(
            {"recovery failed by its line", K::note_recovery, {}, {E::recovery_failed}, {{"note-recovery-failed", critical}}});
        list.push_back({"recovery", K::note_recovery, {}, {E::recovery_started, E::recovery_ok}, {{"note-recovery", medium}}});
        list.push_back(
            {"recovery with money", K::note_recovery, {{F::money_found, 1}}, {E::recovery_ok}, {{"note-recovery", high}}});
        list.push_back(
            {"recovery moved uncounted", K::note_recovery, {}, {E::retract_started, E::recovery_ok}, {{"note-recovery", high}}});
        list.push_back({"recovery counted",
                        K::note_recovery,
                        {},
                        {E::retract_started, E::recovery_ok, E::validated_count},
                        {{"note-recovery", medium}}});
        list.push_back({"cheque recovered", K::cheque_recovery, {}, {E::cheque_recovery_ok}, {}});
        list.push_back(
            {"cheque recovery failed", K::cheque_recovery, {}, {E::cheque_recovery_failed}, {{"cheque-recovery", high}}});
        list.push_back({"cheque swallowed",
                        K::cheque_recovery,
                        {{F::cheque_unidentified, 1}},
                        {E::cheque_recovery_ok},
                        {{"cheque-recovery", high}}});
        // People at the machine.
        list.push_back({"restart", K::power_reset, {}, {E::power_up}, {{"power-reset", medium}}});
        list.push_back(
            {"visit", K::supervisor_visit, {}, {E::supervisor_entry, E::supervisor_exit}, {{"supervisor-visit", low}}});
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
        list.push_back({"silent for hours",
                        K::service_gap,
                        {{F::gap_daytime_s, 36000}, {F::gap_ratio, 200}},
                        {},
                        {{"out-of-service", high}}});
        list.push_back({"quiet", K::service_gap, {{F::gap_daytime_s, 9000}, {F::gap_ratio, 12}}, {}, {{"low-activity", low}}});
        list.push_back({"quiet, usual unknown",
                        K::service_gap,
                        {{F::gap_daytime_s, 9000}, {F::gap_ratio, Facts::kUnknown}},
                        {},
                        {{"low-activity", low}}});
        list.push_back({"quiet as usual", K::service_gap, {{F::gap_daytime_s, 9000}, {F::gap_ratio, 2}}, {}, {}});
        list.push_back(
            {"short gap", K::service_gap, {{F::gap_daytime_s, 3600}, {F::gap_ratio, 300}, {F::power_resets, 1}}, {}, {}});
        list.push_back({"repaired for three hours",
                        K::service_gap,
                        {{F::gap_daytime_s, 10800}, {F::gap_ratio, 60}, {F::power_resets, 1}},
                        {},
                        {}});
        list.push_back({"acceptor outage", K::acceptor_outage, {}, {}, {{"acceptor-outage", medium}}});
        // Devices.
        list.push_back({"all well", K::device_status, {}, {E::reader_status}, {}});
        list.push_back(
            {"idle reader", K::device_status, {{F::reader_status, 2}}, {E::reader_status}, {{"card-captured", medium}}});
        list.push_back(
            {"idle reader stuck", K::device_status, {{F::reader_stuck, 1}}, {E::reader_status}, {{"reader-stuck", high}}});
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
        list.push_back(
            {"idle dispenser fault", K::device_status, {{F::dispenser_status, 2}}, {}, {{"idle-dispenser-fault", high}}});
        list.push_back({"idle acceptor retracted",
                        K::device_status,
                        {{F::acceptor_status, 7}},
                        {},
                        {{"idle-acceptor-retracted", critical}}});
        list.push_back(
            {"idle acceptor notes", K::device_status, {{F::acceptor_status, 6}}, {}, {{"idle-acceptor-notes-inside", high}}});
        list.push_back(
            {"idle acceptor fault", K::device_status, {{F::acceptor_status, 3}}, {}, {{"idle-acceptor-fault", medium}}});
        return list;
    }();
    return all;
}

TEST(DefaultRules, FindExactlyWhatIsThere) {
    for (const Case& one : cases()) {
        SCOPED_TRACE(one.name);
        std::vector<Expected> found;
        for (const Finding& finding : findings_of(one)) {
            const std::size_t at = found.size();
            const bool compare = at < one.expected.size() && one.expected[at].amount.has_value();
            found.push_back({finding.rule, finding.severity, compare ? std::optional(finding.amount) : std::nullopt});
        }
        EXPECT_EQ(found, one.expected);
    }
}

/// Without a condition the scope itself is the finding: it cannot fail to hold.
bool is_unconditional(const Rule& rule) { return rule.when.kind == Condition::Kind::always; }

TEST(DefaultRules, AreAllSeenHoldingAndNotHolding) {
    std::map<std::string, std::set<bool>> seen;
    for (const Case& one : cases()) {
        const auto found = findings_of(one);
        for (const Rule& rule : RuleSet::built_in().rules()) {
            if (!rule.applies_to[static_cast<std::size_t>(one.kind)]) continue;
            seen[rule.id].insert(
                std::any_of(found.begin(), found.end(), [&rule](auto& finding) { return finding.rule == rule.id; }));
        }
    }
    for (const Rule& rule : RuleSet::built_in().rules()) {
        EXPECT_TRUE(seen[rule.id].contains(true)) << rule.id << " never held";
        EXPECT_NE(seen[rule.id].contains(false), is_unconditional(rule)) << rule.id;
    }
}

TEST(DefaultRules, EveryRaiseIsReached) {
    std::map<std::string, std::set<Severity>> seen;
    for (const Case& one : cases()) {
        for (const Finding& finding : findings_of(one)) seen[finding.rule].insert(finding.severity);
    }
    for (const Rule& rule : RuleSet::built_in().rules()) {
        EXPECT_TRUE(seen[rule.id].contains(rule.severity)) << rule.id;
        for (const Raise& raise : rule.raises) EXPECT_TRUE(seen[rule.id].contains(raise.to)) << rule.id << name_of(raise.to);
    }
}

TEST(DefaultRules, SpeakInOneSentenceAndRecommend) {
    for (const Case& one : cases()) {
        for (const Finding& finding : findings_of(one)) {
            EXPECT_TRUE(finding.sentence.ends_with('.')) << finding.sentence;
            EXPECT_EQ(finding.sentence.find(". "), std::string::npos) << finding.sentence;
            EXPECT_EQ(finding.sentence.find_first_of("{}"), std::string::npos) << finding.sentence;
            EXPECT_TRUE(finding.action.ends_with('.')) << finding.rule;
        }
    }
}

std::string sentence_of(const std::string& name) {
    for (const Case& one : cases()) {
        if (one.name == name) return findings_of(one).front().sentence;
    }
    return {};
}

TEST(DefaultRules, SayTheAmountFirst) {
    EXPECT_EQ(sentence_of("reset in mid-deposit, recovered short"),
              "The machine restarted during a deposit: 1,000.00 CAD went in, nothing was credited or returned.");
    EXPECT_EQ(sentence_of("unexplained"),
              "Between two counter blocks 4,000.00 CAD left the dispenser with no transaction, "
              "authorisation or supervisor entry.");
    EXPECT_EQ(sentence_of("repaired for hours"),
              "No customer was served for 10 h 12 min; 7 supervisor visits and 3 restarts lie inside.");
    EXPECT_EQ(sentence_of("cleared to something else"),
              "The cash counts were cleared outside an ordinary replenishment; high because "
              "the counters now say 8,000 notes where the books held 5,740 notes.");
    EXPECT_EQ(sentence_of("headers twice"), "8 header numbers are used a second time.");
    EXPECT_EQ(sentence_of("clock"),
              "The clock of the machine jumped 2 h back: times here are wrong, or these lines come from elsewhere.");
}

TEST(DefaultRules, ProveWhatTheySay) {
    const auto found = findings_of(
        {"", K::session, {{F::retracted_amount, 300}}, {E::pin_entered, E::notes_presented, E::dispenser_status}, {}});
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].evidence.size(), 2U);
    EXPECT_EQ(found[0].evidence[0].line.offset, 100);
    EXPECT_EQ(found[0].evidence[0].note, "presented");
    EXPECT_EQ(found[0].evidence[1].line.offset, 200);
}

}  // namespace
}  // namespace abm
