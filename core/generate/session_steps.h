// The steps sessions are made of, in the order of the machine. Each writes its lines and moves clock and books.
#pragma once

#include "core/generate/machine.h"

namespace abm {

enum class ChipRead { good, second_attempt, failed };
enum class HostAnswer { approved, refused, unreachable, none };  ///< none: not asked by chip (stripe)

/// The customer takes the card 6 to `most_s` seconds later.
void take_card_and_end(Machine& machine, int most_s, const Outcome& outcome);
Card& own_card(Machine& machine);  ///< one of the bank's own
ChipRead usual_chip_read(Machine& machine, const Card& card);

// every session
void open_card_session(Machine& machine, Card& card, ChipRead read);  ///< up to PIN ENTERED
void read_chip(Machine& machine, ChipRead read);
void chip_failure_line(Machine& machine);  ///< "    *TSN*1*D*9,M-81,R-0"
void exchange(Machine& machine);           ///< PAN and START OF TRANSACTION
void ask_host(Machine& machine, std::string_view keys, HostAnswer answer);
void take_card(Machine& machine);
void device_status(Machine& machine, std::string_view address_and_device, std::string_view status);

// receipts
void receipt_head(Machine& machine, std::string_view account_line = {}, bool blank_before = true);
void receipt_serial(Machine& machine, bool zero = false);  ///< MACHINE and TRAN NO
void receipt_card(Machine& machine, bool declined = false);
void receipt_authorization(Machine& machine);
void receipt_item(Machine& machine, std::string_view name, Money amount);  ///< amount right-aligned at column 25
void receipt_application(Machine& machine);
void receipt_thanks(Machine& machine);
void decline_receipt(Machine& machine, std::string_view reason, std::string_view second_line = {}, bool serial_zero = false);

// withdrawals
NoteCounts choose_notes(Machine& machine,
                        Money amount);  ///< what the cassettes can pay of it, at least one note if any is usable
Money usual_amount(Machine& machine);
std::string_view withdrawal_keys(Machine& machine);
HostAnswer approval(ChipRead read);  ///< approved by chip, or none for a stripe
void stack_notes(Machine& machine);
void stack_and_return_card(Machine& machine, const NoteCounts& notes);
void dispense_from_books(Machine& machine, const NoteCounts& notes);
void present_notes(Machine& machine, const NoteCounts& notes);
void withdrawal_receipt(Machine& machine, Money amount);
/// From the chip to the receipt, all in order; END is left to the caller.
void whole_withdrawal(Machine& machine, const NoteCounts& notes, ChipRead read);

// deposits
BillCounts choose_bills(Machine& machine);
void open_deposit(Machine& machine, Card& card, ChipRead read);  ///< up to ITEMS INSERTED
void activate_acceptor(Machine& machine);
struct AcceptorReply {
    char status = '0';
    std::string_view words = "OPERATION OK";
    int module_code = 0;
    const BillCounts* escrow = nullptr;
    const BillCounts* validated = nullptr;
    const BillCounts* refunded = nullptr;
    int rejects = 0;
    int refunded_uncounted = 0;  ///< REF without a list of denominations
};
void acceptor_reply(Machine& machine, const AcceptorReply& reply);
void acceptor_counts(Machine& machine, const AcceptorReply& reply);  ///< the ESC, VAL and REF lines alone
void escrow_notes(Machine& machine, const BillCounts& bills, int module_code = 0, int rejects = 0);
void confirm_deposit(Machine& machine, HostAnswer answer);
void vault_notes(Machine& machine, const BillCounts& bills, int rejects = 0);
void refund_notes(Machine& machine, const BillCounts& bills, bool by_customer, int module_code = 0);
void deposit_receipt(Machine& machine, const BillCounts& credited);
void credit_deposit(Machine& machine, const BillCounts& bills);  ///< tables, exchange and receipt after vault_notes

}  // namespace abm
