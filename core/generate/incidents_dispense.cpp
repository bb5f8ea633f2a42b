// Incidents of the dispenser: the books and the receipt tell different stories, or none.
#include <fmt/format.h>

#include <algorithm>

#include "core/generate/incidents.h"

namespace abm::incidents {
namespace {

using enum RecordType;

Card& open_withdrawal(Machine& machine) {
    const auto kind = machine.random.chance(0.7) ? Issuer::Kind::own : Issuer::Kind::mastercard;
    Card& card = machine.cards.pick_of(machine.random, machine.now, kind);
    card.balance += Money{machine.profile.typical_amount} * 1000;
    open_card_session(machine, card, ChipRead::good);
    ask_host(machine, withdrawal_keys(machine), HostAnswer::approved);
    machine.take_serial();
    return card;
}

std::size_t fullest(const Machine& machine) {
    const auto most = std::max_element(machine.cassettes.begin(), machine.cassettes.end(),
                                       [](const Cassette& a, const Cassette& b) { return a.usable() < b.usable(); });
    return static_cast<std::size_t>(most - machine.cassettes.begin());
}

// Several notes of one cassette, so that one may be missing.
NoteCounts several_notes(Machine& machine) {
    NoteCounts notes{};
    notes[fullest(machine)] = machine.random.between(2, 6);
    return notes;
}

std::string notes_field(const NoteCounts& notes) {
    return fmt::format("{:02}{:02}{:02}{:02}", notes[0], notes[1], notes[2], notes[3]);
}

void refused_receipt_and_card(Machine& machine, Outcome outcome) {
    decline_receipt(machine, "UNABLE TO DISPENSE");
    machine.step(6, 30);
    take_card(machine);
    machine.step(1, 2);
    machine.end_session(outcome);
}

}  // namespace

void unable_to_dispense(Machine& machine) {
    open_withdrawal(machine);
    machine.step(15, 30);
    Cassette& worn = machine.cassettes[fullest(machine)];
    worn.rejected += machine.random.between(3, 6);
    machine.counters();
    device_status(machine, "*2*E", "400000000,M-04,R-10030");
    exchange(machine);
    refused_receipt_and_card(
        machine, incident(dispense_fault, Severity::high, "approved by the host, nothing stacked, notes went to the reject bin"));
}

void short_presentation(Machine& machine) {
    Card& card = open_withdrawal(machine);
    const NoteCounts asked = several_notes(machine);
    NoteCounts given = asked;
    --given[fullest(machine)];
    stack_and_return_card(machine, given);
    present_notes(machine, given);
    machine.step(0, 1);
    machine.prefixed("NOTES TAKEN");
    dispense_from_books(machine, given);
    machine.counters();
    card.balance = std::max(card.balance, machine.value(asked));
    withdrawal_receipt(machine, machine.value(asked));
    machine.step(8, 11);
    machine.end_session(incident(dispense_fault, Severity::high, "one note less was presented and counted than the receipt says",
                                 machine.value(asked) - machine.value(given)));
}

void not_taken_retracted(Machine& machine) {
    open_withdrawal(machine);
    const NoteCounts notes = several_notes(machine);
    stack_and_return_card(machine, notes);
    present_notes(machine, notes);
    machine.step(28, 40);
    device_status(machine, "*2*E", "500000000,M-07,R-2");
    dispense_from_books(machine, notes);
    machine.counters();
    withdrawal_receipt(machine, machine.value(notes));
    machine.step(2, 6);
    machine.end_session(incident(cash_at_risk, Severity::critical,
                                 "notes presented, never taken, retracted (dispenser status 5); the account was debited",
                                 machine.value(notes)));
}

void unknown_dispensed(Machine& machine) {
    open_withdrawal(machine);
    const NoteCounts notes = several_notes(machine);
    stack_notes(machine);
    exchange(machine);
    machine.step(3, 9);
    device_status(machine, "*2*E", fmt::format("3{},M-12,R-4", notes_field(notes)));
    machine.counters();
    refused_receipt_and_card(
        machine, incident(cash_at_risk, Severity::critical,
                          "dispenser status 3: unknown what was dispensed; counters did not move", machine.value(notes)));
}

void notes_out_without_transaction(Machine& machine) {
    if (!machine.books_shown) {  // without a block before it nothing could be missed
        Card& before = machine.cards.pick_of(machine.random, machine.now, Issuer::Kind::own);
        before.balance += Money{machine.profile.typical_amount} * 200;
        withdraw(machine, before, ordinary(normal, "receipt, notes presented and counters agree"));
        machine.step(300, 900);
    }
    NoteCounts gone{};
    const std::size_t cassette = fullest(machine);
    gone[cassette] = std::min(machine.random.between(20, 40), std::max(1, machine.cassettes[cassette].usable() - 10));
    machine.cassettes[cassette].dispensed += gone[cassette];
    machine.cassettes[cassette].remaining -= gone[cassette];
    Card& card = machine.cards.pick_of(machine.random, machine.now, Issuer::Kind::own);
    card.balance += Money{machine.profile.typical_amount} * 200;
    withdraw(machine, card,
             incident(cash_at_risk, Severity::critical,
                      "since the last block the counters rose with no session, no authorisation and no supervisor entry",
                      machine.value(gone)));
}

void reset_after_stacking(Machine& machine) {
    open_withdrawal(machine);
    stack_notes(machine);
    machine.step(90, 400);
    machine.reset_prefix();
    machine.component_versions();
    machine.power_up_block();
    machine.step(10, 50);
    machine.close_session(
        incident(cash_at_risk, Severity::critical,
                 "authorised and stacked, power lost before the notes were presented: outcome unknown, no END"));
    machine.reader_activated();
}

}  // namespace abm::incidents
