// Which parts of a word of a log message vary from line to line by their looks alone: numbers, addresses, paths, ids.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace abm {

/// A piece of a word: its first `kept` bytes are said as they are, the rest is a variable when `variable`.
struct MaskedPiece {
    std::size_t kept = 0;
    bool variable = false;
};

/// What a character may be part of: bits of character_marks().
inline constexpr std::uint8_t kMarkLetter = 1;  ///< of any script: bytes above 0x7F count
inline constexpr std::uint8_t kMarkDigit = 2;
inline constexpr std::uint8_t kMarkJoin = 4;  ///< may stand inside an id, a path, an address: . - _ : / \ @ $ # % + ~ * &
inline constexpr std::uint8_t kMarkBlank = 8;
inline constexpr std::uint8_t kMarkSpecial = 16;  ///< a word without any of these is constant: digits = . / \ @ *
std::uint8_t character_marks(char c);

/// End of the piece that starts at text[at], a character with kMarkLetter, kMarkDigit or kMarkJoin: as far as these reach, but
/// not beyond ':' in front of a letter ("10.0.0.1:50010:Got" is two pieces) unless it is a URL, a drive or a group of
/// hexadecimal numbers. Trailing punctuation is not part of it, so the end may be `at` itself.
std::size_t piece_end(std::string_view text, std::size_t at);

/// Constant: words, also with up to two digits stuck to them (ssh2, eth0). Variable: numbers of all kinds, hexadecimal numbers,
/// addresses (IP, MAC, mail), host names, URLs, absolute paths, ids; of ids with a speaking start (blk_1234, core.77) it is kept.
MaskedPiece mask_piece(std::string_view piece);

/// End of the value behind "key=" at text[at]: to the next blank, comma, semicolon or closing bracket outside of quotes and
/// brackets the value itself opens.
std::size_t value_end(std::string_view text, std::size_t at);

/// Bytes of a blank and the unit of measure behind a number ("1.5 KB", "3 seconds"), 0 when there is none.
std::size_t unit_behind(std::string_view text, std::size_t at);

/// "Mon" or "Monday" in front of a date, "Jan" or "January" in front of a day.
bool is_part_of_date(std::string_view word, std::string_view behind);
/// true, false, null, in the usual spellings.
bool is_truth_value(std::string_view word);

}  // namespace abm
