#include "core/ingest/interval_linker.h"

#include <xxhash.h>

#include <algorithm>
#include <numeric>

#include "core/ingest/device_status.h"
#include "core/ingest/dispenser_reader.h"

namespace abm {
namespace {

using K = EventKind;

constexpr std::uint32_t kTimeNotFurther = 1000;  // lines; a time that far away says nothing

std::int32_t total(const CassetteCounts& counts) { return std::accumulate(counts.begin(), counts.end(), 0); }

}  // namespace

std::span<const Event> IntervalLinker::events_of(const Segment& segment) const {
    return std::span(chunk_.lexed.events).subspan(segment.first, segment.last - segment.first);
}

TextSpan IntervalLinker::span_of(const Segment& segment) const {
    const auto events = events_of(segment);
    return {events.front().offset, events.back().span().end() - events.front().offset};
}

// Of the first line with a time from `event` on, by the header before it.
Time IntervalLinker::time_at(std::uint32_t event) const {
    const auto& events = chunk_.lexed.events;
    const std::uint32_t end = std::min(draft_.events.first + draft_.events.count, event + kTimeNotFurther);
    while (event < end && events[event].second == kNoSecond && events[event].kind != K::header) ++event;
    const auto headers = std::span(chunk_.lexed.headers).subspan(draft_.first_header);
    const auto behind = std::ranges::upper_bound(headers, static_cast<std::int32_t>(event), {}, &HeaderStamp::event);
    if (behind == headers.begin()) return record_.start;
    return MachineClock::resolve(*std::prev(behind), event < end ? events[event].second : kNoSecond);
}

bool IntervalLinker::foreign(const Segment& segment) const { return source_.clock_.foreign_at(span_of(segment).offset); }

void IntervalLinker::run() {
    segments_ = find_segments(chunk_, draft_);
    find_visits();
    for (const Segment& segment : segments_) {
        LinkedScope scope{source_.next_record_, segment.kind, span_of(segment), {segment.first, segment.last - segment.first}};
        Facts facts;
        facts[Fact::in_clock_jump] = foreign(segment);
        link(segment, scope.kind, facts);
        SourceLinker::add_scope(out_, scope, facts);
    }
    for (std::uint32_t i = draft_.events.first; i < draft_.events.first + draft_.events.count; ++i) {
        const Event& event = chunk_.lexed.events[i];
        if (event.kind == K::notes_presented && !supervised(i) && !within_cut_session(i)) link_presented(event);
        if (event.kind == K::init_depository_end || event.kind == K::recovery_ok) {
            source_.end_outage(event.offset, time_at(i), out_);
        }
    }
    source_.last_interval_resets_ = static_cast<int>(whole_[Fact::power_resets]);
    source_.last_interval_entries_ = static_cast<int>(whole_[Fact::supervisor_entries]);
    source_.last_interval_had_money_ = whole_[Fact::money_found] > 0;
    SourceLinker::add_scope(out_, {source_.next_record_, ScopeKind::interval, record_.span, draft_.events}, whole_);
}

void IntervalLinker::find_visits() {
    for (const Segment& segment : segments_) {
        if (segment.kind == ScopeKind::supervisor_visit) visits_.push_back(segment);
        if (segment.kind == ScopeKind::cash_added) last_cash_added_ = segment.first;
    }
}

bool IntervalLinker::supervised(std::uint32_t event) const {
    const auto behind = std::ranges::upper_bound(visits_, event, {}, &Segment::first);
    return behind != visits_.begin() && event < std::prev(behind)->last;
}

// A file may begin in the middle of a session: until its first lines say that one ended or could not go on, notes are somebody's.
bool IntervalLinker::within_cut_session(std::uint32_t event) const {
    if (record_.span.offset > 0) return false;
    const auto before = std::span(chunk_.lexed.events).subspan(draft_.events.first, event - draft_.events.first);
    return std::ranges::none_of(before, [](const Event& one) {
        return one.kind == K::session_end || one.kind == K::reader_activated || one.kind == K::supervisor_entry ||
               one.kind == K::supervisor_exit || one.kind == K::power_up || one.kind == K::reset_prefix;
    });
}

// Notes for nobody: no card, no session, no operator.
void IntervalLinker::link_presented(const Event& event) {
    CassetteCounts notes{};
    std::string_view words = chunk_.words_of(event);
    for (std::int32_t& count : notes) {
        const std::int32_t number = take_count(words);
        if (number < 0) break;
        count = number;
    }
    whole_[Fact::presented_notes] += total(notes);
    whole_[Fact::presented_unauthorised_amount] +=
        units(source_.books().presented_outside(notes, event.offset, source_.context(record_), out_.movements));
}

void IntervalLinker::link(const Segment& segment, ScopeKind& kind, Facts& facts) {
    switch (segment.kind) {
        case ScopeKind::supervisor_visit:
            whole_[Fact::supervisor_entries] += 1;
            whole_[Fact::supervisor_unclosed] += segment.unclosed;
            link_supervisor(segment, facts);
            source_.books_.operator_was_here();
            source_.foreign_books_.operator_was_here();
            break;
        case ScopeKind::power_reset:
            whole_[Fact::power_resets] += 1;
            facts[Fact::power_resets] = 1;
            link_reset(segment, facts);
            break;
        case ScopeKind::note_recovery:
            link_recovery(segment, facts);
            break;
        case ScopeKind::cheque_recovery:
            link_cheque(segment, facts);
            break;
        case ScopeKind::counts_cleared:
            link_cleared(segment, facts);
            break;
        case ScopeKind::cash_added:
            link_added(segment, facts);
            break;
        case ScopeKind::configuration:
            link_configuration(segment, facts);
            break;
        case ScopeKind::acceptor_counts:
            link_acceptor_counts(segment, kind, facts);
            break;
        case ScopeKind::device_status:
            link_device(segment, facts);
            break;
        default:
            break;
    }
}

void IntervalLinker::link_supervisor(const Segment& segment, Facts& facts) const {
    facts[Fact::supervisor_entries] = 1;
    facts[Fact::supervisor_unclosed] = segment.unclosed;
    for (const Event& event : events_of(segment)) {
        facts[Fact::supervisor_lines] += event.kind == K::supervisor_key;
        facts[Fact::cash_added_here] += event.kind == K::cash_added;
    }
}

void IntervalLinker::link_reset(const Segment& segment, Facts& facts) {
    std::uint64_t checksums = 0;
    for (const Event& event : events_of(segment)) {
        if (event.kind == K::checksum) {
            const std::string_view words = chunk_.words_of(event);
            checksums = XXH3_64bits_withSeed(words.data(), words.size(), checksums);
        }
        if (event.kind == K::power_status) {
            std::string_view words = chunk_.line_of(event);
            words = words.substr(std::min(words.size(), words.find("*B")));
            const std::int32_t id = take_number(words);
            facts[Fact::configuration_id_changed] = source_.configuration_id_ >= 0 && id >= 0 && id != source_.configuration_id_;
            if (id >= 0) source_.configuration_id_ = id;
        }
    }
    if (checksums != 0) {
        facts[Fact::checksum_changed] = source_.checksums_ != 0 && source_.checksums_ != checksums;
        source_.checksums_ = checksums;
    }
    if (facts[Fact::configuration_id_changed] > 0 || facts[Fact::checksum_changed] > 0) {
        const LinkedScope scope{
            source_.next_record_, ScopeKind::configuration, span_of(segment), {segment.first, segment.last - segment.first}};
        SourceLinker::add_scope(out_, scope, facts);
    }
}

void IntervalLinker::link_recovery(const Segment& segment, Facts& facts) {
    for (const Event& event : events_of(segment)) {
        facts[Fact::recoveries_failed] += event.kind == K::recovery_failed;
        facts[Fact::money_found] +=
            event.kind == K::money_found || event.kind == K::notes_in_stacker || event.kind == K::notes_at_exit;
        if (event.kind == K::validated_count) facts[Fact::recovered_notes] += event.value;
        if (event.kind == K::recovery_failed) {
            // The date of a foreign time says nothing about how long the outage lasts.
            source_.begin_outage(events_of(segment).front().offset, foreign(segment) ? kUnknownTime : time_at(segment.first));
        }
    }
    // A later recovery empties what an earlier one found.
    if (whole_[Fact::money_found] > 0) facts[Fact::money_found] += 1;
    whole_[Fact::money_found] += facts[Fact::money_found];
    whole_[Fact::recoveries_failed] += facts[Fact::recoveries_failed];
}

void IntervalLinker::link_cheque(const Segment& segment, Facts& facts) const {
    bool captured = false;
    bool identified = false;
    for (const Event& event : events_of(segment)) {
        facts[Fact::cheque_capture_failed] += event.kind == K::cheque_capture_failed;
        captured = captured || event.kind == K::cheque_captured;
        const std::string_view words = event.kind == K::cheque_identity ? chunk_.words_of(event) : std::string_view();
        if (words.starts_with("CARD:") && words.size() > 5) identified = true;
    }
    facts[Fact::cheque_unidentified] = captured && !identified;
}

// "TYPE 1 = 02000  TYPE 2 = 02000" below its title.
OperatorCounts IntervalLinker::read_type_counts(const Segment& segment) const {
    OperatorCounts counts;
    counts.offset = events_of(segment).front().offset;
    CassetteCounts* target = &counts.remaining;
    for (const Event& event : events_of(segment)) {
        if (event.kind == K::cash_dispensed_title) target = &counts.dispensed;
        if (event.kind == K::cash_remaining_title) target = &counts.remaining;
        if (event.kind == K::cash_rejected_title) target = &counts.rejected;
        if (event.kind != K::type_counts) continue;
        counts.dispensed_known = counts.dispensed_known || target == &counts.dispensed;
        counts.remaining_known = counts.remaining_known || target == &counts.remaining;
        counts.rejected_known = counts.rejected_known || target == &counts.rejected;
        std::string_view words = chunk_.words_of(event);
        while (true) {
            const std::int32_t type = take_number(words);
            const std::int32_t notes = take_count(words);
            if (type < 1 || type > kMostCassettes || notes < 0) break;
            (*target)[static_cast<std::size_t>(type - 1)] = notes;
        }
    }
    return counts;
}

bool IntervalLinker::cash_added_after(const Segment& segment) const { return last_cash_added_ >= segment.first; }

void IntervalLinker::link_cleared(const Segment& segment, Facts& facts) {
    const OperatorCounts counts = read_type_counts(segment);
    CashBooks& books = source_.books_;
    facts[Fact::books_notes] = books.known() ? books.notes_on_books() : Facts::kUnknown;
    facts[Fact::cleared_remaining_notes] = total(counts.remaining);
    facts[Fact::cash_added_here] = cash_added_after(segment);
    const bool to_zero = total(counts.remaining) == 0;
    facts[Fact::cleared_differs] =
        books.known() && counts.remaining != books.remaining() && !(to_zero && facts[Fact::cash_added_here] > 0);
    // What a foreign disk image says of counters is not about this machine.
    if (!foreign(segment)) books.counts_cleared(counts, source_.context(record_), out_.movements);
}

void IntervalLinker::link_added(const Segment& segment, Facts& facts) {
    const OperatorCounts counts = read_type_counts(segment);
    facts[Fact::cash_added_notes] = total(counts.remaining);
    facts[Fact::cash_added_here] = 1;
    if (!foreign(segment)) source_.books_.cash_added(counts, source_.context(record_), out_.movements);
}

// "1    JMD  1000  1     OK" or "TOP        GBP   5     1     LOW" against the currency and values this machine paid out before.
void IntervalLinker::link_configuration(const Segment& segment, Facts& facts) const {
    const CashBooks& books = source_.books_;
    std::size_t row = 0;
    for (const Event& event : events_of(segment)) {
        if (event.kind != K::cassette_row) continue;
        std::string_view words = chunk_.words_of(event);
        take_word(words);
        const std::string_view currency = take_word(words);
        const std::int32_t value = take_number(words);
        const std::string_view known(source_.currency_.data());
        if (currency.size() == 3 && !known.empty() && currency != known) facts[Fact::currency_changed] = 1;
        if (books.known() && row < static_cast<std::size_t>(books.cassettes()) && value > 0 &&
            Money{value} * 100 != books.denomination()[row]) {
            facts[Fact::denomination_changed] = 1;
        }
        ++row;
    }
}

void IntervalLinker::link_acceptor_counts(const Segment& segment, ScopeKind& kind, Facts& facts) {
    std::int32_t notes = 0;
    for (const Event& event : events_of(segment)) {
        if (event.kind != K::acceptor_counts_line && event.kind != K::acceptor_table_total) continue;
        std::string_view words = chunk_.words_of(event);
        add_notes(notes, std::max(take_count(words), 0));
    }
    if (notes > 0) {
        kind = ScopeKind::counts_printed;
        return;
    }
    facts[Fact::acceptor_books_notes] = std::max(source_.books_.acceptor_notes(), 0);
    source_.books_.acceptor_cleared();
}

// What a dispenser status says was asked for; unknown without denominations.
double IntervalLinker::requested_amount(const Event& event) const {
    const std::string_view line = chunk_.line_of(event);
    const auto status = parse_device_status(line.substr(std::min(line.size(), line.find('*', read_prefix(line).bytes))));
    CassetteCounts notes{};
    if (!status || dispenser_status_notes(status->status, notes) == 0) return Facts::kUnknown;
    const Money value = source_.books().value_of(notes);
    return value > 0 ? units(value) : Facts::kUnknown;
}

void IntervalLinker::link_device(const Segment& segment, Facts& facts) const {
    const Event& event = events_of(segment).front();
    const char digit = static_cast<char>(event.value & 0xFF);
    const double value = is_digit(digit) ? digit - '0' : 0;
    if (event.kind == K::reader_status) {
        facts[Fact::reader_status] = value;
        facts[Fact::card_captured] = digit == '1' || digit == '2';
        facts[Fact::reader_stuck] = digit == '2';
    }
    if (event.kind == K::dispenser_status) {
        facts[Fact::dispenser_status] = value;
        if (digit == '5') facts[Fact::retracted_amount] = Facts::kUnknown;
        if (digit == '3') facts[Fact::unknown_dispensed_amount] = requested_amount(event);
    }
    if (event.kind == K::acceptor_status) {
        facts[Fact::acceptor_status] = value;
        facts[Fact::counterfeit_notes] = digit == '?';
        facts[Fact::suspect_notes] = digit == '@';
    }
}

}  // namespace abm
