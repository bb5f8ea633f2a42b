// Every incident the generator knows, one scene each. Each writes its sessions or intervals and tells the truth about them.
#pragma once

#include "core/generate/scenes.h"

namespace abm::incidents {

// cards and customers (incidents_card.cpp)
void fallback_refused(Machine&);
void fallback_cash_out(Machine&);
void three_dispenses(Machine&);
void four_dispenses(Machine&);
void three_failures(Machine&);
void host_unreachable(Machine&);
void card_unread(Machine&);
void chip_lost(Machine&);
void card_captured(Machine&);
void reader_jammed(Machine&);
void session_cut_off(Machine&);
void cheque_unread(Machine&);

// dispenser (incidents_dispense.cpp)
void unable_to_dispense(Machine&);
void short_presentation(Machine&);
void not_taken_retracted(Machine&);
void unknown_dispensed(Machine&);
void notes_out_without_transaction(Machine&);
void reset_after_stacking(Machine&);

// acceptor (incidents_deposit.cpp)
void acceptor_refuses(Machine&);
void skewed_note(Machine&);
void jam_recovered(Machine&);
void counterfeit_notes(Machine&);
void reset_mid_deposit(Machine&);
void kept_without_credit(Machine&);
void receipt_differs(Machine&);

// intervals (incidents_interval.cpp, incidents_books.cpp, incidents_image.cpp)
void recovery_failed(Machine&);
void recovery_by_supervisor(Machine&);
void cheque_recovery_failed(Machine&);
void supervisor_loop(Machine&);
void reset_at_rest(Machine&);
void acceptor_outage(Machine&);
void out_of_service(Machine&);
void low_activity(Machine&);
void counts_cleared_wrongly(Machine&);
void acceptor_counts_zeroed(Machine&);
void wrong_currency_configured(Machine&);
void cassette_handled(Machine&);
void sessions_missing(Machine&);
void duplicate_block(Machine&);
void foreign_image(Machine&);

}  // namespace abm::incidents
