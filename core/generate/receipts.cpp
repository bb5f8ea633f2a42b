// Receipts as the host formats them.
#include <fmt/format.h>

#include <chrono>

#include "core/generate/session_steps.h"

namespace abm {

void receipt_head(Machine& machine, std::string_view account_line, bool blank_before) {
    if (blank_before) machine.plain();
    machine.plain("       TESTBANK EFT");
    machine.text.put("   ").line(branch_name(machine.number));
    machine.plain("     DATE        TIME");
    const std::int64_t host = machine.now + machine.profile.host_skew_s + machine.random.between(-2, 2);
    const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{host / 86400}}};
    machine.text.put("   ").number(static_cast<int>(day.year()), 4).put("/").number(static_cast<unsigned>(day.month()), 2);
    machine.text.put("/").number(static_cast<unsigned>(day.day()), 2).put("   ").clock(host).end_line();
    if (!account_line.empty()) machine.text.put("   ").line(account_line);
}

void receipt_serial(Machine& machine, bool zero) {
    machine.text.put("   MACHINE       ").number(machine.number, 4).end_line();
    machine.text.put("   TRAN NO       ").number(zero ? 0 : machine.serial, 6).end_line();
}

void receipt_card(Machine& machine, bool declined) {
    machine.text.put(declined ? "   ***************" : "   ************").number(machine.card().last_digits, 4).end_line();
}

void receipt_authorization(Machine& machine) {
    machine.text.put("   AUTHORIZATION ").number(machine.random.between(1000, 999999), 6).end_line();
}

void receipt_item(Machine& machine, std::string_view name, Money amount) {
    machine.text.put("   ").put(name).right(money_text(amount, false), 22 - name.size()).end_line();
}

void receipt_application(Machine& machine) {
    const bool mastercard = machine.card().issuer->kind == Issuer::Kind::mastercard;
    machine.plain(mastercard ? "   AID:  A0000000041010" : "   AID:  A0000000031010");
    machine.plain(mastercard ? "   APP:  DEBIT MASTERCARD" : "   APP:  VISA DEBIT");
}

void receipt_thanks(Machine& machine) { machine.plain("         THANK YOU"); }

void decline_receipt(Machine& machine, std::string_view reason, std::string_view second_line, bool serial_zero) {
    receipt_head(machine);
    receipt_serial(machine, serial_zero);
    receipt_card(machine, true);
    const Issuer::Kind kind = machine.card().issuer->kind;
    if (kind == Issuer::Kind::mastercard || kind == Issuer::Kind::visa) receipt_application(machine);
    machine.text.put("   ").line(reason);
    if (!second_line.empty()) machine.text.put("   ").line(second_line);
    receipt_thanks(machine);
}

}  // namespace abm
