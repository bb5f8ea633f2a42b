#include "core/ingest/escapes.h"

#include <algorithm>

#include "core/ingest/text_scan.h"

namespace abm {

std::size_t escape_length(std::string_view text) {
    if (text.size() < 2) return text.size();
    std::size_t length = 2;
    switch (text[1]) {
        case '[':
            while (length < text.size() && (is_digit(text[length]) || text[length] == ';')) ++length;
            ++length;  // the letter that ends the sequence
            break;
        case '(':
        case ')':
        case 'e':
        case 'w':
            length = 3;
            break;
        case 'h':
            length = 5;
            break;
        default:
            break;
    }
    return std::min(length, text.size());
}

Prefix read_prefix_slowly(std::string_view line) {
    Prefix prefix;
    std::size_t at = line.starts_with("\xEF\xBB\xBF") ? 3 : 0;  // what an editor puts in front of UTF-8
    bool reset = false;
    while (at < line.size()) {
        const char c = line[at];
        if (c == kEscape) {
            const std::size_t length = escape_length(line.substr(at));
            const std::string_view escape = line.substr(at, length);
            reset = reset || escape == "\x1B[0r";
            if (escape == "\x1B[05p") prefix.supervisor_text = true;
            if (escape == "\x1B[00p") prefix.supervisor_end = true;
            at += length;
        } else if (is_blank(c) || c == kShiftIn || c == '\f' || c == '\0') {
            ++at;
        } else {
            break;
        }
    }
    prefix.bytes = at;
    if (reset) prefix.reset_bytes = at;
    return prefix;
}

std::string without_escapes(std::string_view line) {
    std::string text;
    text.reserve(line.size());
    for (std::size_t at = 0; at < line.size();) {
        const char c = line[at];
        if (c == kEscape) {
            at += escape_length(line.substr(at));
            continue;
        }
        if (c == '\t') {
            text += ' ';
        } else if (c != kShiftIn) {
            text += c;
        }
        ++at;
    }
    return text;
}

}  // namespace abm
