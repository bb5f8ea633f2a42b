#include "core/ingest/linker.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>

#include "core/ingest/interval_linker.h"
#include "core/ingest/session_outcome.h"

namespace abm {
namespace {

using namespace std::chrono_literals;
using K = EventKind;

constexpr double kUsualGapUnknown_s = 300;
constexpr std::int32_t kMostMissingSerials = 200;  // beyond that the serial was restarted
constexpr std::int32_t kSerials = 10'000;
constexpr auto kNotableSilence = 1h;
constexpr auto kNotableOutage = 15min;
constexpr int kDayBeginsHour = 7, kDayEndsHour = 22;

double seconds(Time from, Time to) { return std::chrono::duration<double>(to - from).count(); }

// Seconds of [from, to) that fall between 07:00 and 22:00, when customers are expected.
double daytime_seconds(Time from, Time to) {
    double total = 0;
    for (auto day = std::chrono::floor<std::chrono::days>(from); day < to; day += std::chrono::days{1}) {
        const Time opens = Time{day} + std::chrono::hours{kDayBeginsHour};
        const Time closes = Time{day} + std::chrono::hours{kDayEndsHour};
        const Time begin = std::max(from, opens);
        const Time end = std::min(to, closes);
        if (end > begin) total += seconds(begin, end);
        if (total > 366 * 86'400.0) break;
    }
    return total;
}

}  // namespace

void RecentMedian::add(double value) {
    if (values_.size() < remembered_) {
        values_.push_back(value);
    } else {
        sorted_.erase(std::lower_bound(sorted_.begin(), sorted_.end(), values_[next_]));
        values_[next_] = value;
        next_ = (next_ + 1) % remembered_;
    }
    sorted_.insert(std::upper_bound(sorted_.begin(), sorted_.end(), value), value);
}

void SourceLinker::add_scope(LinkedChunk& out, LinkedScope scope, const Facts& facts) {
    scope.facts = static_cast<std::int32_t>(out.facts.size());
    out.facts.push_back(facts);
    out.scopes.push_back(scope);
}

LinkedChunk SourceLinker::link(JournalChunk& chunk) {
    LinkedChunk out;
    out.records.reserve(chunk.records.size());
    for (const RecordDraft& draft : chunk.records) {
        Record record = make_record(chunk, draft);
        set_times(chunk, draft, record);
        follow_headers(chunk, draft);
        follow_foreign_time();
        if (draft.session >= 0) {
            link_session(chunk, draft, record, out);
        } else {
            link_interval(chunk, draft, record, out);
        }
        clock_scopes(out);
        out.records.push_back(record);
        ++next_record_;
    }
    return out;
}

LinkedChunk SourceLinker::finish(std::int64_t source_end) {
    LinkedChunk out;
    clock_.finish(source_end);
    clock_scopes(out);
    if (outage_ && clock_.last()) end_outage(source_end, MachineClock::time_of(*clock_.last()), out);
    return out;
}

Record SourceLinker::make_record(const JournalChunk&, const RecordDraft& draft) {
    Record record;
    record.span = draft.span;
    record.source = source_;
    record.machine = machine_;
    record.kind = draft.session >= 0 ? RecordKind::session : RecordKind::interval;
    record.ordinal = draft.session >= 0 ? ++sessions_ : sessions_;
    record.trivial = draft.trivial;
    if (record.kind == RecordKind::interval) record.activity = draft.trivial ? Activity::idle : Activity::maintenance;
    return record;
}

// First and last time of the record; timed lines take their date from the header before them.
void SourceLinker::set_times(const JournalChunk& chunk, const RecordDraft& draft, Record& record) {
    const auto& headers = chunk.lexed.headers;
    std::size_t next = draft.first_header;
    std::optional<HeaderStamp> current = clock_.last();
    const auto last_event = draft.events.first + draft.events.count;
    for (std::uint32_t i = draft.events.first; i < last_event; ++i) {
        const Event& event = chunk.lexed.events[i];
        const bool header = next < headers.size() && headers[next].event == static_cast<std::int32_t>(i);
        if (header) current = headers[next++];
        if (event.second == kNoSecond && !(header && record.kind == RecordKind::interval)) continue;
        const Time time = MachineClock::resolve(current, event.second);
        if (!known(time)) continue;
        if (!known(record.start)) record.start = time;
        record.end = time;
    }
    if (!known(record.start) && current) record.start = record.end = MachineClock::time_of(*current);
}

void SourceLinker::follow_headers(const JournalChunk& chunk, const RecordDraft& draft) {
    const auto& headers = chunk.lexed.headers;
    const auto last_event = static_cast<std::int32_t>(draft.events.first + draft.events.count);
    // What is wrong with headers is no customer's doing: the interval before a session tells of it.
    const std::int32_t teller = draft.session >= 0 && last_interval_index_ >= 0 ? last_interval_index_ : next_record_;
    for (std::size_t i = draft.first_header; i < headers.size() && headers[i].event < last_event; ++i) {
        clock_.follow(headers[i], chunk.lexed.events[static_cast<std::size_t>(headers[i].event)].span(), teller);
    }
}

CashContext SourceLinker::context(const Record& record) const {
    return {source_, machine_, static_cast<RecordIndex>(next_record_), record.start};
}

// Two short records of different days may have the same bytes: the date stands in the header before them.
bool SourceLinker::is_copy(std::uint64_t bytes_hash, const Record& record, LinkedChunk& out) {
    const std::uint64_t print =
        bytes_hash ^ (static_cast<std::uint64_t>(record.start.time_since_epoch().count()) * 0x9E3779B97F4A7C15ULL);
    if (!identities_.insert(print).second) return true;
    out.prints.push_back(print);  // of what is counted here: what is counted elsewhere is that source's to hold
    return false;
}

// A copy of what this source has told is no news to its books. One of what another source told is: the sessions behind it, which
// nobody has read before, are compared with the counters it printed.
bool SourceLinker::lies_behind(const Record& record) const {
    return !known(record.start) || (known(latest_end_) && record.start < latest_end_);
}

void SourceLinker::link_session(JournalChunk& chunk, const RecordDraft& draft, Record& record, LinkedChunk& out) {
    SessionDraft& session = chunk.sessions[static_cast<std::size_t>(draft.session)];
    Facts& facts = session.facts;
    follow_machine(session);
    if (session.currency[0] != 0) currency_ = session.currency;
    if (session.currency[0] == 0) session.currency = currency_;
    const bool copy = is_copy(session.identity, record, out);
    const std::size_t counted = out.movements.size();
    if (copy && lies_behind(record)) {
        CashBooks aside = books();
        aside.operator_was_here();
        aside.settle(chunk, session, context(record), out.movements);
    } else {
        books().settle(chunk, session, context(record), out.movements);
        cards_.link(chunk, session, record.start);
        settle_doubtful_dispense(chunk, session, record, out);
    }
    check_service(record, facts, out);
    check_serials(session, record, out);
    follow_acceptor(session, record, out);
    follow_skew(facts);
    facts[Fact::hour_of_day] =
        known(record.start)
            ? std::chrono::duration<double, std::ratio<3600>>(record.start - std::chrono::floor<std::chrono::days>(record.start))
                  .count()
            : Facts::kUnknown;
    facts[Fact::in_clock_jump] = clock_.in_foreign_time();
    record.type = outcome_of(session);
    record.activity = activity_of(chunk, session);
    record.amount = amount_of(session);
    out.scopes.push_back({next_record_, ScopeKind::session, record.span, draft.events, draft.session, -1});
    if (copy) {  // it says what it said before, and the ledger does not see it again
        ++out.repeated_sessions;
        out.movements.resize(counted);
    }
    if (known(record.end) && (!known(latest_end_) || record.end > latest_end_)) latest_end_ = record.end;
    last_session_end_ = known(record.end) ? record.end : last_session_end_;
    last_interval_index_ = -1;
    last_interval_had_money_ = false;
    last_interval_resets_ = last_interval_entries_ = 0;
}

// Notes of a dispense that went wrong and printed no counters: what the next counters show moved in it, not in the session that
// prints them.
void SourceLinker::settle_doubtful_dispense(const JournalChunk& chunk, SessionDraft& session, const Record& record,
                                            LinkedChunk& out) {
    Facts& facts = session.facts;
    const auto steps = std::span(chunk.cash_steps).subspan(session.cash_steps.first, session.cash_steps.count);
    const auto is_counters = [](const CashStep& step) { return step.kind == CashStep::Kind::counters; };
    const bool own_fault = facts[Fact::short_presented_amount] != 0 || facts[Fact::dispense_refused] > 0;
    const double gap = own_fault ? 0 : facts[Fact::counter_gap_amount];
    if (doubtful_record_ >= 0 && (facts[Fact::unexplained_amount] > 0 || gap < 0)) {
        Facts moved;
        moved[Fact::has_end] = 1;
        moved[Fact::counted_amount] = moved[Fact::presented_amount] = Facts::kUnknown;
        std::swap(moved[Fact::unexplained_amount], facts[Fact::unexplained_amount]);
        if (gap < 0) std::swap(moved[Fact::counter_gap_amount], facts[Fact::counter_gap_amount]);
        add_scope(out, {doubtful_record_, ScopeKind::session, doubtful_span_, {}}, moved);
    }
    if (std::any_of(steps.begin(), steps.end(), is_counters)) doubtful_record_ = -1;
    const bool failed =
        facts[Fact::stacked_not_presented] > 0 || facts[Fact::dispenser_status] > 0 || facts[Fact::dispense_refused] > 0;
    if (failed && (steps.empty() || !is_counters(steps.back()))) {
        doubtful_record_ = next_record_;
        doubtful_span_ = record.span;
    }
}

// Journals of two machines, one behind the other in a file: what the first printed last proves nothing about the second.
void SourceLinker::follow_machine(const SessionDraft& session) {
    if (session.machine.empty()) return;
    if (!machine_name_.empty() && session.machine != machine_name_) {
        books_.operator_was_here();
        foreign_books_.operator_was_here();
        last_session_end_ = kUnknownTime;
        last_serial_ = -1;
        exchanges_since_serial_ = 0;
    }
    machine_name_ = session.machine;
}

// Counters of a foreign time are books of their own; when the clock comes back nobody knows what happened meanwhile.
void SourceLinker::follow_foreign_time() {
    const bool foreign = clock_.in_foreign_time();
    if (foreign && !was_foreign_) foreign_books_ = CashBooks();
    if (!foreign && was_foreign_) books_.operator_was_here();
    was_foreign_ = foreign;
}

void SourceLinker::link_interval(const JournalChunk& chunk, const RecordDraft& draft, Record& record, LinkedChunk& out) {
    last_interval_index_ = next_record_;
    last_interval_span_ = record.span;
    if (draft.trivial) return;
    const auto at = static_cast<std::size_t>(record.span.offset - chunk.offset);
    const std::uint64_t hash = XXH3_64bits(chunk.text.data() + at, static_cast<std::size_t>(record.span.bytes));
    if (!is_copy(hash, record, out)) return IntervalLinker(*this, chunk, draft, record, out).run();
    const std::size_t counted = out.movements.size();
    const CashBooks books = books_, foreign_books = foreign_books_;
    IntervalLinker(*this, chunk, draft, record, out).run();
    out.movements.resize(counted);
    if (!lies_behind(record)) return;
    books_ = books;
    foreign_books_ = foreign_books;
    books_.operator_was_here();
    foreign_books_.operator_was_here();
}

double SourceLinker::usual_gap_s() const {
    return recent_gaps_s_.empty() ? kUsualGapUnknown_s : std::max(1.0, recent_gaps_s_.median());
}

void SourceLinker::check_service(const Record& record, Facts& facts, LinkedChunk& out) {
    facts[Fact::since_previous_s] = Facts::kUnknown;
    if (!known(last_session_end_) || !known(record.start) || record.start < last_session_end_) return;
    const double gap = seconds(last_session_end_, record.start);
    facts[Fact::since_previous_s] = gap;
    const double daytime = daytime_seconds(last_session_end_, record.start);
    if (record.start - last_session_end_ >= kNotableSilence && last_interval_index_ >= 0) {
        const LinkedScope scope{last_interval_index_, ScopeKind::service_gap, last_interval_span_, {}};
        Facts gap_facts;
        gap_facts[Fact::gap_s] = gap;
        gap_facts[Fact::gap_daytime_s] = daytime;
        gap_facts[Fact::gap_ratio] = gap / usual_gap_s();
        gap_facts[Fact::power_resets] = last_interval_resets_;
        gap_facts[Fact::supervisor_entries] = last_interval_entries_;
        gap_facts[Fact::in_clock_jump] = clock_.in_foreign_time();
        add_scope(out, scope, gap_facts);
    }
    if (daytime > 0.5 * gap) {
        recent_gaps_s_.add(gap);
    }
}

// Every exchange takes at most one serial; more serials gone than exchanges seen means sessions are missing from the journal.
void SourceLinker::check_serials(const SessionDraft& session, const Record& record, LinkedChunk& out) {
    const auto exchanges = static_cast<std::int32_t>(session.facts[Fact::exchanges]);
    if (session.first_serial < 0) {
        exchanges_since_serial_ += std::max(exchanges, 1);
        return;
    }
    if (last_serial_ >= 0 && !clock_.in_foreign_time()) {
        const std::int32_t advanced = (session.first_serial - last_serial_ + kSerials) % kSerials;
        const std::int32_t explained = exchanges_since_serial_ + std::max(session.exchanges_before_first_serial, 1);
        const std::int32_t missing = advanced - explained;
        if (missing > 0 && missing <= kMostMissingSerials) {
            const bool before = last_interval_index_ >= 0;
            const LinkedScope scope{before ? last_interval_index_ : next_record_,
                                    ScopeKind::serial_gap,
                                    before ? last_interval_span_ : record.span,
                                    {}};
            Facts gap_facts;
            gap_facts[Fact::missing_serials] = missing;
            gap_facts[Fact::money_found] = last_interval_had_money_;
            add_scope(out, scope, gap_facts);
        }
    }
    last_serial_ = session.last_serial;
    exchanges_since_serial_ = session.exchanges_after_last_serial;
}

void SourceLinker::begin_outage(std::int64_t offset, Time since) {
    if (!outage_) outage_ = AcceptorOutage{next_record_, offset, since, 0};
}

void SourceLinker::end_outage(std::int64_t offset, Time until, LinkedChunk& out) {
    if (!outage_) return;
    const bool lasted = known(outage_->since) && known(until) && until - outage_->since >= kNotableOutage;
    if (outage_->refused > 0 || lasted) {
        const LinkedScope scope{outage_->record, ScopeKind::acceptor_outage, {outage_->offset, offset - outage_->offset}, {}};
        Facts facts;
        facts[Fact::duration_s] = known(outage_->since) && known(until) ? seconds(outage_->since, until) : Facts::kUnknown;
        facts[Fact::acceptor_errors] = outage_->refused;
        add_scope(out, scope, facts);
    }
    outage_.reset();
}

void SourceLinker::follow_acceptor(const SessionDraft& session, const Record& record, LinkedChunk& out) {
    const Facts& facts = session.facts;
    if (facts[Fact::acceptor_error_before_notes] > 0) {
        begin_outage(record.span.offset, record.start);
        ++outage_->refused;
    } else if (outage_ && (facts[Fact::items_inserted] > 0 || facts[Fact::validated_amount] > 0)) {
        end_outage(record.span.offset, record.start, out);
    }
}

void SourceLinker::follow_skew(Facts& facts) {
    const double skew = facts[Fact::clock_skew_s];
    facts[Fact::clock_skew_unusual_s] =
        std::isnan(skew) || recent_skews_s_.empty() ? Facts::kUnknown : skew - recent_skews_s_.median();
    if (std::isnan(skew)) return;
    recent_skews_s_.add(skew);
}

void SourceLinker::clock_scopes(LinkedChunk& out) {
    for (const HeaderIncident& incident : clock_.take_incidents()) {
        LinkedScope scope{incident.record, ScopeKind::header_gap, incident.span, {}};
        Facts facts;
        switch (incident.kind) {
            case HeaderIncident::Kind::gap:
                facts[Fact::missing_headers] = incident.missing;
                facts[Fact::money_found] = last_interval_had_money_;
                break;
            case HeaderIncident::Kind::duplicates:
                scope.kind = ScopeKind::duplicate_headers;
                facts[Fact::duplicate_headers] = incident.repeated;
                facts[Fact::identical_copy] = incident.identical;
                break;
            case HeaderIncident::Kind::clock_jump:
                scope.kind = ScopeKind::clock_jump;
                facts[Fact::clock_jump_s] = static_cast<double>(incident.jump_s);
                break;
        }
        add_scope(out, scope, facts);
    }
}

}  // namespace abm
