#include "core/ingest/receipt_reader.h"

#include <algorithm>

#include "core/ingest/vocabulary.h"

namespace abm {
namespace {

using K = EventKind;

constexpr Money kMostAmount = 10'000'000'000'000;  // more is a damaged line, and sums must not overflow

/// Up to a byte that is no ASCII: the hard blank of a code page, not part of a number.
std::string_view machine_in(std::string_view words) {
    const auto end = std::ranges::find_if(words, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    return trimmed(words.substr(0, static_cast<std::size_t>(end - words.begin())));
}

// The last word of a line as an amount; "$70.00" and "JMD70.00" count too.
Money amount_in(std::string_view text) {
    const std::size_t blank = text.find_last_of(" \t");
    std::string_view word = blank == std::string_view::npos ? text : text.substr(blank + 1);
    while (!word.empty() && !is_digit(word.front()) && word.front() != '-') word.remove_prefix(1);
    const Money amount = parse_money(word).value_or(kNoAmount);
    return amount >= -kMostAmount && amount <= kMostAmount ? amount : kNoAmount;
}

}  // namespace

ReceiptReader::ReceiptReader(JournalChunk& chunk, SessionDraft& session) : chunk_(chunk), session_(session) {
    session_.receipts.first = static_cast<std::uint32_t>(chunk_.receipts.size());
    bills_.kind = NoteTally::Kind::receipt;
}

Money ReceiptReader::last_amount(const Event& event) const { return amount_in(chunk_.words_of(event)); }

void ReceiptReader::see(const Event& event) {
    if (event.second != kNoSecond) last_second_ = event.second;
    if (event.kind == K::exchange_start || event.kind == K::opcode) {
        begin_exchange(event);
        return;
    }
    if (!is_receipt_kind(event.kind)) return;
    open_.printed = true;
    switch (event.kind) {
        case K::receipt_date: {
            if (open_.host_second >= 0) next_receipt();
            const std::string_view words = chunk_.words_of(event);
            open_.host_second = words.size() > 8 ? clock_second(words.substr(words.size() - 8)) : -1;
            open_.terminal_second = last_second_;
            break;
        }
        case K::receipt_machine:
            session_.machine = machine_in(chunk_.words_of(event).substr(7));
            break;
        case K::receipt_serial:
            read_serial(event);
            break;
        case K::authorization:
            open_.authorised = chunk_.words_of(event).size() > 14;
            break;
        case K::withdrawal_amount:
            open_.withdrawal = last_amount(event);
            if (open_.withdrawal == kNoAmount) awaited_ = &Receipt::withdrawal;
            break;
        case K::balance_inquiry:
            open_.balance_inquiry = true;
            break;
        case K::payment:
            open_.payment = last_amount(event);
            awaited_ = &Receipt::payment;
            break;
        case K::available_balance:
        case K::account_balance:
            if (const Money balance = last_amount(event); balance != kNoAmount) open_.balance = balance;
            break;
        case K::bills_deposited:
            open_.has_bills = true;
            break;
        case K::bill_line:
            read_bill(event);
            break;
        case K::deposit_value:
            read_deposit_title(event);
            break;
        case K::deposit_amount:
            read_amount_line(event);
            break;
        default:
            if (event.kind >= K::declined_unable_to_process) open_.decline = event.kind;
            break;
    }
}

// OPCODE and the START line after it open the same exchange.
void ReceiptReader::begin_exchange(const Event& event) {
    const bool same = event.kind == K::exchange_start && opened_by_opcode_ && !open_.printed;
    opened_by_opcode_ = event.kind == K::opcode;
    if (same) return;
    flush();
    for (std::uint32_t i = session_.receipts.count; i > 0; --i) {
        Receipt& printed = chunk_.receipts[session_.receipts.first + i - 1];
        if (printed.end != INT64_MAX) break;
        printed.end = event.offset;
    }
    open_.offset = event.offset;
}

// A second date without an exchange between: another receipt of the same exchange, or the same one printed again.
void ReceiptReader::next_receipt() {
    const std::int64_t exchange = open_.offset;
    flush();
    open_.offset = exchange;
    open_.printed = true;
}

void ReceiptReader::read_serial(const Event& event) {
    std::string_view words = chunk_.words_of(event);
    const std::int32_t number = take_number(words);
    open_.serial = number > 0 ? number % 10'000 : -1;
}

void ReceiptReader::read_amount_line(const Event& event) {
    if (!awaited_) return;
    if (const Money amount = last_amount(event); amount != kNoAmount) open_.*awaited_ = amount;
    awaited_ = nullptr;
}

// "DEPOSIT AC #   VALUE JMD": the amount follows on the next line. Without a list of bills it was a cheque.
void ReceiptReader::read_deposit_title(const Event& event) {
    const std::string_view words = chunk_.words_of(event);
    if (words.size() >= 3) {
        const std::string_view code = words.substr(words.size() - 3);
        if (is_upper(code[0]) && is_upper(code[1]) && is_upper(code[2]))
            std::copy(code.begin(), code.end(), session_.currency.begin());
    }
    awaited_ = open_.has_bills ? &Receipt::deposit : &Receipt::cheque;
}

// "30  X $ 5000"
void ReceiptReader::read_bill(const Event& event) {
    std::string_view words = chunk_.words_of(event);
    const std::int32_t notes = take_count(words);
    const Money value = amount_in(words);
    if (notes <= 0 || value <= 0 || value > kMostDenomination) return;
    if (bills_.list.count == 0) {
        bills_.offset = event.offset;
        bills_.list.first = static_cast<std::uint32_t>(chunk_.notes.size());
    }
    chunk_.notes.push_back({value, notes});
    ++bills_.list.count;
    bills_.notes += notes;
    bills_.amount += value * notes;
}

void ReceiptReader::flush() {
    if (open_.printed) {
        // A receipt printed twice (the journal repeats blocks) counts once.
        const bool repeated = session_.receipts.count > 0 && open_.serial >= 0 && chunk_.receipts.back().serial == open_.serial &&
                              chunk_.receipts.back().host_second == open_.host_second;
        if (!repeated) {
            chunk_.receipts.push_back(open_);
            ++session_.receipts.count;
            if (bills_.list.count > 0) {
                chunk_.tallies.push_back(bills_);
                ++session_.tallies.count;
            }
        }
    }
    open_ = {};
    bills_ = {};
    bills_.kind = NoteTally::Kind::receipt;
    awaited_ = nullptr;
}

void ReceiptReader::finish() { flush(); }

}  // namespace abm
