#include "core/ingest/course_reader.h"

#include <algorithm>

#include "core/ingest/device_status.h"

namespace abm {
namespace {

using K = EventKind;

constexpr int kChipAttemptsBeforeFallback = 3;
constexpr std::int32_t kChipNotInitialised = 81, kChipFailed = 84;

}  // namespace

void CourseReader::see(const Event& event) {
    Facts& facts = session_.facts;
    if (event.second != kNoSecond) follow_clock(event);
    switch (event.kind) {
        case K::session_end:
            facts[Fact::has_end] = 1;
            break;
        case K::cardless_start:
            facts[Fact::cardless] = 1;
            break;
        case K::exchange_start:
            facts[Fact::exchanges] += 1;
            if (session_.first_serial < 0) ++session_.exchanges_before_first_serial;
            ++session_.exchanges_after_last_serial;
            break;
        case K::pin_entered:
            pin_ = true;
            facts[Fact::pin_entered] = 1;
            at_.pin = event.second;
            break;
        case K::opcode:
        case K::genac1_arqc:
            if (pin_ && at_.host == kNoSecond) at_.host = event.second;
            break;
        case K::genac2_tc:
            last_genac_tc_ = session_.deposit_approved = true;
            break;
        case K::genac2_aac:
            last_genac_tc_ = session_.deposit_approved = false;
            break;
        case K::items_inserted:
            session_.deposit_approved = false;
            break;
        case K::customer_cancelled:
        case K::status_cancelled:
        case K::refund_selected:
            facts[Fact::cancelled] = 1;
            break;
        case K::timeout:
            facts[Fact::timed_out] = 1;
            break;
        case K::reset_prefix:
        case K::power_up:
        case K::component_versions:
            reset_ = true;
            break;
        case K::supervisor_key:
        case K::supervisor_exit:
            facts[Fact::supervisor_lines] += 1;
            break;
        case K::notes_presented:
            ++presented_;
            at_.presented = event.second;
            break;
        case K::notes_taken:
            ++taken_;
            at_.taken = event.second;
            break;
        case K::deposit_activated:
            ++deposits_begun_;
            break;
        case K::deposit_completed:
        case K::deposit_refunded:
            ++deposits_done_;
            break;
        default:
            see_card(event);
            see_cheque(event);
            break;
    }
}

void CourseReader::follow_clock(const Event& event) {
    if (session_.first_second == kNoSecond) {
        session_.first_second = event.second;
    } else {
        const std::int32_t gap = seconds_between(session_.last_second, event.second);
        elapsed_ += gap;
        longest_gap_ = std::max(longest_gap_, gap);
        if (gap == 0 && seconds_between(event.second, session_.last_second) > 0) return;  // printed late: time does not go back
    }
    session_.last_second = event.second;
}

void CourseReader::follow_serial(const Event& event) {
    const std::int32_t serial = event.value >> 8;
    if (serial <= 0) return;
    if (session_.first_serial < 0) session_.first_serial = serial;
    session_.last_serial = serial;
    session_.exchanges_after_last_serial = 0;
}

void CourseReader::see_card(const Event& event) {
    Facts& facts = session_.facts;
    switch (event.kind) {
        case K::card_inserted:
            inserted_ = true;
            break;
        case K::atr_received:
            chip_answered_ = true;
            facts[Fact::chip_read] = 1;
            at_.card = event.second;
            break;
        case K::chip_attempt:
            facts[Fact::chip_attempts] = std::max(facts[Fact::chip_attempts], static_cast<double>(event.value));
            break;
        case K::card_taken:
            card_out_ = true;
            break;
        case K::card_captured:
            facts[Fact::card_captured] = 1;
            break;
        case K::pan: {
            std::string_view words = chunk_.words_of(event);
            words.remove_prefix(std::min<std::size_t>(words.size(), 4));
            session_.masked_card = trimmed(words);
            session_.issuer = fixed_number(session_.masked_card, 0, 7);
            break;
        }
        case K::reader_status: {
            follow_serial(event);
            const char digit = static_cast<char>(event.value & 0xFF);
            facts[Fact::reader_status] = is_digit(digit) ? digit - '0' : 0;
            const std::int32_t code = m_code(chunk_.line_of(event));
            if (digit == '9' && (code == kChipFailed || (code == kChipNotInitialised && chip_answered_)))
                facts[Fact::chip_lost] += 1;
            if (digit == '1' || digit == '2') facts[Fact::card_captured] = 1;
            if (digit == '2') not_ejected_ = true;
            break;
        }
        case K::dispenser_status:
        case K::acceptor_status:
            follow_serial(event);
            break;
        default:
            break;
    }
}

void CourseReader::see_cheque(const Event& event) {
    Facts& facts = session_.facts;
    switch (event.kind) {
        case K::cheque_activated:
            facts[Fact::cheque_deposits] += 1;
            break;
        case K::cheque_capture_failed:
            facts[Fact::cheque_capture_failed] += 1;
            break;
        case K::cheque_amount:
            if (chunk_.words_of(event) == "READ AMOUNT:") facts[Fact::cheque_amount_unread] += 1;
            break;
        case K::cheque_signature:
            if (chunk_.words_of(event).ends_with("SIGNATURE MISSING")) facts[Fact::cheque_signature_missing] += 1;
            break;
        default:
            break;
    }
}

int CourseReader::missing_steps() const {
    const bool cardless = session_.facts[Fact::cardless] > 0;
    int missing = 0;
    if (session_.facts[Fact::has_end] == 0) ++missing;
    if (inserted_ && !cardless && !card_out_) ++missing;
    if (presented_ > taken_) missing += presented_ - taken_;
    if (deposits_begun_ > deposits_done_) missing += deposits_begun_ - deposits_done_;
    missing += static_cast<int>(session_.facts[Fact::stacked_not_presented]);
    return missing;
}

void CourseReader::durations(Facts& facts) const {
    const auto span = [](std::int32_t from, std::int32_t to) {
        return from == kNoSecond || to == kNoSecond ? Facts::kUnknown : static_cast<double>(seconds_between(from, to));
    };
    facts[Fact::duration_s] = session_.first_second == kNoSecond ? Facts::kUnknown : elapsed_;
    facts[Fact::longest_gap_s] = session_.first_second == kNoSecond ? Facts::kUnknown : longest_gap_;
    facts[Fact::card_to_pin_s] = span(at_.card, at_.pin);
    facts[Fact::pin_to_host_s] = span(at_.pin, at_.host);
    facts[Fact::host_to_present_s] = span(at_.host, at_.presented);
    facts[Fact::present_to_taken_s] = span(at_.presented, at_.taken);
}

void CourseReader::finish() {
    Facts& facts = session_.facts;
    session_.fallback = facts[Fact::chip_attempts] >= kChipAttemptsBeforeFallback && !chip_answered_;
    facts[Fact::chip_fallback] = session_.fallback;
    facts[Fact::approved_by_chip] = last_genac_tc_;
    facts[Fact::reset_inside] = reset_;
    facts[Fact::reader_stuck] = not_ejected_ && !card_out_;
    facts[Fact::card_unread] = inserted_ && card_out_ && !chip_answered_ && !pin_ && facts[Fact::chip_attempts] == 0 &&
                               facts[Fact::exchanges] == 0 && facts[Fact::cancelled] == 0;
    durations(facts);
    facts[Fact::missing_steps] = missing_steps();
}

}  // namespace abm
