#include "core/generate/incidents.h"

namespace abm {
namespace {

using namespace incidents;
using enum Needs;

// Weights: what an operations desk sees; cash losses are rare, worn chips and impatient customers daily.
constexpr IncidentKind kSessionIncidents[] = {
    {"fallback_refused", 20, false, nothing, false, fallback_refused},
    {"fallback_cash_out", 6, true, nothing, false, fallback_cash_out},
    {"three_dispenses", 10, false, nothing, false, three_dispenses},
    {"four_dispenses", 5, true, nothing, false, four_dispenses},
    {"three_failures", 10, false, nothing, false, three_failures},
    {"host_unreachable", 15, false, nothing, false, host_unreachable},
    {"card_unread", 15, false, nothing, false, card_unread},
    {"chip_lost", 6, true, nothing, false, chip_lost},
    {"card_captured", 6, true, nothing, false, card_captured},
    {"reader_jammed", 2, true, nothing, true, reader_jammed},
    {"session_cut_off", 3, true, nothing, false, session_cut_off},
    {"cheque_unread", 6, true, cheques, false, cheque_unread},
    {"unable_to_dispense", 6, true, nothing, false, unable_to_dispense},
    {"short_presentation", 3, true, nothing, false, short_presentation},
    {"not_taken_retracted", 4, true, nothing, false, not_taken_retracted},
    {"unknown_dispensed", 3, true, nothing, false, unknown_dispensed},
    {"notes_out_without_transaction", 2, true, nothing, false, notes_out_without_transaction},
    {"reset_after_stacking", 3, true, nothing, false, reset_after_stacking},
    {"acceptor_refuses", 6, true, acceptor, false, acceptor_refuses},
    {"skewed_note", 8, true, acceptor, false, skewed_note},
    {"jam_recovered", 4, true, acceptor, false, jam_recovered},
    {"counterfeit_notes", 4, true, acceptor, false, counterfeit_notes},
    {"reset_mid_deposit", 3, true, acceptor, false, reset_mid_deposit},
    {"kept_without_credit", 3, true, acceptor, false, kept_without_credit},
    {"receipt_differs", 2, true, acceptor, false, receipt_differs},
};

constexpr IncidentKind kIntervalIncidents[] = {
    {"recovery_failed", 3, true, acceptor, false, recovery_failed},
    {"recovery_by_supervisor", 3, true, acceptor, false, recovery_by_supervisor},
    {"cheque_recovery_failed", 3, true, cheques, false, cheque_recovery_failed},
    {"supervisor_loop", 3, true, nothing, false, supervisor_loop},
    {"reset_at_rest", 8, true, nothing, false, reset_at_rest},
    {"acceptor_outage", 2, true, acceptor, false, acceptor_outage},
    {"out_of_service", 2, true, nothing, true, out_of_service},
    {"low_activity", 4, false, nothing, true, low_activity},
    {"counts_cleared_wrongly", 2, true, nothing, false, counts_cleared_wrongly},
    {"acceptor_counts_zeroed", 2, true, acceptor, false, acceptor_counts_zeroed},
    {"wrong_currency_configured", 2, true, nothing, false, wrong_currency_configured},
    {"cassette_handled", 3, true, nothing, false, cassette_handled},
    {"sessions_missing", 3, true, nothing, false, sessions_missing},
    {"duplicate_block", 2, true, nothing, false, duplicate_block},
    {"foreign_image", 2, true, nothing, false, foreign_image},
};

}  // namespace

std::span<const IncidentKind> session_incidents() { return kSessionIncidents; }
std::span<const IncidentKind> interval_incidents() { return kIntervalIncidents; }

bool can_happen(const IncidentKind& kind, const Machine& machine) {
    if (kind.needs == acceptor && !machine.profile.acceptor) return false;
    if (kind.needs == cheques && !machine.profile.cheques) return false;
    if (!kind.daytime) return true;
    const std::int64_t hour = machine.now % 86400 / 3600;
    return hour >= 9 && hour < 15;
}

}  // namespace abm
