#include "core/base/time.h"

#include <fmt/format.h>

namespace abm {
namespace {

struct Parts {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::microseconds> clock;
};

Parts split(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    return {std::chrono::year_month_day{day}, std::chrono::hh_mm_ss<std::chrono::microseconds>{time - day}};
}

constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string iso8601(Time time) {
    if (!known(time)) return {};
    const auto [date, clock] = split(time);
    std::string text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                    static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    if (const auto fraction = clock.subseconds().count(); fraction != 0) text += fmt::format(".{:06}", fraction);
    return text;
}

std::string clock_text(Time time) {
    if (!known(time)) return {};
    const auto clock = split(time).clock;
    return fmt::format("{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string day_clock_text(Time time) {
    if (!known(time)) return {};
    const auto [date, clock] = split(time);
    return fmt::format("{} {} {:02}:{:02}", static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                       clock.hours().count(), clock.minutes().count());
}

}  // namespace abm
