#include <fmt/format.h>

#include <algorithm>

#include "core/generate/session_steps.h"

namespace abm {
namespace {

constexpr int kMostNotes = 38;
constexpr int kLowNotes = 40;  ///< usable notes below which the dispenser reports its supplies

// In place of the PAN line some of the bank's older screens print what each cassette gave.
void cassette_lines(Machine& machine, const NoteCounts& notes) {
    machine.plain();
    machine.plain();
    static constexpr std::string_view kNames[] = {"CASS ONE ", "CASS TWO ", "CASS THRE", "CASS FOUR"};
    for (std::size_t index = 0; index < 3; ++index) {
        machine.text.put(kNames[index]).put(".*F ");
        notes[index] > 0 ? machine.text.number(notes[index], 4, ' ') : machine.text.put("    ");
        machine.plain("  BILL(S) OUT");
    }
    machine.plain("CASS FIVE");
    machine.plain(" ");
}

void report_supplies(Machine& machine, const NoteCounts& notes) {
    bool low = false;
    for (std::size_t index = 0; index < notes.size(); ++index)
        low |= notes[index] > 0 && machine.cassettes[index].usable() < kLowNotes;
    if (!low) return;
    machine.text.put("\x1b[000p\x1b[040q\x1b(1     *");
    machine.tsn();
    machine.text.put("*1*E*0");
    for (const int count : notes) machine.text.number(count, 2);
    machine.plain(",M-00,R-11120");
}

}  // namespace

Money usual_amount(Machine& machine) {
    // Most people take round sums below the typical amount, a few take much more.
    static constexpr int kTenths[] = {2, 3, 4, 5, 5, 6, 8, 10, 10, 12, 15, 20, 30};
    Money amount = Money{machine.profile.typical_amount} * kTenths[machine.random.below(13)] / 10;
    const Money smallest = *std::min_element(machine.profile.denominations.begin(), machine.profile.denominations.end());
    if (machine.random.chance(0.2)) amount += smallest * machine.random.between(1, 3);
    return std::max(amount / smallest, Money{1}) * smallest * 100;
}

NoteCounts choose_notes(Machine& machine, Money amount) {
    std::array<std::size_t, kCassettes> order{0, 1, 2, 3};
    const auto& values = machine.profile.denominations;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
    NoteCounts notes{};
    Money left = amount / 100;
    int room = kMostNotes;
    for (const std::size_t index : order) {
        const int usable = std::max(0, machine.cassettes[index].usable() - 5);
        int count = static_cast<int>(std::min<Money>(left / values[index], std::min(usable, room)));
        // Leave some of it to the smaller notes, as the real dispensers do.
        if (count > 1 && index != order.back() && room - count > 12 && machine.random.chance(0.5)) --count;
        notes[index] = count;
        left -= Money{count} * values[index];
        room -= count;
    }
    if (total(notes) > 0) return notes;
    for (std::size_t index = 0; index < notes.size(); ++index) {
        if (machine.cassettes[index].usable() > 0) {
            notes[index] = 1;
            break;
        }
    }
    return notes;
}

std::string_view withdrawal_keys(Machine& machine) {
    const KeyBuffers& keys = machine.profile.keys;
    switch (machine.card().issuer->kind) {
        case Issuer::Kind::own:
            return keys.withdraw_own;
        case Issuer::Kind::stripe:
            return keys.withdraw_stripe;
        case Issuer::Kind::mastercard:
            return keys.withdraw_mastercard;
        case Issuer::Kind::visa:
            break;
    }
    return keys.withdraw_visa;
}

HostAnswer approval(ChipRead read) { return read == ChipRead::failed ? HostAnswer::none : HostAnswer::approved; }

void stack_notes(Machine& machine) {
    machine.step(12, 17);
    machine.prefixed("NOTES STACKED");
}

void dispense_from_books(Machine& machine, const NoteCounts& notes) {
    for (std::size_t index = 0; index < notes.size(); ++index) {
        Cassette& cassette = machine.cassettes[index];
        cassette.dispensed += notes[index];
        cassette.remaining -= notes[index];
        if (notes[index] > 0 && cassette.usable() > 1 && machine.random.chance(0.01)) ++cassette.rejected;
    }
}

void present_notes(Machine& machine, const NoteCounts& notes) {
    machine.prefixed(fmt::format("NOTES PRESENTED {},{},{},{}", notes[0], notes[1], notes[2], notes[3]));
}

void withdrawal_receipt(Machine& machine, Money amount) {
    const Issuer::Kind kind = machine.card().issuer->kind;
    Money& balance = machine.card().balance;
    balance = std::max<Money>(0, balance - amount);
    receipt_head(machine, kind == Issuer::Kind::visa ? "DDA" : "SAV");
    receipt_serial(machine);
    receipt_authorization(machine);
    receipt_card(machine);
    receipt_item(machine, "WITHDRAWAL", amount);
    if (kind == Issuer::Kind::mastercard || kind == Issuer::Kind::visa) {
        receipt_item(machine, "ACCESS FEE", 0);
        receipt_item(machine, "TOTAL", amount);
        receipt_application(machine);
    }
    if (kind == Issuer::Kind::stripe) receipt_item(machine, "AVAILABLE", balance);
    if (kind == Issuer::Kind::stripe || kind == Issuer::Kind::own) receipt_item(machine, "ACCOUNT", balance);
    machine.plain(kind == Issuer::Kind::visa ? "   FROM CHEQUING" : "   FROM SAVINGS");
    if (kind != Issuer::Kind::stripe) return receipt_thanks(machine);
    machine.plain("   THANK YOU FOR USING");
    machine.plain("   THE MULTILINK NETWORK");
}

void stack_and_return_card(Machine& machine, const NoteCounts& notes) {
    stack_notes(machine);
    machine.step(2, 4);
    take_card(machine);
    machine.step(2, 3);
    machine.image("007");
    const bool prints_cassettes = machine.card().issuer->kind == Issuer::Kind::visa && !machine.profile.inquiry_first;
    prints_cassettes ? cassette_lines(machine, notes) : exchange(machine);
}

void whole_withdrawal(Machine& machine, const NoteCounts& notes, ChipRead read) {
    ask_host(machine, withdrawal_keys(machine), approval(read));
    machine.take_serial();
    stack_and_return_card(machine, notes);
    present_notes(machine, notes);
    dispense_from_books(machine, notes);
    const int order = machine.random.between(0, 9);  // NOTES TAKEN before the counters, after them, or after the receipt
    if (order >= 5) {
        machine.counters();
        if (order == 9) withdrawal_receipt(machine, machine.value(notes));
    }
    machine.step(0, order >= 5 ? 5 : 1);
    machine.image("008");
    machine.prefixed("NOTES TAKEN");
    if (order < 5) machine.counters();
    if (order < 9) withdrawal_receipt(machine, machine.value(notes));
    report_supplies(machine, notes);
    machine.step(8, 11);
}

}  // namespace abm
