#include "core/textlog/header_items.h"

#include <algorithm>
#include <array>

#include "core/ingest/text_scan.h"

namespace abm {
namespace {

constexpr std::size_t kLongestBracket = 256;
constexpr std::size_t kLongestItemName = 96;

std::size_t skip_blanks(std::string_view line, std::size_t at) {
    while (at < line.size() && is_blank(line[at])) ++at;
    return at;
}

std::size_t word_end(std::string_view line, std::size_t at) {
    while (at < line.size() && !is_blank(line[at])) ++at;
    return at;
}

ItemText item(std::string_view line, std::size_t end, std::string_view value) {
    ItemText found;
    found.end = skip_blanks(line, end);
    found.value = value;
    return found;
}

char closing(char open) { return open == '[' ? ']' : open == '(' ? ')' : open == '<' ? '>' : '\0'; }

ItemText read_time_item(DateKind kind, std::string_view line, std::size_t at) {
    const char close = closing(line[at]);
    const std::size_t begin = at + (close != '\0' ? 1 : 0);
    const TimeText time = read_time(line.substr(begin));
    if (time.size == 0 || (kind != DateKind::none && kind != time.kind)) return {};
    if (time.kind == DateKind::uptime && close == '\0') return {};
    std::size_t end = begin + time.size;
    if (close != '\0' && (end >= line.size() || line[end++] != close)) return {};
    if (end < line.size() && (line[end] == ',' || line[end] == '|' || line[end] == ':' || line[end] == ';')) ++end;
    ItemText found = item(line, end, line.substr(begin, time.size));
    found.time = time;
    return found;
}

ItemText read_level(std::string_view line, std::size_t at) {
    const char close = closing(line[at]);
    const std::size_t begin = at + (close != '\0' ? 1 : 0);
    std::size_t end = begin;
    while (end < line.size() && ((line[end] | 0x20) >= 'a' && (line[end] | 0x20) <= 'z')) ++end;
    const std::string_view word = line.substr(begin, end - begin);
    constexpr std::string_view kLetters = "VDIWEFTNC";
    const bool letter = word.size() == 1 && close == '\0' && kLetters.find(word[0]) != std::string_view::npos;
    if (!letter && !is_level_name(word)) return {};
    if (close != '\0' && (end >= line.size() || line[end++] != close)) return {};
    if (end < line.size() && (line[end] == ':' || line[end] == ',' || line[end] == '|')) ++end;
    if (end < line.size() && !is_blank(line[end])) return {};
    return item(line, end, word);
}

ItemText read_priority(std::string_view line, std::size_t at) {
    const std::size_t close = line.find('>', at);
    if (line[at] != '<' || close == std::string_view::npos || close - at < 2 || close - at > 4) return {};
    const std::string_view digits = line.substr(at + 1, close - at - 1);
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) return {};
    std::size_t end = close + 1;
    if (end + 1 < line.size() && line[end] == '1' && line[end + 1] == ' ') ++end;
    return item(line, end, digits);
}

ItemText read_bracket(std::string_view line, std::size_t at) {
    if (line[at] != '[') return {};
    int depth = 0;
    for (std::size_t i = at; i < std::min(line.size(), at + kLongestBracket); ++i) {
        if (line[i] == '[') ++depth;
        if (line[i] != ']' || --depth > 0) continue;
        const std::size_t end = i + 1 < line.size() && line[i + 1] == ':' ? i + 2 : i + 1;
        return item(line, end, line.substr(at + 1, i - at - 1));
    }
    return {};
}

ItemText read_dash(std::string_view line, std::size_t at) {
    const std::string_view word = line.substr(at, word_end(line, at) - at);
    if (word != "-" && word != "--" && word != "---" && word != "|" && word != ":") return {};
    return item(line, at + word.size(), word);
}

// Byte behind "name[123]", "name(module)" or "name" at the front of the words; the name may have a version behind it.
struct Name {
    std::size_t end = 0;
    std::string_view name, pid;
};

bool is_name_character(char c) { return !is_blank(c) && c != ':' && c != '[' && c != ',' && c != ';' && c != '=' && c != '"'; }

Name read_name(std::string_view line, std::size_t at) {
    const std::size_t most = std::min(line.size(), at + kLongestItemName);
    std::size_t end = at;
    while (end < most && is_name_character(line[end])) ++end;
    while (end + 1 < most && line[end] == ':' && line[end + 1] == ':') {  // name::space
        end += 2;
        while (end < most && is_name_character(line[end])) ++end;
    }
    if (end == at || is_digit(line[at])) return {};
    Name found{end, line.substr(at, end - at), {}};
    if (end >= line.size() || line[end] != '[') return found;
    const std::size_t close = line.find(']', end);
    if (close == std::string_view::npos || close - end > 16) return found;
    found.pid = line.substr(end + 1, close - end - 1);
    found.end = close + 1;
    return found;
}

// Behind the name: a version, further words when a pid follows them ("Microsoft Word[12]:"), a detail in round brackets.
Name extend_name(std::string_view line, std::size_t at, Name name) {
    for (int more = 0; more < 2 && name.pid.empty() && name.end < line.size() && line[name.end] == ' '; ++more) {
        const std::size_t next = name.end + 1;
        std::size_t end = next;
        while (end < line.size() && is_name_character(line[end])) ++end;
        const bool version = end > next && is_digit(line[next]) && end < line.size() && line[end] == ':';
        const Name longer = version ? Name{end, {}, {}} : read_name(line, next);
        if (longer.end == 0) break;
        if (version || !longer.pid.empty())
            return {longer.end, line.substr(at, (version ? longer.end : longer.end - longer.pid.size() - 2) - at), longer.pid};
        name.end = longer.end;
    }
    return {};
}

std::size_t colon_behind(std::string_view line, std::size_t at) {
    if (at + 1 < line.size() && line[at] == ' ' && line[at + 1] == '(') {
        const std::size_t close = line.find(')', at);
        if (close != std::string_view::npos && close - at <= kLongestItemName) at = close + 1;
    }
    const std::size_t colon = skip_blanks(line, at);
    if (colon >= line.size() || line[colon] != ':' || colon - at > 24) return 0;
    return colon + 1 == line.size() || is_blank(line[colon + 1]) ? colon + 1 : 0;
}

ItemText read_component(std::string_view line, std::size_t at) {
    std::size_t begin = at;
    while (begin < line.size() && line[begin] == '-') ++begin;  // "-- root[2421]:"
    begin = skip_blanks(line, begin);
    if (begin >= line.size()) return {};
    Name name = read_name(line, begin);
    if (name.end == 0) return {};
    std::size_t end = colon_behind(line, name.end);
    if (end == 0) {
        name = extend_name(line, begin, name);
        end = name.end == 0 ? 0 : colon_behind(line, name.end);
    }
    if (end == 0) return {};
    ItemText found = item(line, end, name.name);
    found.pid = name.pid;
    return found;
}

ItemText read_named(std::string_view line, std::size_t at) {
    std::size_t end = at;
    for (int words = 0; words < 3 && end < line.size(); ++words) {
        end = word_end(line, end);
        if (end - at > kLongestItemName) return {};
        if (line.substr(end).starts_with(" - ")) return item(line, end + 3, line.substr(at, end - at));
        end = skip_blanks(line, end);
    }
    return {};
}

ItemText read_field(std::string_view line, std::size_t at) {
    const std::size_t bar = line.find('|', at);
    if (bar == std::string_view::npos || bar == at || bar - at > kLongestItemName) return {};
    const std::string_view word = trimmed(line.substr(at, bar - at));
    if (word.find_first_of(" =") != std::string_view::npos) return {};
    return item(line, bar + 1, word);
}

}  // namespace

