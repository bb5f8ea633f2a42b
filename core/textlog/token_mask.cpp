#include "core/textlog/token_mask.h"

#include <algorithm>
#include <array>

#include "core/ingest/text_scan.h"

namespace abm {
namespace {

constexpr std::size_t kLongestValue = 512;
constexpr std::size_t kLongestPiece = 2'048;

constexpr std::array<std::uint8_t, 256> make_marks() {
    std::array<std::uint8_t, 256> marks{};
    const auto add = [&marks](std::string_view characters, int mark) {
        for (const char c : characters) marks[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(mark);
    };
    for (std::size_t c = 'a'; c <= 'z'; ++c) marks[c] = kMarkLetter;
    for (std::size_t c = 'A'; c <= 'Z'; ++c) marks[c] = kMarkLetter;
    for (std::size_t c = 0x80; c <= 0xFF; ++c) marks[c] = kMarkLetter;
    add("0123456789", kMarkDigit | kMarkSpecial);
    add(".-_:/\\@$#%+~*&", kMarkJoin);
    add("=./\\@*", kMarkSpecial);
    add(" \t\r\n\f\v", kMarkBlank);
    return marks;
}
constexpr std::array<std::uint8_t, 256> kMarks = make_marks();

bool is_letter(char c) { return (kMarks[static_cast<unsigned char>(c)] & kMarkLetter) != 0; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// What a piece is made of, counted in one pass.
struct Make {
    std::size_t digits = 0, letters = 0, hex_letters = 0, slashes = 0, backslashes = 0, dots = 0, ats = 0, others = 0;
    std::size_t first_digit = 0;  ///< of the piece; its size when there is none
};

Make make_of(std::string_view piece) {
    Make make;
    make.first_digit = piece.size();
    for (std::size_t i = 0; i < piece.size(); ++i) {
        const char c = piece[i];
        if (is_digit(c)) {
            if (make.digits++ == 0) make.first_digit = i;
        } else if (is_letter(c)) {
            ++make.letters;
            make.hex_letters += is_hex(c) ? 1 : 0;
        } else if (c == '/') {
            ++make.slashes;
        } else if (c == '\\') {
            ++make.backslashes;
        } else if (c == '.') {
            ++make.dots;
        } else if (c == '@') {
            ++make.ats;
        } else if (c != '-' && c != ':' && c != '_') {
            ++make.others;
        }
    }
    return make;
}

bool is_path(std::string_view piece, const Make& make) {
    if (make.slashes + make.backslashes == 0 || piece.size() < 2) return false;
    if (piece[0] == '/' || piece[0] == '\\') return true;
    if ((piece[0] == '.' || piece[0] == '~') && piece.find_first_of("/\\") <= 2) return true;
    if (piece[1] == ':' && piece.size() > 2 && (piece[2] == '\\' || piece[2] == '/')) return true;
    return make.slashes >= 2 || make.backslashes >= 2;
}

bool is_mail(std::string_view piece, const Make& make) {
    const std::size_t at = piece.find('@');
    return make.ats == 1 && at > 0 && piece.find('.', at) != std::string_view::npos;
}

bool is_common_domain(std::string_view label) {
    constexpr std::array<std::string_view, 12> kDomains = {"com", "net", "org",  "edu",   "gov", "mil",
                                                           "int", "biz", "info", "local", "lan", "arpa"};
    return std::find(kDomains.begin(), kDomains.end(), label) != kDomains.end();
}

// "ns1.example.com", "build.example.co.jp", with a port too; not "java.io.IOException", "com.example.app", "main.c".
bool is_host(std::string_view piece, const Make& make) {
    if (make.dots == 0 || make.letters < 2 || make.others + make.ats + make.slashes + make.backslashes > 0) return false;
    if (const std::size_t port = piece.find(':'); port != std::string_view::npos) {
        if (!std::all_of(piece.begin() + static_cast<std::ptrdiff_t>(port) + 1, piece.end(), is_digit)) return false;
        piece = piece.substr(0, port);
    }
    if (is_common_domain(piece.substr(0, piece.find('.')))) return false;  // a name written from the top: com.example
    const std::string_view last = piece.substr(piece.rfind('.') + 1);
    if (last.size() < 2 || !std::all_of(last.begin(), last.end(), is_lower)) return false;
    return is_common_domain(last) || (last.size() == 2 && make.dots >= 2);
}

// Bytes of "12:34:ab", "fe80::1": at least three numbers of one to four hexadecimal digits each with ':' between; else 0.
std::size_t hex_groups(std::string_view text) {
    std::size_t groups = 0, at = 0;
    while (at < text.size()) {
        std::size_t size = 0;
        while (at + size < text.size() && size < 5 && is_hex(text[at + size])) ++size;
        if (size == 5 || (at + size < text.size() && is_letter(text[at + size]))) return 0;
        groups += size > 0 ? 1 : 0;
        at += size;
        if (at + 1 >= text.size() || text[at] != ':' || !(is_hex(text[at + 1]) || text[at + 1] == ':')) break;
        ++at;
    }
    return groups >= 3 ? at : 0;
}

bool is_repeated_star(std::string_view piece) {
    return piece.size() > 1 && piece.find_first_not_of('*') == std::string_view::npos;
}

std::size_t speaking_start(std::string_view piece, const Make& make) {
    std::size_t kept = make.first_digit;
    if (kept > 1 && (piece[kept - 1] == '-' || piece[kept - 1] == '+') && !is_letter(piece[kept - 2])) --kept;  // "blk_-12"
    const auto letters = std::count_if(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(kept), is_letter);
    return letters < 2 ? 0 : kept;
}

}  // namespace

std::uint8_t character_marks(char c) { return kMarks[static_cast<unsigned char>(c)]; }

std::size_t piece_end(std::string_view text, std::size_t at) {
    if (is_hex(text[at]) || text[at] == ':') {
        if (const std::size_t size = hex_groups(text.substr(at)); size > 0) return at + size;
        if (text[at] == ':') return at;  // "plugged:a3f9...": belongs to what stands before it
    }
    const std::size_t most = std::min(text.size(), at + kLongestPiece);
    std::size_t end = at;
    while (end < most && (character_marks(text[end]) & (kMarkLetter | kMarkDigit | kMarkJoin)) != 0) {
        const bool drive = end == at + 1;
        if (text[end] == ':' && !drive && end + 1 < text.size() && is_letter(text[end + 1]) && end > at) break;
        ++end;
    }
    while (end > at && (text[end - 1] == '.' || text[end - 1] == ':' || text[end - 1] == '-')) --end;
    return end;
}

MaskedPiece mask_piece(std::string_view piece) {
    const Make make = make_of(piece);
    if (is_path(piece, make) || is_mail(piece, make) || is_host(piece, make) || is_repeated_star(piece)) return {0, true};
    if (make.digits == 0) return {piece.size(), false};
    if (!is_letter(piece.front())) return {0, true};
    const bool hexadecimal = make.letters == make.hex_letters && make.dots + make.ats + make.others == 0 && piece.size() >= 6;
    if (hexadecimal) return {0, true};
    const bool stuck = make.first_digit > 0 && is_letter(piece[make.first_digit - 1]);
    if (make.digits <= 2 && stuck && make.letters >= 2) return {piece.size(), false};
    return {speaking_start(piece, make), true};
}

std::size_t value_end(std::string_view text, std::size_t at) {
    const std::size_t most = std::min(text.size(), at + kLongestValue);
    int depth = 0;
    if (at < most && (text[at] == '"' || text[at] == '\'')) {
        const std::size_t close = text.find(text[at], at + 1);
        if (close < most) return close + 1;
    }
    std::size_t end = at;
    std::size_t outside = at;  // where it ends when a bracket stays open
    for (; end < most; ++end) {
        const char c = text[end];
        if (c == '(' || c == '[' || c == '{') {
            if (depth++ == 0) outside = end;
        } else if (c == ')' || c == ']' || c == '}') {
            if (depth-- == 0) return end;
        } else if (depth == 0 && ((character_marks(c) & kMarkBlank) != 0 || c == ',' || c == ';')) {
            return end;
        }
    }
    if (depth == 0) return end;
    while (outside < text.size() && (character_marks(text[outside]) & kMarkBlank) == 0) ++outside;
    return outside;
}

std::size_t unit_behind(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size() || text[at] != ' ' || !is_letter(text[at + 1])) return 0;
    std::size_t end = at + 1;
    while (end < text.size() && is_letter(text[end])) ++end;
    const std::string_view word = text.substr(at + 1, end - at - 1);
    if (word.size() > 7 || (end < text.size() && (is_digit(text[end]) || text[end] == '_' || text[end] == '='))) return 0;
    constexpr std::array<std::string_view, 38> kUnits = {
        "B",      "KB",      "kB",      "MB", "GB",   "TB",    "KiB",   "MiB",  "GiB",   "byte", "bytes", "s",   "sec",
        "secs",   "second",  "seconds", "ms", "msec", "msecs", "us",    "usec", "usecs", "ns",   "nsec",  "min", "mins",
        "minute", "minutes", "h",       "hr", "hrs",  "hour",  "hours", "day",  "days",  "Hz",   "MHz",   "GHz"};
    return std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end() ? end - at : 0;
}

bool is_part_of_date(std::string_view word, std::string_view behind) {
    if (word.size() < 3 || word.size() > 10 || !is_upper(word[0]) || !is_lower(word[1])) return false;
    if (word.back() == ',') word.remove_suffix(1);
    constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};
    constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                          "July",    "August",   "September", "October", "November", "December"};
    const auto names = [word](std::string_view name) { return name == word || (word.size() == 3 && name.starts_with(word)); };
    while (!behind.empty() && behind.front() == ' ') behind.remove_prefix(1);
    if (behind.empty()) return false;
    if (std::any_of(kMonths.begin(), kMonths.end(), names)) return is_digit(behind.front());
    if (!std::any_of(kDays.begin(), kDays.end(), names)) return false;
    const std::string_view next = behind.substr(0, 3);
    return is_digit(behind.front()) ||
           std::any_of(kMonths.begin(), kMonths.end(), [next](auto name) { return name.starts_with(next) && next.size() == 3; });
}

bool is_truth_value(std::string_view word) {
    constexpr std::array<std::string_view, 9> kValues = {"true", "false", "null",  "True", "False",
                                                         "Null", "TRUE",  "FALSE", "NULL"};
    while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ';')) word.remove_suffix(1);
    return std::find(kValues.begin(), kValues.end(), word) != kValues.end();
}

}  // namespace abm
