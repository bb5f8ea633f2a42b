#include "core/base/card_mask.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/card_scheme.h"
#include "core/base/letters.h"

namespace abm {
namespace {

constexpr std::size_t kFewestDigits = 13;
constexpr std::size_t kMostDigits = 19;
constexpr std::size_t kShownFirst = 6;
constexpr std::size_t kShownLast = 4;
/// A number with separators spans at most 19 + 18 bytes, and what adjoins it is judged two bytes further.
constexpr std::size_t kReach = 40;
constexpr std::size_t kLongestPiece = 512;

bool is_separator(char c) { return c == ' ' || c == '-'; }

/// A digit group that starts at `at` goes on behind one separator.
bool group_follows(std::string_view text, std::size_t at) {
    return at + 1 < text.size() && is_separator(text[at]) && is_digit(text[at + 1]);
}

bool group_precedes(std::string_view text, std::size_t at) {
    return at >= 2 && is_separator(text[at - 1]) && is_digit(text[at - 2]);
}

/// Where the digits of one card number stand in the text.
struct CardNumber {
    std::array<std::size_t, kMostDigits> place{};
    std::array<unsigned char, kMostDigits> digit{};
    std::size_t digits = 0;

    void add(std::string_view text, std::size_t at) {
        place[digits] = at;
        digit[digits++] = static_cast<unsigned char>(text[at] - '0');
    }
    bool valid() const { return is_card_number(std::span(digit).first(digits)); }
};

std::size_t run_end(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at])) ++at;
    return at;
}

/// An unbroken run, with or without zeros in front. `at` is its first digit.
std::optional<CardNumber> unbroken_number(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] == '0') ++at;
    const std::size_t end = run_end(text, at);
    if (end - at < kFewestDigits || end - at > kMostDigits) return std::nullopt;
    CardNumber number;
    for (; at < end; ++at) number.add(text, at);
    return number.valid() ? std::optional(number) : std::nullopt;
}

/// What the sizes and separators of the groups read so far allow.
struct Grouping {
    bool as_printed = true;  ///< every group but the last has four or more digits
    bool only_fives = true;
    bool one_separator = true;
    char separator = '\0';
    std::size_t size = 0;  ///< of the group that is being read

    void close(char next_separator) {
        as_printed = as_printed && size >= 4;
        only_fives = only_fives && size == 5;
        one_separator = one_separator && (separator == '\0' || separator == next_separator);
        separator = next_separator;
        size = 0;
    }
    /// `alone`: no other digits adjoin.
    bool allowed(bool alone) const {
        if (only_fives && size == 5) return false;
        return as_printed || (alone && one_separator);
    }
};

/// The longest number in two or more groups that begins at `at`.
std::optional<CardNumber> grouped_number(std::string_view text, std::size_t at) {
    if (text[at] == '0' || !group_follows(text, run_end(text, at))) return std::nullopt;
    const bool adjoined = group_precedes(text, at);
    CardNumber number;
    Grouping grouping;
    std::optional<CardNumber> best;
    while (number.digits < kMostDigits) {
        number.add(text, at++);
        ++grouping.size;
        if (at < text.size() && is_digit(text[at])) continue;
        const bool more = group_follows(text, at);
        if (grouping.separator != '\0' && grouping.allowed(!adjoined && !more) && number.valid()) best = number;
        if (!more) break;
        grouping.close(text[at++]);
    }
    return best;
}

std::optional<CardNumber> number_at(std::string_view text, std::size_t at) {
    auto grouped = grouped_number(text, at);
    return grouped ? grouped : unbroken_number(text, at);
}

/// A digit, or a separator with a digit on both sides within [from, text.size()).
bool in_stretch(std::string_view text, std::size_t from, std::size_t at) {
    if (is_digit(text[at])) return true;
    return is_separator(text[at]) && at > from && is_digit(text[at - 1]) && at + 1 < text.size() && is_digit(text[at + 1]);
}

struct Stretch {
    std::size_t begin = 0, end = 0;
    std::size_t digits = 0;
};

/// The next stretch of digits and single separators that is long enough for a card. Every such stretch has 13 or more bytes,
/// so one of them stands at a multiple of the step. Endless stretches come in pieces: masking looks at the rest again and
/// again, and must stay linear. Numbers may begin in a piece and end behind it.
std::optional<Stretch> next_stretch(std::string_view text, std::size_t from) {
    constexpr std::size_t kStep = kFewestDigits - 1;
    for (std::size_t probe = from + kStep - 1; probe < text.size(); probe += kStep) {
        if (!in_stretch(text, from, probe)) continue;
        Stretch stretch{probe, probe, 0};
        while (stretch.begin > from && in_stretch(text, from, stretch.begin - 1)) --stretch.begin;
        const std::size_t limit = std::min(text.size(), stretch.begin + kLongestPiece);
        for (stretch.end = stretch.begin; stretch.end < limit && in_stretch(text, from, stretch.end); ++stretch.end) {
            stretch.digits += is_digit(text[stretch.end]) ? 1 : 0;
        }
        if (stretch.digits >= kFewestDigits) return stretch;
        probe = stretch.end;
    }
    return std::nullopt;
}

struct Found {
    std::size_t group = 0;  ///< where its first run of digits begins
    CardNumber number;
};

/// The first card number whose first run of digits begins at or behind `from`.
std::optional<Found> find_card(std::string_view text, std::size_t from) {
    while (const auto stretch = next_stretch(text, from)) {
        for (std::size_t at = stretch->begin; at < stretch->end; ++at) {
            if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
            if (const auto number = number_at(text, at)) return Found{at, *number};
        }
        from = stretch->end;
    }
    return std::nullopt;
}

/// Masking cuts a run in two, and what is left on either side may now form a number with its neighbours.
std::size_t resume_before(std::string_view text, std::size_t group) {
    std::size_t at = group > kReach ? group - kReach : 0;
    while (at > 0 && at < group && is_digit(text[at - 1])) ++at;
    return at;
}

void mask(std::string& text, const CardNumber& number) {
    for (std::size_t i = kShownFirst; i + kShownLast < number.digits; ++i) text[number.place[i]] = '*';
}

std::int64_t mask_from(std::string& text, std::size_t from) {
    std::int64_t count = 0;
    while (const auto found = find_card(text, from)) {
        mask(text, found->number);
        ++count;
        from = resume_before(text, found->group);
    }
    return count;
}

}  // namespace

std::int64_t mask_card_numbers(std::string& text) { return mask_from(text, 0); }

std::int64_t count_card_numbers(std::string_view text) {
    const auto first = find_card(text, 0);
    if (!first) return 0;
    std::string copy(text);
    return mask_from(copy, resume_before(text, first->group));
}

std::string cut_masked(std::string text, std::size_t most, std::string_view mark) {
    if (text.size() <= most) return text;
    while (most > 0 && continues_character(text[most])) --most;
    text.resize(most);
    mask_private_numbers(text);
    return text.append(mark);
}

}  // namespace abm
