#include "core/ingest/journal_lexer.h"

#include <algorithm>
#include <chrono>

#include "core/ingest/device_status.h"
#include "core/ingest/escapes.h"
#include "core/ingest/line_splitter.h"
#include "core/ingest/text_scan.h"
#include "core/ingest/vocabulary.h"

namespace abm {
namespace {

using K = EventKind;

// "*NNN*MM/DD/YYYY*HH:MM*"
bool is_header(std::string_view text) {
    return text.size() >= 21 && text[4] == '*' && text[15] == '*' && text[7] == '/' && text[10] == '/' && text[18] == ':' &&
           fixed_number(text, 1, 3) >= 0;
}

bool all_of(std::string_view text, bool (*test)(char)) { return !text.empty() && std::all_of(text.begin(), text.end(), test); }

bool is_hex(char c) { return is_digit(c) || (c >= 'A' && c <= 'F'); }

// "JMD5000-030," in the lists of an acceptor block, "JMD5000 126     0" in its table.
K currency_word(std::string_view text) {
    if (text.size() < 5 || !is_upper(text[0]) || !is_upper(text[1]) || !is_upper(text[2]) || !is_digit(text[3]))
        return K::not_understood;
    std::size_t at = 3;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == text.size()) return K::not_understood;
    if (text[at] == '-') return K::note_list;
    return is_blank(text[at]) ? K::acceptor_table_row : K::not_understood;
}

bool is_cassette_position(std::string_view text) {
    for (const std::string_view word : {"TOP ", "SECOND ", "THIRD ", "FOURTH ", "FIFTH ", "BOTTOM ", "FIRST "}) {
        if (text.starts_with(word)) return true;
    }
    return false;
}

std::int32_t number_after(std::string_view text, char mark) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) return -1;
    std::string_view rest = text.substr(at + 1);
    return take_number(rest);
}

bool ends_block(K kind) { return kind != K::blank && kind != K::text && kind != K::not_understood; }

// What may stand between the START OF TRANSACTION line of an exchange and its receipt, or amid the receipt.
bool keeps_receipt_open(K kind) {
    if (is_receipt_kind(kind)) return true;
    switch (kind) {
        case K::blank:
        case K::text:
        case K::header:
        case K::image_name:
        case K::card_taken:
        case K::notes_stacked:
        case K::notes_presented:
        case K::notes_taken:
        case K::bills_out:
        case K::counter_title:
        case K::counter_denomination:
        case K::counter_dispensed:
        case K::counter_rejected:
        case K::counter_remaining:
        case K::dispenser_status:
        case K::acceptor_table_head:
        case K::acceptor_table_row:
        case K::acceptor_table_total:
        case K::genac2_tc:
        case K::genac2_aac:
        case K::not_understood:
            return true;
        default:
            return false;
    }
}

}  // namespace

