// The ways lines of logs say when.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/time.h"

namespace abm {

/// How the date is written. What a line does not say is unknown: without a year, or with an order of day, month and year that
/// nothing settles, there is no Time.
enum class DateKind : std::uint8_t {
    none,           ///< no time at all
    ymd,            ///< 2005-06-03, 2005/06/03, 2005.06.03, 20050603
    two_digits,     ///< 17/06/09, 081109: three numbers of two digits, the order unknown
    long_year,      ///< 03/06/2005: day or month first
    month_day,      ///< 03-17, 10.30: no year
    named,          ///< 10/Oct/2000, 10 Oct 2000, Sun Dec 04 04:47:44 2005, Oct 10 2000
    named_no_year,  ///< Jun 14
    epoch,          ///< seconds, or milliseconds, since 1970
    uptime,         ///< [ 1234.567890] since the system started
    clock,          ///< a time of day alone
};

/// Which numbers of two_digits and long_year are what.
enum class DateOrder : std::uint8_t { unknown, ymd, dmy, mdy };

struct TimeText {
    std::size_t size = 0;  ///< bytes; 0: no time here
    DateKind kind = DateKind::none;
    int first = 0, second = 0, third = 0;  ///< numbers of the date as they stand; of named dates day, month, year
    std::int64_t within = 0;               ///< microseconds of the day; since 1970 for epoch, since the start for uptime
};

/// A date with a time of day, or one of the kinds without a date, at the front of the text. A zone ("Z", "+02:00", " -0700",
/// " UTC") belongs to it and is not applied: times are kept as written.
TimeText read_time(std::string_view text);
/// kUnknownTime where the text does not say everything or says what no calendar has.
Time time_of(const TimeText& text, DateOrder order);
/// Whether the numbers of the date allow the order.
bool allows(const TimeText& text, DateOrder order);

}  // namespace abm
