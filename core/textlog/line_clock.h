// When the lines of one log were written, on one clock, also where they do not say all of the date.
#pragma once

#include <cstdint>
#include <optional>

#include "core/textlog/log_time.h"

namespace abm {

/// Microseconds; differences between lines of one log mean something, nothing else does.
using Tick = std::int64_t;
inline constexpr Tick kTicksPerSecond = 1'000'000;

/// Not thread-safe; asked line after line in their order.
///
/// A full time is its own tick. Without a year, a step back by more than half a year is the next year; the 29th of February is
/// assumed only when it was seen. A time of day alone that steps back by more than half a day is the next day. Where nothing
/// settles the order of day, month and year, each change of the date is taken for one day: gaps are never too long.
/// Times since the start go on from where they were when the system starts again.
class LineClock {
public:
    /// time: what is known of the text, else kUnknownTime. nullopt: no time, or not of the kind this log began with.
    std::optional<Tick> tick(const TimeText& text, Time time);

private:
    enum class Kind : std::uint8_t { none, full, no_year, day_only, changing_date, uptime };
    static Kind kind_of(const TimeText& text, Time time);
    Tick no_year(const TimeText& text);
    Tick day_only(const TimeText& text);
    Tick changing_date(const TimeText& text);
    Tick uptime(const TimeText& text);

    Kind kind_ = Kind::none;
    Tick base_ = 0;  ///< what is added for years, days and starts that have passed
    Tick last_ = 0;
    bool any_ = false;
    bool leap_day_ = false;  ///< seen this year
    TimeText before_;
};

/// Completes the times of a log whose lines lack the year, when somebody knows it. Not thread-safe; asked line after line.
class YearOfLines {
public:
    /// first: of the first line that has a date; unset: nobody knows.
    explicit YearOfLines(std::optional<int> first = {}) : year_(first) {}
    /// kUnknownTime where the text has no month and day, or no calendar has them. A step back by more than six months is the
    /// next year, one forward by as much a late line of the year before.
    Time complete(const TimeText& text);

private:
    std::optional<int> year_;
    int month_ = 0;  ///< of the line before; 0: none
};

}  // namespace abm
