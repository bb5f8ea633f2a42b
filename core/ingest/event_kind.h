// The vocabulary of NDC journals: every kind of line the lexer tells apart. Source: docs/journal-format.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace abm {

// clang-format off
#define ABM_EVENT_KINDS(X)                                                                                            \
    X(blank) X(text) X(header) X(session_start) X(cardless_start) X(session_end) X(reader_activated)                 \
    X(card_inserted) X(atr_received) X(chip_attempt) X(pin_entered) X(opcode) X(genac1_arqc) X(genac2_tc)             \
    X(genac2_aac) X(no_arpc) X(card_taken) X(card_captured) X(customer_cancelled) X(timeout) X(pan)                   \
    X(exchange_start) X(image_name) X(notes_stacked) X(notes_presented) X(notes_taken) X(bills_out)                  \
    X(counter_title) X(counter_denomination) X(counter_dispensed) X(counter_rejected) X(counter_remaining)           \
    X(deposit_selected) X(deposit_activated) X(shutter_opened) X(items_inserted) X(items_presented) X(items_taken)   \
    X(input_refused) X(add_more_selected) X(add_more_disabled) X(refund_selected) X(deposit_completed)               \
    X(deposit_refunded) X(note_category) X(serial_reads_failed) X(note_error) X(escrow_full) X(recovery_started)     \
    X(recovery_ok) X(recovery_failed) X(notes_in_stacker) X(notes_at_exit) X(money_found) X(retract_started)         \
    X(acceptor_reset) X(init_acceptor) X(init_depository) X(init_depository_end)                                     \
    X(acceptor_status) X(account_prompt) X(status_ok) X(status_cancelled) X(status_device_error)                     \
    X(status_bills_at_powerup) X(status_other) X(escrow_count) X(validated_count) X(refused_count) X(note_list)      \
    X(rejects_count) X(acceptor_table_head) X(acceptor_table_row) X(acceptor_table_total)                            \
    X(receipt_line) X(receipt_date) X(receipt_machine) X(receipt_serial) X(authorization) X(masked_pan)              \
    X(withdrawal_amount) X(balance_inquiry) X(payment) X(available_balance) X(account_balance) X(bills_deposited)    \
    X(bill_line) X(deposit_value) X(deposit_amount) X(app_id)                                                        \
    X(declined_unable_to_process) X(declined_invalid_amount) X(declined_funds) X(declined_limit)                     \
    X(host_no_response) X(declined_account) X(declined_pin) X(unable_to_dispense) X(declined_not_allowed)            \
    X(declined_invalid) X(declined_other)                                                                            \
    X(reader_status) X(dispenser_status) X(depository_status) X(printer_status) X(power_status) X(sensor_status)     \
    X(supervisor_key) X(cheque_status) X(other_status)                                       \
    X(supervisor_entry) X(supervisor_exit) X(power_up) X(software_version) X(reset_prefix) X(component_versions)     \
    X(counts_cleared) X(cash_dispensed_title) X(cash_remaining_title) X(cash_rejected_title) X(type_counts)          \
    X(cash_added) X(cassette_removed) X(cassette_inserted) X(cassette_table_head) X(cassette_row)                    \
    X(cassette_unknown) X(configuration_title) X(configuration_line) X(machine_number) X(checksum)                   \
    X(network_line) X(supervisor_task) X(task_line) X(acceptor_counts_title) X(acceptor_counts_cleared_at)           \
    X(acceptor_counts_line) X(out_of_service) X(in_service)                                                          \
    X(cheque_recovery_ok) X(cheque_recovery_failed) X(pocket_head) X(pocket_totals) X(cheque_activated)              \
    X(cheques_inserted) X(cheque_scan) X(cheque_count) X(cheque_selected) X(cheque_reply) X(cheque_index)            \
    X(cheque_amount) X(micr) X(cheque_signature) X(cheque_date) X(cheque_customer_amount) X(cheque_payee)            \
    X(cheque_captured) X(cheque_capture_failed) X(cheque_identity)                                                   \
    X(not_understood)
// clang-format on

enum class EventKind : std::uint8_t {
#define ABM_X(name) name,
    ABM_EVENT_KINDS(ABM_X)
#undef ABM_X
};
inline constexpr int kEventKindCount = static_cast<int>(EventKind::not_understood) + 1;

std::string_view name_of(EventKind kind);
std::optional<EventKind> event_kind_from_name(std::string_view name);

}  // namespace abm
