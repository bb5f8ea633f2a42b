// Sessions in which nothing is wrong.
#include <fmt/format.h>

#include <algorithm>

#include "core/generate/scenes.h"

namespace abm {
namespace {

using enum RecordType;

void leave(Machine& machine, ChipRead read, Outcome outcome) {
    machine.step(8, 13);
    take_card(machine);
    machine.step(0, 2);
    machine.end_session(settled(read, std::move(outcome)));
}

HostAnswer answer_by(ChipRead read, HostAnswer by_chip) { return read == ChipRead::failed ? HostAnswer::none : by_chip; }

// Pay day: an account that could not pay is filled, or the same card would be refused for ever.
void fill_account(Machine& machine, Card& card) {
    card.balance += Money{machine.profile.typical_amount} * 100 * machine.random.between(4, 20);
}

void refuse(Machine& machine, Card& card, std::string_view reason, std::string_view second = {}) {
    const ChipRead read = usual_chip_read(machine, card);
    const bool no_serial = reason == "INVALID AMOUNT";  // refused before it reaches the bank: no TRAN NO is used up
    open_card_session(machine, card, read);
    ask_host(machine, withdrawal_keys(machine), answer_by(read, HostAnswer::refused));
    if (!no_serial) machine.take_serial();
    exchange(machine);
    decline_receipt(machine, reason, second, no_serial);
    leave(machine, read, ordinary(host_declined, "refused by the host, no cash moved"));
}

void cancel_cardless(Machine& machine) {
    machine.begin_session(nullptr, true);
    machine.step(3, 20);
    machine.cancelled();
    machine.step(2, 4);
    machine.end_session(ordinary(customer_cancelled, "cardless session cancelled, nothing moved"));
}

void cancel(Machine& machine, Card& card) {
    const ChipRead read = usual_chip_read(machine, card);
    open_card_session(machine, card, read);
    const bool pressed_cancel = machine.random.chance(0.7);
    if (pressed_cancel) {
        machine.cancelled();
    } else {
        machine.step(38, 50);  // walked off the menu until the terminal gave up
        if (machine.random.chance(0.5)) machine.timed("TIMEOUT FROM TIMEOUT STATE");
    }
    leave(machine, read,
          ordinary(customer_cancelled, pressed_cancel ? "cancelled by the customer, nothing moved" : "timed out, nothing moved"));
}

void pay_credit_card(Machine& machine, Card& card) {
    const ChipRead read = usual_chip_read(machine, card);
    open_card_session(machine, card, read);
    ask_host(machine, machine.profile.keys.payment, answer_by(read, HostAnswer::approved));
    machine.take_serial();
    exchange(machine);
    receipt_head(machine);
    machine.text.put("   CC    ************").number(machine.random.between(0, 9999), 4).end_line();
    receipt_serial(machine);
    receipt_authorization(machine);
    receipt_card(machine);
    machine.plain("   PAYMENT TO C.CARD");
    machine.text.put("   ").line(money_text(usual_amount(machine), false));
    machine.plain("   FROM SAVINGS");
    receipt_thanks(machine);
    leave(machine, read, ordinary(normal, "payment to a credit card, no cash moved"));
}

void retry_pin(Machine& machine, Card& card, const NoteCounts& notes) {
    open_card_session(machine, card, ChipRead::good);
    ask_host(machine, withdrawal_keys(machine), HostAnswer::refused);
    machine.take_serial();
    exchange(machine);
    decline_receipt(machine, "INCORRECT PIN");
    machine.step(4, 6);
    machine.timed("ATR RECEIVED T=0");
    machine.step(8, 13);
    machine.prefixed("PIN ENTERED");
    machine.step(5, 12);
    whole_withdrawal(machine, notes, ChipRead::good);
    machine.end_session(ordinary(normal, "second PIN was right; receipt, notes presented and counters agree"));
}

void try_withdrawal(Machine& machine, Card& card) {
    const bool chip = card.chip();
    const double luck = machine.random.uniform();
    if (luck < 0.025) return refuse(machine, card, "EXCEEDS LIMIT");
    if (luck < 0.040) return refuse(machine, card, "NO CHECKING A/C");
    if (luck < 0.048) return refuse(machine, card, "UNABLE TO PROCESS");
    if (luck < 0.053) return refuse(machine, card, "TXN. NOT ALLOWED");
    const Money wanted = usual_amount(machine);
    if (card.balance < wanted) {
        fill_account(machine, card);
        return refuse(machine, card, "NOT ENOUGH FUNDS", "FOR TRANSACTION");
    }
    const NoteCounts notes = choose_notes(machine, wanted);
    if (total(notes) == 0) return inquire_balance(machine, card, false);
    if (luck > 0.985 && chip) return retry_pin(machine, card, notes);
    if (luck > 0.93 && chip) {  // typed what the cassettes cannot pay, corrects it at once
        refuse(machine, card, "INVALID AMOUNT");
        machine.step(7, 40);
    }
    withdraw(machine, card, ordinary(normal, "receipt, notes presented and counters agree"));
}

void second_bundle(Machine& machine, BillCounts& bills) {
    machine.step(1, 4);
    machine.device("CASHIN ADD MORE NOTES SELECTED");
    machine.step(3, 5);
    machine.device("CIM-SHUTTER OPENED");
    machine.step(2, 9);
    machine.device("CIM-ITEMS INSERTED");
    bills[1] += machine.random.between(1, 5);
    escrow_notes(machine, bills);
}

// Some notes come back at once and the customer takes them: ordinary, whatever the word REFUSED may suggest.
int refused_and_returned(Machine& machine) {
    machine.step(20, 40);
    machine.device("CIM-INPUT REFUSED,REASON-INVALID MEDIA");
    machine.step(2, 5);
    machine.device("CIM-ITEMS PRESENTED");
    machine.device("CIM-SHUTTER OPENED");
    machine.step(4, 8);
    machine.device("CIM-ITEMS TAKEN");
    return 1;
}

void deposit(Machine& machine, Card& card) {
    const ChipRead read = usual_chip_read(machine, card);
    BillCounts bills = choose_bills(machine);
    open_deposit(machine, card, read);
    const int rejects = machine.random.chance(0.03) ? refused_and_returned(machine) : 0;
    escrow_notes(machine, bills, 0, rejects);
    if (machine.random.chance(0.07) && total_bills(bills) < 40) second_bundle(machine, bills);
    const double luck = machine.random.uniform();
    if (luck < 0.04) {
        machine.step(5, 20);
        machine.device("CASHIN REFUND SELECTED");
        refund_notes(machine, bills, true);
        return leave(machine, read, ordinary(customer_cancelled, "everything inserted was returned and taken"));
    }
    if (luck < 0.09) {
        confirm_deposit(machine, answer_by(read, HostAnswer::refused));
        refund_notes(machine, bills, false);
        machine.take_serial();
        exchange(machine);
        decline_receipt(machine, luck < 0.06 ? "EXCEEDS LIMIT" : "NO CHECKING A/C");
        return leave(machine, read, ordinary(host_declined, "refused by the host, everything inserted was returned and taken"));
    }
    confirm_deposit(machine, answer_by(read, HostAnswer::approved));
    vault_notes(machine, bills, rejects);
    credit_deposit(machine, bills);
    leave(machine, read,
          ordinary(normal, rejects > 0 ? "deposit agrees; a refused bundle was returned and taken"
                                       : "deposit: validated notes, receipt and credit agree"));
}

}  // namespace

Outcome settled(ChipRead read, Outcome usual) {
    if (read != ChipRead::failed) return usual;
    return incident(chip_fallback, Severity::low,
                    fmt::format("three failed chip initialisations, then the stripe; {}", usual.note));
}

void withdraw(Machine& machine, Card& card, Outcome outcome) {
    const ChipRead read = usual_chip_read(machine, card);
    open_card_session(machine, card, read);
    const NoteCounts notes = choose_notes(machine, std::min(usual_amount(machine), std::max<Money>(card.balance, 0)));
    whole_withdrawal(machine, notes, read);
    machine.end_session(outcome.anomaly ? std::move(outcome) : settled(read, std::move(outcome)));
}

void inquire_balance(Machine& machine, Card& card, bool leak_card_number) {
    const ChipRead read = usual_chip_read(machine, card);
    open_card_session(machine, card, read);
    ask_host(machine, machine.profile.keys.balance, answer_by(read, HostAnswer::approved));
    machine.take_serial();
    exchange(machine);
    if (leak_card_number) machine.plain("TRACK 2: 4111111111111111=28121010000012345600");
    receipt_head(machine, "SAV  47454****");
    receipt_serial(machine);
    receipt_authorization(machine);
    receipt_card(machine);
    machine.plain("   BALANCE INQUIRY");
    machine.text.put("   AVAILABLE ").line(money_text(card.balance, false));
    machine.plain("   ACCOUNT");
    machine.plain("   FROM SAVINGS");
    receipt_thanks(machine);
    Outcome outcome =
        ordinary(normal, leak_card_number ? "a full (test) card number in a TRACK 2 line: it must be masked on the way in"
                                          : "balance inquiry, no cash moved");
    leave(machine, read, std::move(outcome));
}

void ordinary_session(Machine& machine) {
    const double luck = machine.random.uniform();
    if (luck < 0.01) return cancel_cardless(machine);
    Card& card = machine.cards.pick(machine.random, machine.now);
    if (luck < 0.05) return cancel(machine, card);
    if (luck < 0.15) return inquire_balance(machine, card, false);
    if (luck < 0.17) return pay_credit_card(machine, card);
    if (luck < 0.20 && machine.profile.cheques) return deposit_cheque(machine, card, false);
    if (luck < 0.55 && machine.profile.acceptor) return deposit(machine, card);
    try_withdrawal(machine, card);
}

}  // namespace abm
