#include "core/generate/session_steps.h"

namespace abm {

void take_card_and_end(Machine& machine, int most_s, const Outcome& outcome) {
    machine.step(6, most_s);
    take_card(machine);
    machine.step(1, 2);
    machine.end_session(outcome);
}

Card& own_card(Machine& machine) { return machine.cards.pick_of(machine.random, machine.now, Issuer::Kind::own); }

ChipRead usual_chip_read(Machine& machine, const Card& card) {
    if (!card.chip()) return ChipRead::failed;
    return machine.random.chance(0.02) ? ChipRead::second_attempt : ChipRead::good;
}

void chip_failure_line(Machine& machine) {
    machine.text.put("    *");
    machine.tsn();
    machine.plain("*1*D*9,M-81,R-0");
}

void read_chip(Machine& machine, ChipRead read) {
    const int failures = read == ChipRead::failed ? 3 : read == ChipRead::second_attempt ? 1 : 0;
    for (int attempt = 1; attempt <= failures; ++attempt) {
        machine.step(1, 2);
        chip_failure_line(machine);
        machine.text.put("CARD INITIALISE ATTEMPT = ").number(attempt).end_line();
    }
    if (read == ChipRead::failed) return;
    machine.step(0, 2);
    machine.timed("ATR RECEIVED T=0");
    if (machine.card().issuer->kind == Issuer::Kind::own) machine.own_chip_seen = true;
}

void open_card_session(Machine& machine, Card& card, ChipRead read) {
    machine.begin_session(&card);
    read_chip(machine, read);
    if (machine.profile.inquiry_first && read != ChipRead::failed && card.issuer->kind == Issuer::Kind::own) {
        machine.step(2, 3);
        machine.opcode("FI");
        machine.take_serial();
        exchange(machine);
        machine.step(6, 10);
    }
    machine.step(5, 9);
    if (machine.random.chance(0.15)) machine.step(2, 14);
    machine.prefixed("PIN ENTERED");
    machine.step(5, 16);
}

void exchange(Machine& machine) {
    const Card& card = machine.card();
    machine.plain();
    machine.text.put("  PAN 000").put(card.issuer->first_digits).put("********").number(card.last_digits, 4).end_line();
    machine.plain("  ---START OF TRANSACTION---");
    machine.plain(" ");
}

void ask_host(Machine& machine, std::string_view keys, HostAnswer answer) {
    machine.opcode(keys);
    if (answer == HostAnswer::none) {
        machine.step(3, 6);
        return;
    }
    machine.step(0, 1);
    machine.timed("GENAC 1 : ARQC");
    if (answer == HostAnswer::approved) {
        machine.step(2, 4);
        machine.timed("GENAC 2 : TC");
        return;
    }
    if (answer == HostAnswer::unreachable) {
        machine.step(40, 60);
    } else {
        if (machine.random.chance(0.8)) machine.plain("EXTERNAL AUTHENTICATE: NO ARPC");
        machine.step(1, 2);
    }
    machine.timed("GENAC 2 : AAC");
}

void take_card(Machine& machine) {
    machine.image("002");
    machine.prefixed("CARD TAKEN");
}

void device_status(Machine& machine, std::string_view address_and_device, std::string_view status) {
    machine.text.put("\x1b[000p\x1b[040q\x1b(I     *");
    machine.tsn();
    machine.text.put(address_and_device).put("\x1b(1*").put(status).line("\x1bS");
}

}  // namespace abm
