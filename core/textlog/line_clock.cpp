#include "core/textlog/line_clock.h"

#include <array>

namespace abm {
namespace {

constexpr Tick kDay = 86'400 * kTicksPerSecond;
constexpr Tick kLeapYear = 366 * kDay;

// Days before the month in a leap year.
constexpr std::array<int, 13> kDaysBefore = {0, 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335};

struct MonthDay {
    int month = 0, day = 0;
    bool valid() const { return month >= 1 && month <= 12 && day >= 1 && day <= 31; }
};

// "03-17" is month and day; where that is impossible, day and month.
MonthDay month_day_of(const TimeText& text) {
    if (text.kind == DateKind::named_no_year) return {text.second, text.first};
    const MonthDay usual{text.first, text.second};
    return usual.valid() ? usual : MonthDay{text.second, text.first};
}

bool lacks_year(const TimeText& text) { return text.kind == DateKind::named_no_year || text.kind == DateKind::month_day; }

}  // namespace

LineClock::Kind LineClock::kind_of(const TimeText& text, Time time) {
    if (known(time)) return Kind::full;
    if (text.size == 0) return Kind::none;
    switch (text.kind) {
        case DateKind::named_no_year:
        case DateKind::month_day:
            return month_day_of(text).valid() ? Kind::no_year : Kind::none;
        case DateKind::clock:
            return Kind::day_only;
        case DateKind::two_digits:
        case DateKind::long_year:
            return Kind::changing_date;
        case DateKind::uptime:
            return Kind::uptime;
        default:
            return Kind::none;  // a date no calendar has
    }
}

std::optional<Tick> LineClock::tick(const TimeText& text, Time time) {
    const Kind kind = kind_of(text, time);
    if (kind == Kind::none) return std::nullopt;
    if (kind_ == Kind::none) kind_ = kind;
    if (kind != kind_) return std::nullopt;
    switch (kind) {
        case Kind::full:
            return time.time_since_epoch().count();
        case Kind::no_year:
            last_ = no_year(text);
            break;
        case Kind::day_only:
            last_ = day_only(text);
            break;
        case Kind::changing_date:
            last_ = changing_date(text);
            break;
        default:
            last_ = uptime(text);
            break;
    }
    any_ = true;
    before_ = text;
    return last_;
}

Tick LineClock::no_year(const TimeText& text) {
    const MonthDay date = month_day_of(text);
    if (date.month == 2 && date.day == 29) leap_day_ = true;
    const Tick in_year = (kDaysBefore[static_cast<std::size_t>(date.month)] + date.day - 1) * kDay + text.within;
    if (any_ && base_ + in_year < last_ - kLeapYear / 2) {
        base_ += kLeapYear;
        leap_day_ = false;
    }
    if (any_ && !leap_day_ && date.month >= 3) {
        const MonthDay before = month_day_of(before_);
        if (before.month < 3) {  // no 29th between them: this year has none
            base_ -= kDay;
            leap_day_ = true;
        }
    }
    return base_ + in_year;
}

Tick LineClock::day_only(const TimeText& text) {
    if (any_ && base_ + text.within < last_ - kDay / 2) base_ += kDay;
    return base_ + text.within;
}

Tick LineClock::changing_date(const TimeText& text) {
    const bool same = text.first == before_.first && text.second == before_.second && text.third == before_.third;
    if (any_ && !same) base_ += kDay;
    return base_ + text.within;
}

Tick LineClock::uptime(const TimeText& text) {
    constexpr Tick kCrossing = 60 * kTicksPerSecond;  // lines of several processors cross by less
    if (any_ && base_ + text.within < last_ - kCrossing) base_ = last_;
    return base_ + text.within;
}

Time YearOfLines::complete(const TimeText& text) {
    constexpr int kHalf = 6;  // months
    if (!year_ || text.size == 0 || !lacks_year(text)) return kUnknownTime;
    const MonthDay date = month_day_of(text);
    if (!date.valid()) return kUnknownTime;
    const bool late = month_ != 0 && date.month > month_ + kHalf;
    if (month_ > date.month + kHalf) ++*year_;
    if (!late) month_ = date.month;
    const std::chrono::year_month_day day{std::chrono::year(late ? *year_ - 1 : *year_),
                                          std::chrono::month(static_cast<unsigned>(date.month)),
                                          std::chrono::day(static_cast<unsigned>(date.day))};
    if (!day.ok()) return kUnknownTime;
    return Time(std::chrono::sys_days(day).time_since_epoch()) + std::chrono::microseconds(text.within);
}

}  // namespace abm
