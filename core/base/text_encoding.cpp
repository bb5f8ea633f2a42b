#include "core/base/text_encoding.h"

#include <fmt/format.h>

#include <algorithm>

namespace abm {
namespace {

using Byte = unsigned char;
constexpr std::string_view kDot = "\xC2\xB7";
constexpr double kMostControls = 0.03;

/// A character of well-formed UTF-8; length 0 when the bytes are not one.
struct Decoded {
    char32_t code = 0;
    std::size_t length = 0;
    bool cut = false;  ///< the text ends within a character that was well-formed so far
};

bool continues(Byte byte) { return (byte & 0xC0) == 0x80; }

std::size_t length_from_lead(Byte lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/// Overlong forms, surrogates and codes above 10FFFF are visible in the second byte (Unicode, table 3-7).
bool second_fits(Byte lead, Byte second) {
    switch (lead) {
        case 0xE0:
            return second >= 0xA0 && second <= 0xBF;
        case 0xED:
            return second >= 0x80 && second <= 0x9F;
        case 0xF0:
            return second >= 0x90 && second <= 0xBF;
        case 0xF4:
            return second >= 0x80 && second <= 0x8F;
        default:
            return continues(second);
    }
}

Decoded decode(std::string_view text) {
    const auto lead = static_cast<Byte>(text.front());
    const std::size_t length = length_from_lead(lead);
    if (length == 0) return {};
    if (length == 1) return {lead, 1};
    auto code = static_cast<char32_t>(lead & (0x7F >> length));
    for (std::size_t i = 1; i < length; ++i) {
        if (i == text.size()) return {0, 0, true};
        const auto byte = static_cast<Byte>(text[i]);
        if (i == 1 ? !second_fits(lead, byte) : !continues(byte)) return {};
        code = (code << 6) | (byte & 0x3FU);
    }
    return {code, length};
}

bool valid_utf8(std::string_view text, bool may_be_cut) {
    while (!text.empty()) {
        const Decoded next = decode(text);
        if (next.length == 0) return next.cut && may_be_cut;
        text.remove_prefix(next.length);
    }
    return true;
}

bool expected_in_text(Byte byte) {
    constexpr std::string_view kExpected = "\a\t\n\f\r\x0F\x1B";
    return byte >= 0x20 ? byte != 0x7F : kExpected.find(static_cast<char>(byte)) != std::string_view::npos;
}

/// Zeros in nearly every second byte and nowhere else: Latin letters in 16 bits.
bool zero_pattern(std::string_view head, std::size_t zero_place) {
    if (head.size() < 8) return false;
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0' ? 1 : 0;
    const std::size_t pairs = head.size() / 2;
    return zeros[zero_place] * 10 >= pairs * 7 && zeros[1 - zero_place] * 20 <= pairs;
}

/// Zeros in long rows: what a power cut leaves of the blocks that were being written. They say nothing of the rest.
std::size_t zeros_in_runs(std::string_view head) {
    constexpr std::size_t kShortestRun = 64;
    std::size_t all = 0, run = 0;
    for (const char c : head) {
        run = c == '\0' ? run + 1 : 0;
        if (run >= kShortestRun) all += run == kShortestRun ? kShortestRun : 1;
    }
    return all;
}

bool hidden(char32_t code) {
    const auto within = [code](char32_t first, char32_t last) { return code >= first && code <= last; };
    return within(0x00, 0x1F) || within(0x7F, 0x9F) || within(0x200B, 0x200F) || within(0x2028, 0x202E) ||
           within(0x2060, 0x206F) || code == 0xAD || code == 0x061C || code == 0xFEFF || within(0xFFF9, 0xFFFB) ||
           within(0xFDD0, 0xFDEF) || (code & 0xFFFE) == 0xFFFE || within(0xE0000, 0xE0FFF);
}

void append_latin1(std::string& out, Byte byte) {
    out.push_back(static_cast<char>(0xC0 | (byte >> 6)));
    out.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
}

}  // namespace

std::string_view name_of(TextEncoding encoding) {
    switch (encoding) {
        case TextEncoding::ascii:
            return "ascii";
        case TextEncoding::utf8:
            return "utf-8";
        case TextEncoding::latin1:
            return "latin-1";
        case TextEncoding::utf16le:
            return "utf-16le";
        case TextEncoding::utf16be:
            return "utf-16be";
        case TextEncoding::binary:
            return "binary";
    }
    return "binary";
}

TextEncoding sniff_encoding(std::string_view head) {
    const bool cut = head.size() >= kSniffBytes;
    head = head.substr(0, kSniffBytes);
    if (head.starts_with("\xFF\xFE")) return TextEncoding::utf16le;
    if (head.starts_with("\xFE\xFF")) return TextEncoding::utf16be;
    if (zero_pattern(head, 1)) return TextEncoding::utf16le;
    if (zero_pattern(head, 0)) return TextEncoding::utf16be;
    const auto controls = std::count_if(head.begin(), head.end(), [](char c) { return !expected_in_text(static_cast<Byte>(c)); });
    const std::size_t lost = zeros_in_runs(head);
    if (static_cast<double>(static_cast<std::size_t>(controls) - lost) >
            kMostControls * static_cast<double>(head.size() - lost) ||
        (lost > 0 && lost == head.size()))
        return TextEncoding::binary;
    if (std::all_of(head.begin(), head.end(), [](char c) { return static_cast<Byte>(c) < 0x80; })) return TextEncoding::ascii;
    return valid_utf8(head, cut) ? TextEncoding::utf8 : TextEncoding::latin1;
}

std::string encoding_refusal(TextEncoding encoding, std::string_view wanted) {
    if (encoding == TextEncoding::binary) return fmt::format("not a text file: nothing of it was read. Open {}", wanted);
    if (encoding != TextEncoding::utf16le && encoding != TextEncoding::utf16be) return {};
    return fmt::format("UTF-16 text: nothing of it was read. Convert a copy first: iconv -f {} -t UTF-8",
                       encoding == TextEncoding::utf16le ? "UTF-16LE" : "UTF-16BE");
}

std::string printable(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const auto plain = std::find_if_not(bytes.begin(), bytes.end(), [](char c) { return c >= ' ' && c <= '~'; });
        out.append(bytes.begin(), plain);
        bytes.remove_prefix(static_cast<std::size_t>(plain - bytes.begin()));
        if (bytes.empty()) break;
        const auto byte = static_cast<Byte>(bytes.front());
        const Decoded next = decode(bytes);
        const std::size_t length = std::max<std::size_t>(next.length, 1);
        if (byte == '\t') {
            out.push_back(' ');
        } else if (hidden(next.length > 0 ? next.code : byte)) {
            out += kDot;
        } else if (next.length > 0) {
            out += bytes.substr(0, length);
        } else {
            append_latin1(out, byte);
        }
        bytes.remove_prefix(length);
    }
    return out;
}

std::string as_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = decode(bytes).length;
        if (length > 0) {
            out.append(bytes.substr(0, length));
        } else {
            append_latin1(out, static_cast<Byte>(bytes.front()));
        }
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

}  // namespace abm
