// One cell of a table: text that may be a number, a yes or no, a time, or nothing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/textlog/log_time.h"

namespace abm {

enum class Decimal : char { point = '.', comma = ',' };

/// Whether the text is one of the lower-case words, in any case of its letters.
bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words);

/// Empty or blank, NA, N/A, NaN, null, none, "-" or "?".
bool is_unknown(std::string_view cell);

/// NaN for an unknown cell, infinity beyond the range of double, nothing for what is no number. Blanks around it, a plus sign,
/// an exponent, and groups of three digits (1,234.5 or 1.234,5) are understood.
std::optional<double> number_of(std::string_view cell, Decimal decimal = Decimal::point);

/// true/false, yes/no, on/off in any case.
std::optional<bool> boolean_of(std::string_view cell);

/// The cell as a time with a date, as read_time reads it; also without seconds, without a time of day, and in seconds,
/// milli-, micro- or nanoseconds since 1970 (kind epoch). size 0: something else.
TimeText time_of_cell(std::string_view cell);

/// "atm_ID " -> "atmid": names of columns are compared so.
std::string plain_name(std::string_view name);

}  // namespace abm
