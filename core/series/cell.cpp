#include "core/series/cell.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/ingest/text_scan.h"

namespace abm {
namespace {

constexpr std::size_t kLongestNumber = 400;
constexpr std::size_t kLongestTime = 64;

char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// Of a number from_chars found too large or too small.
double beyond_range(std::string_view number) {
    const auto e = number.find_first_of("eE");
    if (e != std::string_view::npos && e + 1 < number.size() && number[e + 1] == '-') return 0;
    if (e == std::string_view::npos && number.find_first_of("123456789") > number.find('.')) return 0;
    const double infinity = std::numeric_limits<double>::infinity();
    return number.front() == '-' ? -infinity : infinity;
}

std::optional<double> plain_number(std::string_view text) {
    double value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (rest != text.data() + text.size()) return std::nullopt;
    if (error == std::errc::result_out_of_range) return beyond_range(text);
    if (error != std::errc()) return std::nullopt;
    return value;
}

// 1,234,567 in front of the decimal mark: one to three digits, the first no zero, then groups of three.
bool drop_groups(std::string_view whole, char mark, std::string& out) {
    if (!whole.empty() && whole.front() == '-') {
        out += '-';
        whole.remove_prefix(1);
    }
    for (std::size_t group = 0;; ++group) {
        const std::size_t end = std::min(whole.find(mark), whole.size());
        if (group > 0 ? end != 3 : end < 1 || end > 3 || whole.front() == '0') return false;
        out += whole.substr(0, end);
        if (end == whole.size()) return true;
        whole.remove_prefix(end + 1);
    }
}

// A number that holds commas, rewritten as one that does not.
std::optional<std::string> rewritten(std::string_view text, Decimal decimal) {
    const char mark = static_cast<char>(decimal);
    const char group = decimal == Decimal::point ? ',' : '.';
    const std::size_t at = std::min(text.find(mark), text.size());
    const std::string_view whole = text.substr(0, at);
    std::string number;
    if (whole.find(group) != std::string_view::npos) {
        if (!drop_groups(whole, group, number)) return std::nullopt;
    } else {
        number = whole;
    }
    if (at == text.size()) return number;
    const std::string_view fraction = text.substr(at + 1);
    if (fraction.find_first_of(".,") != std::string_view::npos) return std::nullopt;
    return number.append(1, '.').append(fraction);
}

bool dated(DateKind kind) {
    return kind == DateKind::ymd || kind == DateKind::two_digits || kind == DateKind::long_year || kind == DateKind::named;
}

TimeText all_of(std::string_view cell, TimeText found) {
    return found.size == cell.size() && (dated(found.kind) || found.kind == DateKind::epoch) ? found : TimeText{};
}

// 16 digits: microseconds since 1970; 19: nanoseconds.
TimeText fine_epoch(std::string_view cell) {
    if (cell.size() != 16 && cell.size() != 19) return {};
    if (!std::all_of(cell.begin(), cell.end(), is_digit)) return {};
    const std::string milliseconds(cell.substr(0, 13));
    TimeText found = read_time(milliseconds);
    if (found.kind != DateKind::epoch || found.size != 13) return {};
    found.within += fixed_number(cell, 13, 3);
    found.size = cell.size();
    return found;
}

// 20250303141500
TimeText packed_time(std::string_view cell) {
    if (cell.size() != 14 || !std::all_of(cell.begin(), cell.end(), is_digit)) return {};
    const int year = fixed_number(cell, 0, 4);
    if (year < 1970 || year > 2099) return {};
    const std::string apart = std::string(cell.substr(0, 8)) + ' ' + std::string(cell.substr(8));
    TimeText found = all_of(apart, read_time(apart));
    if (found.size == 0 || !allows(found, DateOrder::ymd)) return {};
    found.size = cell.size();
    return found;
}

}  // namespace

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    const auto same = [](char a, char b) { return lower(a) == b; };
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return std::equal(text.begin(), text.end(), word.begin(), word.end(), same);
    });
}

bool is_unknown(std::string_view cell) {
    cell = trimmed(cell);
    return cell.empty() || (cell.size() <= 4 && is_one_of(cell, {"na", "n/a", "nan", "null", "none", "?", "-"}));
}

std::optional<double> number_of(std::string_view cell, Decimal decimal) {
    cell = trimmed(cell);
    if (is_unknown(cell)) return std::numeric_limits<double>::quiet_NaN();
    if (cell.size() > kLongestNumber) return std::nullopt;
    if (cell.starts_with('+') && !cell.starts_with("+-")) cell.remove_prefix(1);
    if (cell.empty()) return std::nullopt;
    if (decimal == Decimal::point && cell.find(',') == std::string_view::npos) return plain_number(cell);
    const auto number = rewritten(cell, decimal);
    return number && !number->empty() ? plain_number(*number) : std::nullopt;
}

std::optional<bool> boolean_of(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.size() > 5) return std::nullopt;
    if (is_one_of(cell, {"true", "yes", "on"})) return true;
    if (is_one_of(cell, {"false", "no", "off"})) return false;
    return std::nullopt;
}

TimeText time_of_cell(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.size() < 6 || cell.size() > kLongestTime) return {};
    if (const TimeText found = all_of(cell, read_time(cell)); found.size > 0) return found;
    if (const TimeText found = fine_epoch(cell); found.size > 0) return found;
    if (const TimeText found = packed_time(cell); found.size > 0) return found;
    if (cell.find_first_of("-/. ") == std::string_view::npos) return {};
    const std::size_t size = cell.size();
    for (const char* rest : {":00", " 00:00:00"}) {
        const std::string whole = std::string(cell) + rest;
        TimeText found = all_of(whole, read_time(whole));
        const bool date_alone = rest[0] == ' ';
        if (found.size == 0 || found.kind == DateKind::epoch || (date_alone && found.kind == DateKind::two_digits)) continue;
        found.size = size;
        return found;
    }
    return {};
}

std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        const char small = lower(c);
        if (is_digit(small) || (small >= 'a' && small <= 'z')) plain += small;
    }
    return plain;
}

}  // namespace abm
