#include "core/ingest/machine_clock.h"

#include <algorithm>

#include "core/ingest/text_scan.h"

namespace abm {
namespace {

constexpr std::int64_t kDayMinutes = 1440;
constexpr std::int64_t kToleratedStepBack = 5;            // minutes: a clock that was set right, a header printed late
constexpr std::int64_t kLongestPause = 30 * kDayMinutes;  // a machine may be switched off for weeks; a longer step is a jump
constexpr std::int32_t kNumbers = 1000;
constexpr std::int32_t kMostMissing = 400;  // beyond that a sequence was restarted rather than cut

std::int64_t minutes_of(const HeaderStamp& header) { return std::int64_t{header.day} * kDayMinutes + header.minute; }

}  // namespace

Time MachineClock::time_of(const HeaderStamp& header) { return Time{std::chrono::minutes{minutes_of(header)}}; }

Time MachineClock::resolve(const std::optional<HeaderStamp>& header, std::int32_t second) {
    if (!header) return kUnknownTime;
    if (second == kNoSecond) return time_of(*header);
    // Midnight may fall between the header and the line: of the three days in question take the nearest.
    std::int64_t day = header->day;
    const std::int64_t ahead = second - std::int64_t{header->minute} * 60;
    if (ahead < -kDaySeconds / 2) ++day;
    if (ahead > kDaySeconds / 2) --day;
    return Time{std::chrono::seconds{day * kDaySeconds + second}};
}

void MachineClock::follow(const HeaderStamp& header, TextSpan line, std::int32_t record) {
    const bool was_foreign = jump_.has_value();
    const std::size_t before = incidents_.size();
    check_time(header, line, record);
    const bool jumped = was_foreign != jump_.has_value() || incidents_.size() != before;
    check_number(header, line, record, jumped);
    seen_[static_cast<std::size_t>(header.number % kNumbers)] = {order_++, minutes_of(header)};
    last_ = header;
}

void MachineClock::check_time(const HeaderStamp& header, TextSpan line, std::int32_t record) {
    if (!last_) return;
    const std::int64_t now = minutes_of(header);
    if (jump_) {
        const std::int64_t away = now - jump_->before_minutes;
        if (away >= -kToleratedStepBack && away <= kLongestPause) {
            jump_->incident.span.bytes = line.offset - jump_->incident.span.offset;
            incidents_.push_back(jump_->incident);
            foreign_.push_back(jump_->incident.span);
            jump_.reset();
        }
        return;
    }
    const std::int64_t step = now - minutes_of(*last_);
    if (step >= -kToleratedStepBack && step <= kLongestPause) return;
    HeaderIncident incident;
    incident.kind = HeaderIncident::Kind::clock_jump;
    incident.record = record;
    incident.span = line;
    incident.jump_s = step * 60;
    if (step > -kDayMinutes && step < 0) {
        incidents_.push_back(incident);  // the clock was set back a little: no foreign time follows
    } else {
        jump_ = ClockJump{incident, minutes_of(*last_)};
    }
}

void MachineClock::check_number(const HeaderStamp& header, TextSpan line, std::int32_t record, bool jumped) {
    if (!last_) return;
    const std::int32_t ahead = (header.number - last_->number - 1 + kNumbers) % kNumbers;
    const bool wrapped_to_one = last_->number == kNumbers - 1 && header.number == 1;
    const Seen& seen = seen_[static_cast<std::size_t>(header.number % kNumbers)];
    // A number comes back after a full cycle, earlier where numbers are missing; repeated is what follows a step back.
    const bool recent = seen.order >= 0 && order_ - seen.order < kNumbers - 10;
    if (recent && (duplicates_ || (ahead != 0 && !wrapped_to_one))) {
        const bool identical = seen.minutes == minutes_of(header);
        if (duplicates_ && duplicates_->identical != identical) end_duplicates();
        if (!duplicates_) {
            duplicates_ = HeaderIncident{HeaderIncident::Kind::duplicates, record, line, 0, 0, identical, 0};
        }
        ++duplicates_->repeated;
        duplicates_->span.bytes = line.end() - duplicates_->span.offset;
        return;
    }
    end_duplicates();
    if (ahead == 0 || wrapped_to_one || jumped || jump_ || ahead > kMostMissing) return;
    incidents_.push_back({HeaderIncident::Kind::gap, record, line, ahead, 0, false, 0});
}

bool MachineClock::foreign_at(std::int64_t offset) const {
    if (jump_ && offset >= jump_->incident.span.offset) return true;
    const auto behind = std::ranges::upper_bound(foreign_, offset, {}, &TextSpan::offset);
    return behind != foreign_.begin() && offset < std::prev(behind)->end();
}

void MachineClock::end_duplicates() {
    if (duplicates_) incidents_.push_back(*duplicates_);
    duplicates_.reset();
}

void MachineClock::finish(std::int64_t source_end) {
    end_duplicates();
    if (jump_) {
        jump_->incident.span.bytes = source_end - jump_->incident.span.offset;
        incidents_.push_back(jump_->incident);
        jump_.reset();
    }
}

std::vector<HeaderIncident> MachineClock::take_incidents() {
    std::vector<HeaderIncident> taken;
    taken.swap(incidents_);
    return taken;
}

}  // namespace abm
