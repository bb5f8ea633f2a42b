#include <fmt/format.h>

#include "core/generate/session_steps.h"

namespace abm {
namespace {

void exchange_and_table(Machine& machine) {
    if (machine.profile.table_first) {
        machine.acceptor_table();
        exchange(machine);
        return;
    }
    exchange(machine);
    machine.acceptor_table();
}

// One or two denominations a line, as the acceptor prints them: "JMD50-000,JMD100-000," then one a line.
void denomination_list(Machine& machine, const BillCounts& bills) {
    const int kinds = machine.profile.accepted_count();
    for (int kind = 0; kind < kinds; ++kind) {
        const auto index = static_cast<std::size_t>(kind);
        machine.text.put(machine.profile.currency).number(machine.profile.accepted[index]).put("-").number(bills[index], 3);
        if (kind + 1 < kinds) machine.text.put(",");
        if (kind != 0) machine.text.end_line();
    }
}

void count_line(Machine& machine, std::string_view name, const BillCounts* bills, int uncounted = 0) {
    machine.text.put(name).number(bills != nullptr ? total_bills(*bills) : uncounted, 3).end_line();
    if (bills != nullptr && total_bills(*bills) > 0) denomination_list(machine, *bills);
}

void keep_bills(Machine& machine, const BillCounts& bills) {
    for (std::size_t index = 0; index < bills.size(); ++index) machine.accepted_notes[index] += bills[index];
}

}  // namespace

BillCounts choose_bills(Machine& machine) {
    BillCounts bills{};
    const int kinds = machine.profile.accepted_count();
    const int wanted = machine.random.chance(0.4) ? 1 : machine.random.between(1, 3);
    for (int draw = 0; draw < wanted; ++draw) {
        const int kind =
            machine.random.chance(0.8) ? machine.random.between(kinds / 2, kinds - 1) : machine.random.between(0, kinds - 1);
        bills[static_cast<std::size_t>(kind)] += machine.random.between(1, machine.random.chance(0.3) ? 18 : 6);
    }
    return bills;
}

void open_deposit(Machine& machine, Card& card, ChipRead read) {
    open_card_session(machine, card, read);
    machine.opcode(machine.profile.keys.deposit);
    exchange(machine);
    activate_acceptor(machine);
}

void activate_acceptor(Machine& machine) {
    machine.step(7, 15);
    machine.device("CIM-DEPOSIT ACTIVATED");
    machine.step(6, 8);
    machine.device("CIM-SHUTTER OPENED");
    machine.step(3, 8);
    machine.device("CIM-ITEMS INSERTED");
}

void acceptor_counts(Machine& machine, const AcceptorReply& reply) {
    count_line(machine, "ESC: ", reply.escrow);
    count_line(machine, "VAL: ", reply.validated);
    count_line(machine, "REF: ", reply.refunded, reply.refunded_uncounted);
}

void acceptor_reply(Machine& machine, const AcceptorReply& reply) {
    machine.header(false);
    machine.text.put("*");
    machine.tsn();
    machine.text.put("*1*\x1b(Iw\x1b(1*").put({&reply.status, 1}).put(", M-").number(reply.module_code, 2).put(", R-");
    machine.plain(machine.profile.acceptor_replenish);
    machine.plain("A/C ");
    machine.plain(reply.words);
    acceptor_counts(machine, reply);
    machine.text.put("REJECTS:").number(reply.rejects, 3).line("*\x1b(1");
    machine.plain("\x1bS");
}

void escrow_notes(Machine& machine, const BillCounts& bills, int module_code, int rejects) {
    machine.step(6 + total_bills(bills) / 3, 12 + total_bills(bills) / 2);
    acceptor_reply(machine, {.module_code = module_code, .escrow = &bills, .rejects = rejects});
    if (!machine.profile.serial_reads) return;
    machine.device("FAILED SERIAL NUMBER READS: \t\t");
    machine.device(fmt::format("CAT4 NOTES: {}", total_bills(bills)));
    machine.plain();
}

void confirm_deposit(Machine& machine, HostAnswer answer) {
    machine.step(2, 6);
    machine.device("CASHIN DEPOSIT SELECTED");
    ask_host(machine, machine.profile.keys.confirm_deposit, answer);
}

void vault_notes(Machine& machine, const BillCounts& bills, int rejects) {
    machine.step(5 + total_bills(bills) / 4, 9 + total_bills(bills) / 2);
    machine.device("CIM-DEPOSIT COMPLETED");
    acceptor_reply(machine, {.validated = &bills, .rejects = rejects});
    keep_bills(machine, bills);
}

void refund_notes(Machine& machine, const BillCounts& bills, bool by_customer, int module_code) {
    machine.step(11, 16);
    machine.device("CIM-ITEMS PRESENTED");
    machine.device("CIM-DEPOSIT COMPLETED - ITEMS REFUNDED");
    machine.device("CIM-SHUTTER OPENED");
    if (by_customer) {
        acceptor_reply(machine, {.status = '1', .words = "CUSTOMER CANCEL", .module_code = module_code, .refunded = &bills});
    } else {
        acceptor_reply(machine, {.module_code = module_code, .refunded = &bills});
    }
    machine.step(6, 12);
    machine.device("CIM-ITEMS TAKEN");
}

void deposit_receipt(Machine& machine, const BillCounts& credited) {
    const Money amount = machine.value(credited);
    machine.card().balance += amount;
    machine.take_serial();
    receipt_head(machine, {}, false);
    receipt_serial(machine);
    receipt_authorization(machine);
    receipt_card(machine);
    machine.plain("   NO.OF BILLS DEPOSITED");
    for (int kind = 0; kind < machine.profile.accepted_count(); ++kind) {
        const auto index = static_cast<std::size_t>(kind);
        machine.text.put("            ")
            .number(credited[index], 2)
            .put("  X $ ")
            .number(machine.profile.accepted[index])
            .end_line();
    }
    machine.text.put(" DEPOSIT AC #   VALUE ").line(machine.profile.currency);
    machine.text.right(money_text(amount), 25).end_line();
    machine.text.put(" AVAILABLE").right(money_text(machine.card().balance), 15).end_line();
    machine.plain(" PLEASE CONTACT OUR CARE");
    machine.plain("  CENTRE 1-800-555-0100");
}

void credit_deposit(Machine& machine, const BillCounts& bills) {
    exchange_and_table(machine);
    deposit_receipt(machine, bills);
}

}  // namespace abm
