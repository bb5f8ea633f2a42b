// Cheque deposits. What a good reading looks like is inferred: the real journals at hand hold a faulty one only.
#include <fmt/format.h>

#include "core/generate/scenes.h"

namespace abm {
namespace {

// Drawn one after the other: the order in which arguments are evaluated differs between compilers.
std::string micr_line(Random& random) {
    const auto serial = random.below(10000000);
    const auto transit = random.below(100000);
    const auto institution = random.below(1000);
    const auto account = random.below(1000000000);
    const auto check = random.below(1000);
    return fmt::format("MICR CODE: c{:07}c d{:05}-{:03}d  {:09}c  {:03}", serial, transit, institution, account, check);
}

void scan_cheque(Machine& machine) {
    machine.step(7, 30);
    machine.device("CHEQUE DEPOSIT ACTIVATED");
    machine.step(3, 6);
    machine.device("CHEQUES INSERTED");
    machine.step(6, 9);
    machine.device("SCAN CHEQUES COMPLETE: SUCCESS");
    for (const std::string_view line : {"INSERTED: 1", "REFUSED: 0", "REJECTED: 0", "ESCROW: 1"}) machine.plain(line);
    machine.step(9, 25);
    machine.device("CHEQUE DEPOSIT SELECTED");
}

void store_cheque(Machine& machine, Money amount, bool faulty) {
    machine.step(2, 4);
    machine.device("CHEQUE TRANSACTION REPLY START");
    machine.device("DEPOSIT ALL THE CHEQUES TO POCKET1");
    machine.plain("         POCKET1  POCKET2  ");
    machine.text.put(fmt::format("TOTALS   {:<9}{:<9}", ++machine.pocket1, machine.pocket2)).end_line();
    machine.step(4, 6);
    machine.device("CHEQUE INDEX: 0");
    machine.text.put("READ AMOUNT: ");
    if (!faulty) machine.text.number(amount);
    machine.text.end_line();
    machine.plain(micr_line(machine.random));
    machine.plain(faulty ? "SIGNATURE VALIDATION RESULT: SIGNATURE MISSING" : "SIGNATURE VALIDATION RESULT: SIGNATURE PRESENT");
    machine.plain(faulty ? "DATE VALIDATION RESULT: UNKNOWN" : "DATE VALIDATION RESULT: VALID");
    machine.text.put("CUSTOMER ENTERED AMOUNT: ").number(amount).end_line();
    machine.plain("PAYEE INFORMATION: ");
    machine.device("CHEQUE TRANSACTION REPLY END: SUCCESS");
}

void cheque_receipt(Machine& machine, Money amount) {
    machine.take_serial();
    receipt_head(machine, {}, false);
    receipt_serial(machine);
    receipt_authorization(machine);
    receipt_card(machine);
    machine.text.put(" DEPOSIT AC #   VALUE ").line(machine.profile.currency);
    machine.text.put(" 36428****").right(money_text(amount), 15).end_line();
    for (const std::string_view line : {"  DEPOSITS AFTER 02:00PM", "    WILL BE PROCESSED", "    NEXT BUSINESS DAY.",
                                        "  THERE WILL BE DELAYS", "    FOR DISCREPANCIES."})
        machine.plain(line);
}

}  // namespace

void deposit_cheque(Machine& machine, Card& card, bool faulty) {
    const ChipRead read = card.chip() ? ChipRead::good : ChipRead::failed;
    Money amount = Money{machine.profile.typical_amount} * machine.random.between(2, 40) * 100;
    amount += machine.random.between(0, 99);
    open_card_session(machine, card, read);
    machine.opcode(machine.profile.keys.deposit);
    exchange(machine);
    scan_cheque(machine);
    machine.opcode(machine.profile.keys.cheque);
    if (read != ChipRead::failed) machine.timed("GENAC 1 : ARQC");
    store_cheque(machine, amount, faulty);
    exchange(machine);
    cheque_receipt(machine, amount);
    machine.step(3, 5);
    if (read != ChipRead::failed) machine.timed("GENAC 2 : TC");
    machine.step(4, 7);
    take_card(machine);
    machine.step(0, 2);
    if (!faulty)
        return machine.end_session(settled(read, ordinary(RecordType::normal, "cheque: amount read and amount entered agree")));
    machine.end_session(incident(RecordType::cheque_fault, Severity::medium,
                                 "cheque taken on the amount the customer entered: amount not read, signature missing"));
}

}  // namespace abm
