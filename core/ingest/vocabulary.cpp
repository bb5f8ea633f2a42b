#include "core/ingest/vocabulary.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

namespace abm {
namespace {

struct Phrase {
    std::string_view text;  ///< at least four characters, upper case as the terminal writes them
    EventKind kind;
};

using K = EventKind;

constexpr auto kPhrases = std::to_array<Phrase>({
    // card
    {"CARD INSERTED", K::card_inserted},
    {"ATR RECEIVED", K::atr_received},
    {"CARD INITIALISE ATTEMPT", K::chip_attempt},
    {"CARD INITIALIZE ATTEMPT", K::chip_attempt},
    {"PIN ENTERED", K::pin_entered},
    {"OPCODE =", K::opcode},
    {"GENAC 1 : ARQC", K::genac1_arqc},
    {"GENAC 2 : TC", K::genac2_tc},
    {"GENAC 2 : AAC", K::genac2_aac},
    {"EXTERNAL AUTHENTICATE", K::no_arpc},
    {"CARD TAKEN", K::card_taken},
    {"CARD CAPTURED", K::card_captured},
    {"CARD RETAINED", K::card_captured},
    {"CUSTOMER CANCELLED", K::customer_cancelled},
    {"CUSTOMER CANCELED", K::customer_cancelled},
    {"TIMEOUT FROM", K::timeout},
    {"TIMEOUT", K::timeout},
    {"PAN ", K::pan},
    {"---START OF TRANSACTION", K::exchange_start},
    {"TRANSACTION END", K::session_end},
    // dispense
    {"NOTES STACKED", K::notes_stacked},
    {"NOTES PRESENTED", K::notes_presented},
    {"NOTES TAKEN", K::notes_taken},
    {"CASS ONE", K::bills_out},
    {"CASS TWO", K::bills_out},
    {"CASS THRE", K::bills_out},
    {"CASS FOUR", K::bills_out},
    {"CASS FIVE", K::bills_out},
    {"CASS SIX", K::bills_out},
    {"CASH TOTAL", K::counter_title},
    {"DENOMINATION", K::counter_denomination},
    {"DISPENSED ", K::counter_dispensed},
    {"REJECTED ", K::counter_rejected},
    {"REMAINING ", K::counter_remaining},
    // deposit
    {"CASHIN DEPOSIT SELECTED", K::deposit_selected},
    {"CIM-DEPOSIT ACTIVATED", K::deposit_activated},
    {"CIM-SHUTTER OPENED", K::shutter_opened},
    {"CIM-ITEMS INSERTED", K::items_inserted},
    {"CIM-ITEMS PRESENTED", K::items_presented},
    {"CIM-ITEMS TAKEN", K::items_taken},
    {"CIM-INPUT REFUSED", K::input_refused},
    {"CASHIN ADD MORE NOTES SELECTED", K::add_more_selected},
    {"CASHIN ADD MORE NOT ENABLED", K::add_more_disabled},
    {"CASHIN REFUND SELECTED", K::refund_selected},
    {"CIM-DEPOSIT COMPLETED - ITEMS REFUNDED", K::deposit_refunded},
    {"CIM-DEPOSIT COMPLETED", K::deposit_completed},
    {"CAT1 NOTES", K::note_category},
    {"CAT2 NOTES", K::note_category},
    {"CAT3 NOTES", K::note_category},
    {"CAT4 NOTES", K::note_category},
    {"FAILED SERIAL NUMBER READS", K::serial_reads_failed},
    {"NOTE ERROR OCCURRED", K::note_error},
    {"ESCROW FULL", K::escrow_full},
    {"CASHIN RECOVERY STARTED", K::recovery_started},
    {"CASHIN RECOVERY OK", K::recovery_ok},
    {"CASHIN RECOVERY FAILED", K::recovery_failed},
    {"NOTES DETECTED IN THE STACKER", K::notes_in_stacker},
    {"NOTES DETECTED IN THE EXIT", K::notes_at_exit},
    {"NOTES DETECTED AT THE EXIT", K::notes_at_exit},
    {"EXIT SLOT", K::notes_at_exit},
    {"MONEY FOUND", K::money_found},
    {"CASHIN RETRACT STARTED", K::retract_started},
    {"CIM-RESET CALLED", K::acceptor_reset},
    {"INIT BNA", K::init_acceptor},
    {"INIT DEPOS STARTED", K::init_depository},
    {"INIT DEPOS END", K::init_depository_end},
    {"OPERATION OK", K::status_ok},
    {"CUSTOMER CANCEL", K::status_cancelled},
    {"DEVICE ERROR", K::status_device_error},
    {"BILLS AT POWERUP", K::status_bills_at_powerup},
    {"ESC: ", K::escrow_count},
    {"VAL: ", K::validated_count},
    {"REF: ", K::refused_count},
    {"REJECTS:", K::rejects_count},
    {"DENOM ", K::acceptor_table_head},
    {"TOTAL ", K::acceptor_table_total},
    {"UNKNOWN ", K::acceptor_table_row},
    // receipt
    {"DATE  ", K::receipt_line},
    {"MACHINE  ", K::receipt_machine},
    {"TRAN NO", K::receipt_serial},
    {"AUTHORIZATION", K::authorization},
    {"AUTHORISATION", K::authorization},
    {"****", K::masked_pan},
    {"WITHDRAWAL", K::withdrawal_amount},
    {"BALANCE INQUIRY", K::balance_inquiry},
    {"PAYMENT TO", K::payment},
    {"AVAILABLE", K::available_balance},
    {"ACCOUNT  ", K::account_balance},
    {"NO.OF BILLS DEPOSITED", K::bills_deposited},
    {"DEPOSIT AC", K::deposit_value},
    {"AID:", K::app_id},
    {"APP:", K::app_id},
    {"THANK YOU", K::receipt_line},
    {"FROM SAVINGS", K::receipt_line},
    {"FROM CHECKING", K::receipt_line},
    {"UNABLE TO PROCESS", K::declined_unable_to_process},
    {"INVALID AMOUNT", K::declined_invalid_amount},
    {"NOT ENOUGH FUNDS", K::declined_funds},
    {"INSUFFICIENT FUNDS", K::declined_funds},
    {"EXCEEDS LIMIT", K::declined_limit},
    {"NO RESPONSE FROM", K::host_no_response},
    {"NO CHECKING A/C", K::declined_account},
    {"NO SAVINGS A/C", K::declined_account},
    {"INCORRECT PIN", K::declined_pin},
    {"INVALID PIN", K::declined_pin},
    {"UNABLE TO DISPENSE", K::unable_to_dispense},
    {"TXN. NOT ALLOWED", K::declined_not_allowed},
    {"TXN NOT ALLOWED", K::declined_not_allowed},
    {"INVALID TRANSACTION", K::declined_invalid},
    {"TRANSACTION DECLINED", K::declined_other},
    {"DECLINED", K::declined_other},
    {"EXPIRED CARD", K::declined_other},
    // maintenance
    {"SUPERVISOR MODE ENTRY", K::supervisor_entry},
    {"SUPERVISOR MODE EXIT", K::supervisor_exit},
    {"POWER-UP/RESET", K::power_up},
    {"APTRA ADVANCE", K::software_version},
    {"COMPONENT VERSIONS", K::component_versions},
    {"CASH COUNTS CLEARED", K::counts_cleared},
    {"CASH DISPENSED", K::cash_dispensed_title},
    {"CASH REMAINING", K::cash_remaining_title},
    {"CASH REJECTED", K::cash_rejected_title},
    {"TYPE 1", K::type_counts},
    {"TYPE 3", K::type_counts},
    {"TYPE 5", K::type_counts},
    {"TYPE 7", K::type_counts},
    {"CASH ADDED", K::cash_added},
    {"CASSETTE INFORMATION WAS NOT DISPLAYED", K::cassette_unknown},
    {"CASSETTE INFORMATION", K::text},
    {"POSITION   CUR", K::cassette_table_head},
    {"TYPE CURR VALUE", K::cassette_table_head},
    {"MACHINE NO", K::machine_number},
    {"EMV KERNEL CHECKSUM", K::text},
    {"EMV LEVEL 2 CONFIG CHECKSUM", K::text},
    {"CURRENT CONFIG CHECKSUM", K::text},
    {"ICC ", K::software_version},
    {"CAM ", K::software_version},
    {"INT ", K::software_version},
    {"CONFIG AS", K::network_line},
    {"SUPERVISOR TASK ENTERED", K::supervisor_task},
    {"SUPERVISOR TASK EXITED", K::supervisor_task},
    {"TERMINALID:", K::task_line},
    {"USERTYPE:", K::task_line},
    {"USERID:", K::task_line},
    {"TASKNAME:", K::task_line},
    {"RESULT:", K::task_line},
    {"BNA CNTRS", K::acceptor_counts_title},
    {"LAST CLEARED", K::acceptor_counts_cleared_at},
    {"COUNT ", K::acceptor_counts_line},
    {"ENCASHED", K::acceptor_counts_line},
    {"RETRACTED ", K::acceptor_counts_line},
    {"NOTES IN TRANSPORT", K::acceptor_counts_line},
    {"ESCRW ", K::acceptor_counts_line},
    {"TOTAL COUNTERFEIT", K::acceptor_counts_line},
    {"TOTAL SUSPECT", K::acceptor_counts_line},
    {"OUT OF SERVICE", K::out_of_service},
    {"IN SERVICE", K::in_service},
    // cheque
    {"CHEQUE RECOVERY: SUCCESS", K::cheque_recovery_ok},
    {"CHEQUE RECOVERY:", K::cheque_recovery_failed},
    {"POCKET1", K::pocket_head},
    {"TOTALS ", K::pocket_totals},
    {"CHEQUE DEPOSIT ACTIVATED", K::cheque_activated},
    {"CHEQUES INSERTED", K::cheques_inserted},
    {"SCAN CHEQUES", K::cheque_scan},
    {"INSERTED:", K::cheque_count},
    {"REFUSED:", K::cheque_count},
    {"REJECTED:", K::cheque_count},
    {"ESCROW:", K::cheque_count},
    {"CHEQUE DEPOSIT SELECTED", K::cheque_selected},
    {"CHEQUE TRANSACTION REPLY", K::cheque_reply},
    {"DEPOSIT ALL THE CHEQUES", K::cheque_reply},
    {"CHEQUE INDEX", K::cheque_index},
    {"READ AMOUNT:", K::cheque_amount},
    {"MICR CODE", K::micr},
    {"SIGNATURE VALIDATION", K::cheque_signature},
    {"DATE VALIDATION", K::cheque_date},
    {"CUSTOMER ENTERED AMOUNT", K::cheque_customer_amount},
    {"PAYEE INFORMATION", K::cheque_payee},
    {"CHEQUE CAPTURED", K::cheque_captured},
    {"CHEQUE CAPTURE FAILED", K::cheque_capture_failed},
    {"TSN:", K::cheque_identity},
    {"CARD:", K::cheque_identity},
});

constexpr std::size_t kBuckets = 1024;

std::uint32_t first_four(std::string_view text) {
    std::uint32_t key = 0;
    std::memcpy(&key, text.data(), 4);
    return key;
}

std::size_t bucket_of(std::uint32_t key) { return (key * 2654435761U) >> 22; }

// Phrases by the hash of their first four bytes, longest first within a bucket.
struct Index {
    std::array<std::uint16_t, kBuckets + 1> first{};
    std::vector<Phrase> phrases;

    Index() : phrases(kPhrases.begin(), kPhrases.end()) {
        std::stable_sort(phrases.begin(), phrases.end(), [](const Phrase& a, const Phrase& b) {
            const auto x = bucket_of(first_four(a.text));
            const auto y = bucket_of(first_four(b.text));
            return x != y ? x < y : a.text.size() > b.text.size();
        });
        for (const Phrase& phrase : phrases) ++first[bucket_of(first_four(phrase.text)) + 1];
        for (std::size_t i = 0; i < kBuckets; ++i) first[i + 1] = static_cast<std::uint16_t>(first[i + 1] + first[i]);
    }
};

const Index kIndex;

}  // namespace

EventKind phrase_kind(std::string_view text) {
    if (text.size() < 4) return EventKind::not_understood;
    const std::size_t bucket = bucket_of(first_four(text));
    for (std::size_t i = kIndex.first[bucket]; i < kIndex.first[bucket + 1]; ++i) {
        if (text.starts_with(kIndex.phrases[i].text)) return kIndex.phrases[i].kind;
    }
    return EventKind::not_understood;
}

bool is_receipt_kind(EventKind kind) { return (kind >= EventKind::receipt_line && kind <= EventKind::declined_other); }

}  // namespace abm
