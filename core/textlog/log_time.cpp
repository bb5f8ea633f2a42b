#include "core/textlog/log_time.h"

#include <array>
#include <chrono>

#include "core/ingest/text_scan.h"

namespace abm {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t size = 0;
    while (at + size < text.size() && is_digit(text[at + size])) ++size;
    return size;
}

char at_or_nul(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\0'; }

/// A reader of one text from front to back; take... return false and leave the place when something else stands there.
struct Cursor {
    std::string_view text;
    std::size_t at = 0;

    char here() const { return at_or_nul(text, at); }
    bool take(char c) {
        if (here() != c || at >= text.size()) return false;
        ++at;
        return true;
    }
    bool take_any(std::string_view of) { return at < text.size() && of.find(text[at]) != std::string_view::npos && ++at; }
    bool take_number(std::size_t least, std::size_t most, int& value) {
        const std::size_t size = digits_at(text, at);
        if (size < least || size > most) return false;
        value = fixed_number(text, at, size);
        at += size;
        return true;
    }
    bool take_fixed(std::size_t size, int& value) {
        value = fixed_number(text, at, size);
        if (value < 0) return false;
        at += size;
        return true;
    }
};

int month_at(std::string_view text, std::size_t at) {
    constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::string_view name = text.substr(std::min(at, text.size()), 3);
    for (std::size_t month = 0; month < kMonths.size(); ++month) {
        if (name == kMonths[month]) return static_cast<int>(month) + 1;
    }
    return 0;
}

bool starts_weekday(std::string_view text) {
    constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    for (const std::string_view day : kDays) {
        if (text.starts_with(day)) return true;
    }
    return false;
}

void read_fraction(Cursor& cursor, std::int64_t& within) {
    const char mark = cursor.here();
    if (mark != '.' && mark != ',' && mark != ':') return;
    const std::size_t size = digits_at(cursor.text, cursor.at + 1);
    if (size == 0 || size > 9) return;
    std::int64_t scale = kSecond / 10;
    for (std::size_t i = 0; i < size; ++i, scale /= 10) within += (cursor.text[cursor.at + 1 + i] - '0') * scale;
    cursor.at += 1 + size;
}

// "4:47:44 PM"
void read_half_day(Cursor& cursor, int hour, std::int64_t& within) {
    Cursor ahead = cursor;
    ahead.take(' ');
    const bool afternoon = ahead.here() == 'P' || ahead.here() == 'p';
    if (hour < 1 || hour > 12 || !ahead.take_any("APap") || !ahead.take_any("Mm")) return;
    const char next = ahead.here();
    if (is_digit(next) || (next >= 'A' && next <= 'Z') || (next >= 'a' && next <= 'z')) return;
    within += ((afternoon ? 12 : 0) - (hour == 12 ? 12 : 0)) * std::int64_t{3600} * kSecond;
    cursor = ahead;
}

// 04:47:44, 4:47:44, 15.42.50, with a fraction; 203615 when `packed`.
bool read_clock(Cursor& cursor, bool packed, std::int64_t& within) {
    int hour = 0, minute = 0, second = 0;
    Cursor ahead = cursor;
    if (packed && digits_at(ahead.text, ahead.at) == 6) {
        if (!ahead.take_fixed(2, hour) || !ahead.take_fixed(2, minute) || !ahead.take_fixed(2, second)) return false;
    } else {
        if (!ahead.take_number(1, 2, hour)) return false;
        const char mark = ahead.here();
        if ((mark != ':' && mark != '.') || !ahead.take(mark) || !ahead.take_number(1, 2, minute)) return false;
        if (!ahead.take(mark) || !ahead.take_number(1, 2, second)) return false;
    }
    if (hour > 23 || minute > 59 || second > 60) return false;
    within = (hour * 3600 + minute * 60 + second) * kSecond;
    read_fraction(ahead, within);
    read_half_day(ahead, hour, within);
    cursor = ahead;
    return true;
}

void read_zone(Cursor& cursor) {
    Cursor ahead = cursor;
    ahead.take(' ');
    const std::string_view rest = ahead.text.substr(ahead.at);
    if (rest.starts_with("UTC") || rest.starts_with("GMT")) {
        ahead.at += 3;
    } else if (ahead.here() == 'Z') {
        ++ahead.at;
    } else if (ahead.here() == '+' || ahead.here() == '-') {
        int ignored = 0;
        ++ahead.at;
        if (!ahead.take_fixed(2, ignored)) return;
        ahead.take(':');
        if (!ahead.take_fixed(2, ignored)) return;
    } else {
        return;
    }
    const char next = ahead.here();
    if (!is_digit(next) && !(next >= 'A' && next <= 'Z') && !(next >= 'a' && next <= 'z')) cursor = ahead;
}

// The date in front of a time of day.
bool read_numbers(Cursor& cursor, TimeText& found) {
    const std::size_t lead = digits_at(cursor.text, cursor.at);
    if (lead == 8 || lead == 6) {
        const std::size_t year = lead - 4;
        cursor.take_fixed(year, found.first);
        cursor.take_fixed(2, found.second);
        cursor.take_fixed(2, found.third);
        found.kind = lead == 8 ? DateKind::ymd : DateKind::two_digits;
        return true;
    }
    if (lead != 1 && lead != 2 && lead != 4) return false;
    cursor.take_number(1, 4, found.first);
    const char mark = cursor.here();
    if (mark != '-' && mark != '/' && mark != '.') return false;
    cursor.take(mark);
    if (const int month = month_at(cursor.text, cursor.at); month > 0 && lead <= 2) {
        cursor.at += 3;
        found.second = month;
        found.kind = DateKind::named;
        return cursor.take(mark) && cursor.take_fixed(4, found.third);
    }
    if (!cursor.take_number(1, 2, found.second)) return false;
    if (!cursor.take(mark)) {
        found.kind = DateKind::month_day;
        return lead <= 2;
    }
    const std::size_t last = digits_at(cursor.text, cursor.at);
    if (!cursor.take_number(1, 4, found.third)) return false;
    found.kind = lead == 4 ? DateKind::ymd : last == 4 ? DateKind::long_year : DateKind::two_digits;
    return last <= 2 || (last == 4 && lead <= 2);
}

// Jun 14, Sun Dec 04, Oct 10 2000, 10 Oct 2000; the year may also stand behind the time of day.
bool read_names(Cursor& cursor, TimeText& found) {
    if (starts_weekday(cursor.text.substr(cursor.at))) {
        cursor.at += 3;
        cursor.take(',');
        if (!cursor.take(' ')) return false;
    }
    const bool day_first = is_digit(cursor.here());
    if (day_first && (!cursor.take_number(1, 2, found.first) || !cursor.take(' '))) return false;
    found.second = month_at(cursor.text, cursor.at);
    if (found.second == 0) return false;
    cursor.at += 3;
    if (!cursor.take(' ')) return false;
    cursor.take(' ');
    if (!day_first && !cursor.take_number(1, 2, found.first)) return false;
    cursor.take(',');
    Cursor ahead = cursor;
    if (!day_first) ahead.take(' ');
    if (digits_at(ahead.text, ahead.at) == 4 && ahead.take_fixed(4, found.third)) cursor = ahead;
    found.kind = found.third > 0 ? DateKind::named : DateKind::named_no_year;
    return true;
}

bool read_date(Cursor& cursor, TimeText& found) {
    const Cursor start = cursor;
    if (is_digit(cursor.here()) && read_numbers(cursor, found)) return true;
    cursor = start;
    found = {};
    return read_names(cursor, found);
}

TimeText read_dated(std::string_view text) {
    Cursor cursor{text};
    TimeText found;
    if (!read_date(cursor, found)) return {};
    const bool packed = digits_at(text, 0) >= 6;
    if (!cursor.take_any(" T-:,_")) return {};
    while (cursor.take(' ')) {
    }
    if (!read_clock(cursor, packed, found.within)) return {};
    if (found.kind == DateKind::named_no_year && cursor.here() == ' ' && digits_at(text, cursor.at + 1) == 4) {
        Cursor year{text, cursor.at + 1};
        if (year.take_fixed(4, found.third) && found.third >= 1970) {
            found.kind = DateKind::named;
            cursor = year;
        }
    }
    read_zone(cursor);
    found.size = cursor.at;
    return found;
}

// 1117838570, 1117838570.123, 1117838570123: from 1986 to 2096.
TimeText read_epoch(std::string_view text) {
    const std::size_t size = digits_at(text, 0);
    if (size != 9 && size != 10 && size != 13) return {};
    std::int64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value * 10 + (text[i] - '0');
    if (size == 13) value *= 1000;
    if (size != 13) value *= kSecond;
    if (value < 500'000'000 * kSecond || value > 4'000'000'000 * kSecond) return {};
    Cursor cursor{text, size};
    if (cursor.here() == '.') read_fraction(cursor, value);
    return {cursor.at, DateKind::epoch, 0, 0, 0, value};
}

// [    0.123456], the brackets are the caller's: five or six digits behind the point.
TimeText read_uptime(std::string_view text) {
    Cursor cursor{text};
    while (cursor.take(' ')) {
    }
    const std::size_t whole = digits_at(text, cursor.at);
    if (whole == 0 || whole > 8 || at_or_nul(text, cursor.at + whole) != '.') return {};
    const std::size_t part = digits_at(text, cursor.at + whole + 1);
    if (part != 5 && part != 6) return {};
    std::int64_t within = 0;
    for (std::size_t i = 0; i < whole; ++i) within = within * 10 + (text[cursor.at + i] - '0');
    within *= kSecond;
    cursor.at += whole;
    read_fraction(cursor, within);
    return {cursor.at, DateKind::uptime, 0, 0, 0, within};
}

bool ends_word(std::string_view text, std::size_t at) {
    const char next = at_or_nul(text, at);
    return !is_digit(next) && !(next >= 'a' && next <= 'z') && !(next >= 'A' && next <= 'Z') && next != '_';
}

}  // namespace

TimeText read_time(std::string_view text) {
    if (text.empty()) return {};
    if (TimeText found = read_dated(text); found.size > 0) return ends_word(text, found.size) ? found : TimeText{};
    if (!is_digit(text.front()) && text.front() != ' ') return {};
    if (TimeText found = read_epoch(text); found.size > 0 && ends_word(text, found.size)) return found;
    TimeText found;
    Cursor cursor{text};
    if (digits_at(text, 0) <= 2 && at_or_nul(text, digits_at(text, 0)) == ':' && read_clock(cursor, false, found.within)) {
        found.size = cursor.at;
        found.kind = DateKind::clock;
        return ends_word(text, found.size) ? found : TimeText{};
    }
    found = read_uptime(text);
    return found.size > 0 && ends_word(text, found.size) ? found : TimeText{};
}

namespace {

struct Date {
    int year = 0, month = 0, day = 0;
};

Date date_of(const TimeText& text, DateOrder order) {
    constexpr int kCentury = 2000;  // two digits: logs of this century
    switch (text.kind) {
        case DateKind::ymd:
            return {text.first, text.second, text.third};
        case DateKind::named:
            return {text.third, text.second, text.first};
        case DateKind::two_digits:
            if (order == DateOrder::ymd) return {kCentury + text.first, text.second, text.third};
            if (order == DateOrder::dmy) return {kCentury + text.third, text.second, text.first};
            if (order == DateOrder::mdy) return {kCentury + text.third, text.first, text.second};
            break;
        case DateKind::long_year:
            if (order == DateOrder::dmy) return {text.third, text.second, text.first};
            if (order == DateOrder::mdy) return {text.third, text.first, text.second};
            break;
        default:
            break;
    }
    return {};
}

std::chrono::year_month_day calendar_day(const Date& date) {
    return {std::chrono::year(date.year), std::chrono::month(static_cast<unsigned>(date.month)),
            std::chrono::day(static_cast<unsigned>(date.day))};
}

}  // namespace

bool allows(const TimeText& text, DateOrder order) {
    const Date date = date_of(text, order);
    return date.month > 0 && calendar_day(date).ok();
}

Time time_of(const TimeText& text, DateOrder order) {
    if (text.kind == DateKind::epoch) return Time(std::chrono::microseconds(text.within));
    if (!allows(text, order)) return kUnknownTime;
    return Time(std::chrono::sys_days(calendar_day(date_of(text, order))).time_since_epoch()) +
           std::chrono::microseconds(text.within);
}

}  // namespace abm