void JournalLexer::lex_line(std::string_view line, std::int64_t offset, LexedText& out) {
    ++out.lines;
    const Prefix prefix = read_prefix(line);
    Event event{offset, static_cast<std::int32_t>(line.size()), kNoSecond, 0, K::blank};
    if (prefix.reset_bytes > 0) {
        supervisor_text_ = false;
        block_ = Block::none;
        out.events.push_back({offset, static_cast<std::int32_t>(prefix.reset_bytes), kNoSecond, 0, K::reset_prefix});
        if (prefix.bytes == line.size()) return;
    }
    if (prefix.supervisor_text) supervisor_text_ = true;
    if (prefix.supervisor_end) supervisor_text_ = false;

    std::string_view text = line.substr(prefix.bytes);
    if (const std::int32_t second = clock_second(text); second >= 0) {
        event.second = second;
        text.remove_prefix(8);
        if (!text.empty() && (text.front() == ' ' || text.front() == '*')) text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    if (!text.empty()) {
        event.kind = classify(text, event);
    } else if (event.second >= 0) {
        event.kind = K::text;
    }
    follow_context(event.kind);
    if (event.kind == K::header) add_header(text, event, out);
    out.events.push_back(event);
    if (supervisor_text_ && line.size() >= 5 && line.find("\x1B[00p", prefix.bytes) != std::string_view::npos) {
        supervisor_text_ = false;
        block_ = Block::none;
    }
}

EventKind JournalLexer::classify(std::string_view text, Event& event) {
    if (text.front() == '*') return starred(text, event);
    if (is_digit(text.front())) return numeric(text);
    K kind = phrase_kind(text);
    if (kind == K::not_understood) return unknown_word(text);
    kind = in_context(kind, text);
    switch (kind) {
        case K::chip_attempt:
            event.value = number_after(text, '=');
            break;
        case K::escrow_count:
        case K::validated_count:
        case K::refused_count:
        case K::rejects_count:
        case K::cheque_count:
        case K::note_category:
            event.value = number_after(text, ':');
            break;
        default:
            break;
    }
    return kind;
}

EventKind JournalLexer::starred(std::string_view text, Event& event) {
    if (text.size() < 2) return K::text;
    const char second = text[1];
    if (second == '*') return K::masked_pan;
    if (is_digit(second) || second == ' ') {
        if (is_header(text)) {
            event.value = fixed_number(text, 1, 3);
            return K::header;
        }
        if (const auto status = parse_device_status(text)) {
            event.value = (status->serial << 8) | static_cast<unsigned char>(status->digit());
            return device_kind(status->device);
        }
        return K::not_understood;
    }
    const std::string_view words = text.substr(1);
    if (words.starts_with("PRIMARY CARD READER ACTIVATED")) return K::reader_activated;
    if (words.starts_with("TRANSACTION START*")) return K::session_start;
    if (words.starts_with("CARDLESS TRANSACTION START*")) return K::cardless_start;
    if (words.starts_with("CONFIGURATION DATA")) return K::configuration_title;
    const K kind = phrase_kind(words);
    return kind == K::not_understood ? unknown_word(text) : kind;
}

EventKind JournalLexer::numeric(std::string_view text) const {
    if (text.size() > 12 && text[6] == '_' && fixed_number(text, 0, 6) >= 0) return K::image_name;
    if (text.size() >= 10 && text[4] == '/' && text[7] == '/' && fixed_number(text, 0, 4) >= 0) return K::receipt_date;
    std::size_t digits = 0;
    while (digits < text.size() && (is_digit(text[digits]) || text[digits] == ',')) ++digits;
    if (text.size() == 20 && all_of(text, is_hex)) return K::checksum;
    std::string_view rest = text.substr(digits);
    if (rest.size() >= 3 && rest[0] == '.' && is_digit(rest[1]) && is_digit(rest[2]) && block_ == Block::receipt)
        return K::deposit_amount;
    if (rest.starts_with("****")) return block_ == Block::receipt ? K::deposit_amount : K::not_understood;
    rest = trimmed(rest);
    if (rest.starts_with("X ")) return K::bill_line;
    if (digits <= 2 && rest.size() > 8 && is_upper(rest[0]) && is_upper(rest[1]) && is_upper(rest[2]) && rest[3] == ' ')
        return K::cassette_row;
    if (rest.starts_with("/") && (rest.ends_with("AM") || rest.ends_with("PM"))) return K::task_line;
    return unknown_word(text);
}

// Words that mean something else, or nothing, outside their block.
EventKind JournalLexer::in_context(EventKind kind, std::string_view text) const {
    switch (kind) {
        case K::counter_rejected:
            return block_ == Block::acceptor_counts ? K::acceptor_counts_line : kind;
        case K::acceptor_counts_line:
            return block_ == Block::acceptor_counts ? kind : unknown_word(text);
        case K::acceptor_table_total:
            return text.find('.') == std::string_view::npos ? kind : unknown_word(text);
        default:
            return kind;
    }
}

EventKind JournalLexer::unknown_word(std::string_view text) const {
    if (const K kind = currency_word(text); kind != K::not_understood) return kind;
    if (text == "A/C") return K::account_prompt;
    if (text.ends_with("CASSETTE REMOVED")) return K::cassette_removed;
    if (text.ends_with("CASSETTE INSERTED")) return K::cassette_inserted;
    if (text.starts_with("---")) return K::text;
    if (is_cassette_position(text)) return K::cassette_row;
    if (text.size() == 20 && all_of(text, is_hex)) return K::checksum;
    if (supervisor_text_) return text.find('=') != std::string_view::npos ? K::configuration_line : K::text;
    if (block_ == Block::network && text.find(':') != std::string_view::npos) return K::network_line;
    if (block_ == Block::receipt) return K::receipt_line;
    return K::not_understood;
}

void JournalLexer::follow_context(EventKind kind) {
    switch (kind) {
        case K::session_start:
        case K::cardless_start:
            block_ = Block::none;
            supervisor_text_ = false;
            break;
        case K::exchange_start:
        case K::bills_out:
            block_ = Block::receipt;
            break;  // some receipts follow a dispense without that line
        case K::network_line:
            block_ = Block::network;
            break;
        case K::acceptor_counts_title:
            block_ = Block::acceptor_counts;
            break;
        case K::acceptor_counts_line:
        case K::acceptor_counts_cleared_at:
            break;
        default:
            if (block_ == Block::receipt ? !keeps_receipt_open(kind) : ends_block(kind)) block_ = Block::none;
            break;
    }
}

void JournalLexer::add_header(std::string_view text, const Event& event, LexedText& out) const {
    using namespace std::chrono;
    const year_month_day date{year{fixed_number(text, 11, 4)}, month{static_cast<unsigned>(fixed_number(text, 5, 2))},
                              day{static_cast<unsigned>(fixed_number(text, 8, 2))}};
    const std::int32_t hour = fixed_number(text, 16, 2);
    const std::int32_t minute = fixed_number(text, 19, 2);
    if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59) return;
    out.headers.push_back({static_cast<std::int32_t>(out.events.size()), event.value,
                           static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count()), hour * 60 + minute});
}

void lex_journal(std::string_view text, std::int64_t offset, LexedText& out) {
    out.events.reserve(text.size() / 20);
    JournalLexer lexer;
    LineSplitter splitter(text);
    LineSplitter::Line line{};
    while (splitter.next(line)) {
        const auto bytes = static_cast<std::size_t>(line.end - line.begin);
        lexer.lex_line({line.begin, bytes}, offset + (line.begin - text.data()), out);
        const std::ptrdiff_t end_bytes = line.next - line.end;
        if (end_bytes == 2) {
            ++out.crlf_ends;
        } else if (end_bytes == 1) {
            ++(*line.end == '\r' ? out.cr_ends : out.lf_ends);
        }
    }
}

bool is_start_line(std::string_view line) {
    if (line.find("TRANSACTION START*") == std::string_view::npos) return false;
    const std::string_view text = line.substr(read_prefix(line).bytes);
    return text.starts_with("*TRANSACTION START*") || text.starts_with("*CARDLESS TRANSACTION START*");
}

}  // namespace abm
