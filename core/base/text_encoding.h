// What kind of text the bytes of a source are, and how any bytes are shown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace abm {

enum class TextEncoding : std::uint8_t { ascii, utf8, latin1, utf16le, utf16be, binary };

/// "ascii", "utf-8", "latin-1", "utf-16le", "utf-16be", "binary".
std::string_view name_of(TextEncoding encoding);

inline constexpr std::size_t kSniffBytes = 64 * 1024;

/// Judges the first kSniffBytes of a source. Empty text is ascii. UTF-16 is known by its byte order mark or by zeros in every
/// second byte. Binary: more than 3 % NULs and control bytes other than BEL TAB LF FF CR SI ESC; a few NULs, as a loss of
/// power leaves them in journals, do not make a text binary. What is not valid UTF-8 is latin-1.
TextEncoding sniff_encoding(std::string_view head);

/// Why a source of this encoding is not read, and what to do; empty: it is read. wanted: "a log (plain text or gzip)".
std::string encoding_refusal(TextEncoding encoding, std::string_view wanted);

/// One line of any bytes as valid UTF-8 without control characters. Valid UTF-8 stays; every other byte above 0x7F is read as
/// Latin-1. Shown as a middle dot, so that nothing vanishes and nothing acts: control characters (TAB becomes a blank), line
/// separators, and the invisible characters that reorder text. Escape sequences are the caller's to remove.
std::string printable(std::string_view bytes);

/// Any bytes as valid UTF-8 in which nothing else is changed: valid UTF-8 stays as it is, every other byte is read as Latin-1.
std::string as_utf8(std::string_view bytes);

}  // namespace abm