bool is_level_name(std::string_view word) {
    constexpr std::array<std::string_view, 25> kNames = {
        "info",     "error", "warn",    "warning",   "debug",   "notice", "trace",      "fatal", "severe",
        "critical", "crit",  "alert",   "emerg",     "panic",   "err",    "fine",       "finer", "finest",
        "config",   "note",  "verbose", "emergency", "failure", "log",    "information"};
    if (word.size() < 3 || word.size() > 11) return false;
    return std::any_of(kNames.begin(), kNames.end(), [word](std::string_view name) {
        return name.size() == word.size() &&
               std::equal(name.begin(), name.end(), word.begin(), [](char a, char b) { return a == (b | 0x20); });
    });
}

ItemText read_item(HeaderItem kind, DateKind date, std::string_view line, std::size_t at) {
    if (at >= line.size()) return {};
    switch (kind) {
        case HeaderItem::time:
            return read_time_item(date, line, at);
        case HeaderItem::level:
            return read_level(line, at);
        case HeaderItem::priority:
            return read_priority(line, at);
        case HeaderItem::bracket:
            return read_bracket(line, at);
        case HeaderItem::dash:
            return read_dash(line, at);
        case HeaderItem::component:
            return read_component(line, at);
        case HeaderItem::named:
            return read_named(line, at);
        case HeaderItem::field:
            return read_field(line, at);
        default:
            break;
    }
    const std::size_t end = word_end(line, at);
    const std::string_view word = line.substr(at, end - at);
    if (kind == HeaderItem::number && !std::all_of(word.begin(), word.end(), is_digit)) return {};
    if (kind == HeaderItem::padded && (is_digit(word.front()) || skip_blanks(line, end) < end + 2)) return {};
    return item(line, end, word);
}

}  // namespace abm
