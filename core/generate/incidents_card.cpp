// Incidents of cards, customers and the card reader.
#include <algorithm>

#include "core/generate/incidents.h"

namespace abm::incidents {
namespace {

using enum RecordType;

Card& any_chip_card(Machine& machine) {
    static constexpr Issuer::Kind kKinds[] = {Issuer::Kind::own, Issuer::Kind::own, Issuer::Kind::mastercard};
    return machine.cards.pick_of(machine.random, machine.now, kKinds[machine.random.below(3)]);
}

void fill(Machine& machine, Card& card, int times) { card.balance += Money{machine.profile.typical_amount} * 100 * times; }

void big_withdrawal(Machine& machine, Card& card, const Outcome& outcome) {
    open_card_session(machine, card, ChipRead::good);
    whole_withdrawal(machine, choose_notes(machine, Money{machine.profile.typical_amount} * 100), ChipRead::good);
    machine.end_session(outcome);
    machine.step(4, 12);
}

void dispenses(Machine& machine, int times) {
    Card& card = own_card(machine);
    fill(machine, card, 60);  // rich enough: the account is not drained by it
    for (int attempt = 1; attempt <= times; ++attempt) {
        Outcome outcome = ordinary(normal, "receipt, notes presented and counters agree");
        if (attempt == 3)
            outcome = incident(repeated_attempts, Severity::low, "third dispense with the same card within ten minutes");
        if (attempt == 4)
            outcome = incident(repeated_attempts, Severity::medium, "fourth dispense with the same card within ten minutes");
        big_withdrawal(machine, card, outcome);
    }
}

// The issuer's other cards must have shown their chip before; in a young journal one does so first.
void show_issuer_chip(Machine& machine) {
    if (machine.own_chip_seen) return;
    Card& card = own_card(machine);
    open_card_session(machine, card, ChipRead::good);
    machine.cancelled();
    take_card_and_end(machine, 12, ordinary(customer_cancelled, "cancelled by the customer, nothing moved"));
    machine.step(60, 300);
}

}  // namespace

void fallback_refused(Machine& machine) {
    Card& card = own_card(machine);
    fill(machine, card, 5);
    open_card_session(machine, card, ChipRead::failed);
    ask_host(machine, withdrawal_keys(machine), HostAnswer::none);
    machine.take_serial();
    exchange(machine);
    decline_receipt(machine, "UNABLE TO PROCESS");
    take_card_and_end(
        machine, 12,
        incident(chip_fallback, Severity::low, "chip card read by its stripe and refused; it worked by chip right after"));
    machine.step(6, 12);
    big_withdrawal(machine, card, ordinary(normal, "the same card by chip: receipt, notes presented and counters agree"));
}

void fallback_cash_out(Machine& machine) {
    show_issuer_chip(machine);
    Card& card = own_card(machine);
    fill(machine, card, 6);
    open_card_session(machine, card, ChipRead::failed);
    whole_withdrawal(machine, choose_notes(machine, Money{machine.profile.typical_amount} * 200), ChipRead::failed);
    machine.end_session(
        incident(chip_fallback, Severity::medium, "card of an issuer whose cards show a chip, cashed out by its stripe"));
}

void three_dispenses(Machine& machine) { dispenses(machine, 3); }
void four_dispenses(Machine& machine) { dispenses(machine, 4); }

void three_failures(Machine& machine) {
    Card& card = any_chip_card(machine);
    for (int attempt = 1; attempt <= 3; ++attempt) {
        open_card_session(machine, card, ChipRead::good);
        ask_host(machine, withdrawal_keys(machine), HostAnswer::refused);
        machine.take_serial();
        exchange(machine);
        decline_receipt(machine, "EXCEEDS LIMIT");
        take_card_and_end(machine, 12,
                          attempt < 3
                              ? ordinary(host_declined, "refused by the host, no cash moved")
                              : incident(repeated_attempts, Severity::low, "third refusal of the same card within ten minutes"));
        machine.step(10, 40);
    }
}

void host_unreachable(Machine& machine) {
    open_card_session(machine, any_chip_card(machine), ChipRead::good);
    ask_host(machine, withdrawal_keys(machine), HostAnswer::unreachable);
    machine.take_serial();
    exchange(machine);
    decline_receipt(machine, "NO RESPONSE FROM", "INSTITUTION");
    take_card_and_end(machine, 12, incident(host_unavailable, Severity::low, "no answer from the host, no cash moved"));
}

void card_unread(Machine& machine) {
    machine.begin_session(&any_chip_card(machine));
    machine.step(2, 5);
    machine.text.put("    *");
    machine.tsn();
    machine.plain("*1*D*7,M-00,R-0");
    take_card_and_end(machine, 12,
                      incident(card_fault, Severity::low, "card in and out again, neither chip nor stripe was read"));
}

void chip_lost(Machine& machine) {
    open_card_session(machine, any_chip_card(machine), ChipRead::good);
    machine.opcode(withdrawal_keys(machine));
    machine.step(2, 4);
    machine.text.put("    *");
    machine.tsn();
    machine.plain("*1*D*9,M-84,R-0");
    machine.take_serial();
    machine.step(2, 4);
    exchange(machine);
    decline_receipt(machine, "UNABLE TO PROCESS");
    device_status(machine, "*1*D", "0,M-817027008902,R-1");
    take_card_and_end(machine, 12,
                      incident(card_fault, Severity::medium, "chip failed in mid-transaction, refused, no cash moved"));
}

void card_captured(Machine& machine) {
    Card& card = any_chip_card(machine);
    open_card_session(machine, card, ChipRead::good);
    ask_host(machine, machine.profile.keys.balance, HostAnswer::approved);
    machine.take_serial();
    exchange(machine);
    receipt_head(machine, "SAV");
    receipt_serial(machine);
    receipt_authorization(machine);
    receipt_card(machine);
    machine.plain("   BALANCE INQUIRY");
    machine.text.put("   AVAILABLE ").line(money_text(card.balance, false));
    machine.plain("   FROM SAVINGS");
    receipt_thanks(machine);
    machine.step(33, 40);
    device_status(machine, "*1*D", "1,M-05,R-4");
    machine.end_session(
        incident(card_fault, Severity::medium, "card reader status 1: card not taken in time, captured or jammed"));
}

void reader_jammed(Machine& machine) {
    open_card_session(machine, any_chip_card(machine), ChipRead::good);
    machine.cancelled();
    machine.step(20, 40);
    device_status(machine, "*1*D", "2,M-09,R-4");
    machine.prefixed("TRANSACTION END");
    machine.close_session(
        incident(card_fault, Severity::high, "card reader status 2: card could not be ejected, the terminal closed"));
    const Machine::Mark from = machine.mark();
    machine.step(2400, 5400);
    supervisor_entry(machine);
    supervisor_key(machine, "07");
    supervisor_key(machine, "09");
    start_devices(machine);
    supervisor_exit(machine);
    machine.interval(from, ordinary(supervisor_mode, "visit that freed the card reader"));
}

void session_cut_off(Machine& machine) {
    open_card_session(machine, any_chip_card(machine), ChipRead::good);
    machine.opcode(withdrawal_keys(machine));
    machine.step(0, 1);
    machine.timed("GENAC 1 : ARQC");
    machine.close_session(
        incident(session_truncated, Severity::high, "no END: the session breaks off after the request to the host"));
    machine.take_serial();
    machine.step(70, 200);
    machine.reader_activated();
}

void cheque_unread(Machine& machine) { deposit_cheque(machine, own_card(machine), true); }

}  // namespace abm::incidents
