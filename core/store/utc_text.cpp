#include "core/store/utc_text.h"

#include <algorithm>

namespace abm {
namespace {

/// Takes exactly so many digits from the front; -1 when there are fewer.
int take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return -1;
    int value = 0;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take_one_of(std::string_view& text, std::string_view accepted) {
    if (text.empty() || accepted.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// ".5" -> 500000; nothing there -> 0; nullopt when what follows the point is no fraction.
std::optional<int> take_fraction(std::string_view& text) {
    if (!take_one_of(text, ".")) return 0;
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits > 6) return std::nullopt;
    int micros = take_digits(text, digits);
    for (std::size_t i = digits; i < 6; ++i) micros *= 10;
    return micros;
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
    const int year = take_digits(text, 4);
    if (year < 0 || !take_one_of(text, "-")) return std::nullopt;
    const int month = take_digits(text, 2);
    if (month < 0 || !take_one_of(text, "-")) return std::nullopt;
    const int day = take_digits(text, 2);
    if (day < 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date);
}

std::optional<std::chrono::seconds> take_clock(std::string_view& text) {
    const int hours = take_digits(text, 2);
    if (hours < 0 || hours > 23 || !take_one_of(text, ":")) return std::nullopt;
    const int minutes = take_digits(text, 2);
    if (minutes < 0 || minutes > 59 || !take_one_of(text, ":")) return std::nullopt;
    const int seconds = take_digits(text, 2);
    if (seconds < 0 || seconds > 59) return std::nullopt;
    return std::chrono::seconds(hours * 3600 + minutes * 60 + seconds);
}

}  // namespace

std::string utc_text(Time time) { return known(time) ? iso8601(time) + 'Z' : std::string(); }

std::optional<Time> parse_utc(std::string_view text) {
    const auto date = take_date(text);
    if (!date || !take_one_of(text, "T ")) return std::nullopt;
    const auto clock = take_clock(text);
    if (!clock) return std::nullopt;
    const auto fraction = take_fraction(text);
    if (!fraction) return std::nullopt;
    take_one_of(text, "Z");
    if (!text.empty()) return std::nullopt;
    return Time(*date) + *clock + std::chrono::microseconds(*fraction);
}

}  // namespace abm
