// What a byte of text is, and text without the blanks around it. ASCII only, whatever the locale.
#pragma once

#include <cstddef>
#include <string_view>

namespace abm {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
/// A byte of a UTF-8 character behind its first.
inline bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Without blanks and tabs around it.
inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// As trimmed(), and without ends of lines around it.
inline std::string_view trimmed_of_line_ends(std::string_view text) {
    constexpr std::string_view kAround = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kAround);
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(kAround) - first + 1);
}

}  // namespace abm
