// Incidents of the note acceptor.
#include <algorithm>

#include "core/generate/incidents.h"

namespace abm::incidents {
namespace {

using enum RecordType;

// Notes of one high denomination: losing some of them shows.
BillCounts bundle(Machine& machine) {
    BillCounts bills{};
    const auto highest = static_cast<std::size_t>(machine.profile.accepted_count() - 1);
    bills[highest] = machine.random.between(5, 12);
    bills[highest - 1] = machine.random.between(1, 6);
    return bills;
}

void presented_and_taken(Machine& machine) {
    machine.step(1, 3);
    machine.device("CIM-ITEMS PRESENTED");
    machine.device("CIM-SHUTTER OPENED");
    machine.step(5, 9);
    machine.device("CIM-ITEMS TAKEN");
}

}  // namespace

void acceptor_refuses(Machine& machine) {
    open_card_session(machine, own_card(machine), ChipRead::good);
    machine.opcode(machine.profile.keys.deposit);
    exchange(machine);
    machine.step(10, 50);
    acceptor_reply(machine, {.status = '3', .words = "DEVICE ERROR", .module_code = 65});
    take_card_and_end(
        machine, 20,
        incident(acceptor_unavailable, Severity::medium, "acceptor status 3, device error, before any note was taken"));
}

void skewed_note(Machine& machine) {
    const BillCounts bills = bundle(machine);
    open_deposit(machine, own_card(machine), ChipRead::good);
    machine.step(18, 32);
    machine.device("NOTE ERROR OCCURRED:REASON:2--SKEWED NOTE HAS BEEN DETECTED");
    machine.step(0, 1);
    machine.device("CIM-INPUT REFUSED,REASON-DEPOSIT FAILURE");
    presented_and_taken(machine);
    escrow_notes(machine, bills, 61);
    confirm_deposit(machine, HostAnswer::approved);
    vault_notes(machine, bills);
    credit_deposit(machine, bills);
    take_card_and_end(machine, 20,
                      incident(deposit_fault, Severity::medium,
                               "a skewed note stopped the acceptor; the rest came back and was taken, the credit agrees"));
}

void jam_recovered(Machine& machine) {
    const BillCounts bills = bundle(machine);
    open_deposit(machine, own_card(machine), ChipRead::good);
    escrow_notes(machine, bills);
    confirm_deposit(machine, HostAnswer::none);
    machine.device("NOTE ERROR OCCURRED:REASON:4--NOTE JAM HAS BEEN DETECTED");
    machine.step(3, 9);
    machine.device("CASHIN RECOVERY STARTED - CASSETTES ");
    machine.device("NOTES DETECTED IN THE STACKER");
    machine.step(20, 40);
    machine.device("CASHIN RECOVERY OK  ");
    refund_notes(machine, bills, false, 62);
    machine.take_serial();
    exchange(machine);
    decline_receipt(machine, "UNABLE TO PROCESS");
    take_card_and_end(
        machine, 20, incident(deposit_fault, Severity::high, "jam in mid-deposit, recovered; every note was returned and taken"));
}

void counterfeit_notes(Machine& machine) {
    const BillCounts bills = bundle(machine);
    open_deposit(machine, own_card(machine), ChipRead::good);
    escrow_notes(machine, bills);
    confirm_deposit(machine, HostAnswer::approved);
    vault_notes(machine, bills);
    const int counterfeit = machine.random.between(1, 3);
    machine.acceptor_table(counterfeit);
    exchange(machine);
    deposit_receipt(machine, bills);
    take_card_and_end(machine, 20,
                      incident(deposit_fault, Severity::medium, "notes counted as counterfeit in the acceptor table"));
}

// The recovered notes come as bare ESC, VAL and REF lines. The aftermath belongs to the session up to the reader's activation.
void reset_mid_deposit(Machine& machine) {
    const BillCounts bills = bundle(machine);
    BillCounts recovered{};
    const auto highest = static_cast<std::size_t>(machine.profile.accepted_count() - 1);
    recovered[highest] = machine.random.between(1, bills[highest] - 1);
    open_deposit(machine, own_card(machine), ChipRead::good);
    escrow_notes(machine, bills);
    machine.step(2, 6);
    machine.device("CASHIN DEPOSIT SELECTED");
    machine.opcode(machine.profile.keys.confirm_deposit);
    machine.text.put("    *");
    machine.tsn();
    machine.plain("*1*D*9,M-84,R-0");
    machine.step(200, 420);
    machine.reset_prefix();
    machine.device("CASHIN RECOVERY STARTED - CASSETTES ");
    machine.device("NOTES DETECTED IN THE STACKER");
    machine.device("MONEY FOUND (ENCASH AUTHORISED) ");
    machine.device("CASHIN RETRACT STARTED - CASSETTES");
    machine.step(25, 40);
    machine.device("CASHIN RECOVERY OK  ");
    acceptor_counts(machine, {.validated = &recovered});
    machine.plain("REJECTS:000");
    machine.component_versions();
    machine.power_up_block();
    machine.accepted_notes[highest] += recovered[highest];
    machine.step(5, 40);
    machine.close_session(
        incident(cash_at_risk, Severity::critical,
                 "reset in mid-deposit: nothing credited or returned, the recovery validated fewer notes than the escrow held",
                 machine.value(bills)));
    machine.reader_activated();
}

void kept_without_credit(Machine& machine) {
    const BillCounts bills = bundle(machine);
    open_deposit(machine, own_card(machine), ChipRead::good);
    escrow_notes(machine, bills);
    confirm_deposit(machine, HostAnswer::unreachable);
    vault_notes(machine, bills);
    machine.take_serial();
    exchange(machine);
    decline_receipt(machine, "NO RESPONSE FROM", "INSTITUTION");
    take_card_and_end(machine, 20,
                      incident(cash_at_risk, Severity::critical,
                               "the host did not answer, the notes were vaulted all the same: no refund, no authorisation",
                               machine.value(bills)));
}

void receipt_differs(Machine& machine) {
    const BillCounts bills = bundle(machine);
    BillCounts credited = bills;
    --credited[static_cast<std::size_t>(machine.profile.accepted_count() - 1)];
    open_deposit(machine, own_card(machine), ChipRead::good);
    escrow_notes(machine, bills);
    confirm_deposit(machine, HostAnswer::approved);
    vault_notes(machine, bills);
    credit_deposit(machine, credited);
    take_card_and_end(
        machine, 20,
        incident(cash_at_risk, Severity::critical, "the acceptor validated one note more than receipt and credit say",
                 machine.value(bills) - machine.value(credited)));
}

}  // namespace abm::incidents
