// Small scanners for the fixed-width text of a journal. None allocates.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/letters.h"

namespace abm {

/// Exactly `digits` digits at text[at]; -1 when there are fewer or other characters.
inline std::int32_t fixed_number(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return -1;
    std::int32_t value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
        if (!is_digit(text[i])) return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/// The first run of digits, as far as it fits into 9 digits; -1 when there is none. Removes what it read from `text`.
inline std::int32_t take_number(std::string_view& text) {
    while (!text.empty() && !is_digit(text.front())) text.remove_prefix(1);
    if (text.empty()) return -1;
    std::int32_t value = 0;
    int digits = 0;
    while (!text.empty() && is_digit(text.front())) {
        if (++digits <= 9) value = value * 10 + (text.front() - '0');
        text.remove_prefix(1);
    }
    return value;
}

inline constexpr std::int32_t kMostNotes =
    999'999;  ///< more in one place is a damaged line; sums of notes stay far from overflow

/// take_number for a count of notes: at most kMostNotes.
inline std::int32_t take_count(std::string_view& text) {
    const std::int32_t number = take_number(text);
    return number > kMostNotes ? kMostNotes : number;
}

/// A running count of notes: hostile input stops it at a hundred million.
inline void add_notes(std::int32_t& total, std::int32_t notes) {
    constexpr std::int32_t kMostTotal = 100'000'000;
    total = total > kMostTotal - notes ? kMostTotal : total + notes;
}

/// The first run of characters that are not blank. Removes it from `text`.
inline std::string_view take_word(std::string_view& text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    std::size_t size = 0;
    while (size < text.size() && !is_blank(text[size])) ++size;
    const std::string_view word = text.substr(0, size);
    text.remove_prefix(size);
    return word;
}

/// "HH:MM:SS" at the front as second of the day; -1 when it is no time.
inline std::int32_t clock_second(std::string_view text) {
    if (text.size() < 8 || text[2] != ':' || text[5] != ':') return -1;
    const std::int32_t hour = fixed_number(text, 0, 2);
    const std::int32_t minute = fixed_number(text, 3, 2);
    const std::int32_t second = fixed_number(text, 6, 2);
    if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 59) return -1;
    return hour * 3600 + minute * 60 + second;
}

inline constexpr std::int32_t kDaySeconds = 86'400;

/// Seconds from one second of the day to a later one, over midnight where needed. A small step back (a line printed late) is 0.
inline std::int32_t seconds_between(std::int32_t from, std::int32_t to) {
    const std::int32_t forward = (to - from + kDaySeconds) % kDaySeconds;
    return forward > kDaySeconds / 2 ? 0 : forward;
}

}  // namespace abm
