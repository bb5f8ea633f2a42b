#include "core/textlog/line_parser.h"

#include <algorithm>
#include <array>

#include "core/base/card_mask.h"
#include "core/base/text_encoding.h"
#include "core/ingest/text_scan.h"
#include "core/textlog/line_clock.h"
#include "core/textlog/template_miner.h"

namespace abm {
namespace {

constexpr std::size_t kMostMatched = 8'192;  // bytes of a line patterns look at: no id and no event stands behind them

bool is_one_of(std::string_view level, std::span<const std::string_view> names) {
    return std::ranges::any_of(names, [&](std::string_view name) {
        return std::ranges::equal(level, name, {}, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    });
}

bool is_error_level(std::string_view level) {
    static constexpr std::array<std::string_view, 13> kNames = {
        "error", "err", "fatal", "critical", "crit", "alert", "severe", "emerg", "panic", "e", "emergency", "failure", "f"};
    return is_one_of(level, kNames);
}

bool is_warning_level(std::string_view level) {
    static constexpr std::array<std::string_view, 3> kNames = {"warning", "warn", "w"};
    return is_one_of(level, kNames);
}

std::string_view field_of(const HeaderFields& header, EntityField field) {
    switch (field) {
        case EntityField::host:
            return header.host;
        case EntityField::component:
            return header.component;
        case EntityField::pid:
            return header.pid;
        case EntityField::level:
            return header.level;
        default:
            return {};
    }
}

std::string masked_text(std::string_view text) {
    std::string shown = printable(text);
    mask_card_numbers(shown);
    return shown;
}

}  // namespace

LineParser::LineParser(const LogProfile& profile, std::span<const std::string_view> first_lines)
    : profile_(profile), header_(LogHeader::learn(first_lines)) {
    const auto has_time = [&](std::string_view line, bool ask_patterns) {
        asks_patterns_ = ask_patterns;
        ParsedLine parsed;
        parsed.header = header_.parse(line);
        find_time(line.substr(0, kMostMatched), parsed);
        return known(parsed.time);
    };
    const auto sample = first_lines.first(std::min(first_lines.size(), LogHeader::kMostSample));
    asks_patterns_ =
        std::ranges::any_of(sample, [&](std::string_view line) { return !has_time(line, false) && has_time(line, true); });
}

ParsedLine LineParser::parse(std::string_view line) const {
    ParsedLine parsed;
    parsed.blank = trimmed(line).empty();
    if (parsed.blank) return parsed;
    parsed.header = header_.parse(line);
    const std::string_view looked_at = line.substr(0, kMostMatched);
    find_time(looked_at, parsed);
    parsed.entity = find_entity(looked_at, parsed.header);
    parsed.event = profile_.event_patterns.first_match(looked_at);
    if (parsed.event >= 0) parsed.role = profile_.events[static_cast<std::size_t>(parsed.event)].role;
    parsed.error = parsed.header.level.empty() ? parsed.role == EventRole::error : is_error_level(parsed.header.level);
    parsed.warning = is_warning_level(parsed.header.level);
    const bool has_header = parsed.header.recognised || header_.items().empty() || is_blank(line.front());
    parsed.understood = profile_.by_entity ? !parsed.entity.empty() : has_header;
    return parsed;
}

void LineParser::find_time(std::string_view line, ParsedLine& parsed) const {
    const DateOrder order = profile_.date_order != DateOrder::unknown ? profile_.date_order : header_.date_order();
    const auto take = [&](std::string_view text) {
        parsed.time_text = read_time(text);
        parsed.time = parsed.time_text.size > 0 ? time_of(parsed.time_text, order) : kUnknownTime;
    };
    const bool in_header = !parsed.header.time_text.empty();
    if (in_header) take(parsed.header.time_text);
    if (known(parsed.header.time)) parsed.time = parsed.header.time;
    if (in_header && !asks_patterns_) return;
    for (const Pattern& pattern : profile_.time_patterns) {
        if (known(parsed.time)) return;
        if (const auto found = pattern.find(line)) take(*found);
    }
}

std::string_view LineParser::find_entity(std::string_view line, const HeaderFields& header) const {
    for (const Pattern& pattern : profile_.entity_patterns) {
        if (const auto found = pattern.find(line); found && !found->empty()) return *found;
    }
    return field_of(header, profile_.entity_field);
}

std::vector<UnderstoodLine> preview(const LogProfile& profile, std::span<const std::string_view> lines) {
    const LineParser parser(profile, lines);
    TemplateMiner miner;
    YearOfLines years(profile.year);
    std::vector<UnderstoodLine> understood;
    std::vector<ShapeId> shapes;
    for (const std::string_view line : lines) {
        const ParsedLine parsed = parser.parse(line);
        UnderstoodLine shown;
        shown.time = known(parsed.time) ? parsed.time : years.complete(parsed.time_text);
        shown.entity = entity_name(profile, parsed.entity);
        shown.host = masked_text(parsed.header.host);
        shown.level = masked_text(parsed.header.level);
        shown.understood = parsed.understood;
        if (parsed.event >= 0) shown.event = profile.events[static_cast<std::size_t>(parsed.event)].name;
        understood.push_back(std::move(shown));
        shapes.push_back(miner.add(line.substr(parsed.header.message)));
    }
    const Templates templates = miner.templates();
    for (std::size_t i = 0; i < shapes.size(); ++i) understood[i].message_template = templates.texts[templates.of(shapes[i])];
    return understood;
}

std::string entity_name(const LogProfile& profile, std::string_view entity) {
    constexpr std::size_t kLongestSubscriber = 15;
    std::string name = printable(entity);
    const bool digits = std::ranges::all_of(entity, is_digit);
    if (!profile.subscriber_ids || !digits || entity.size() > kLongestSubscriber) mask_card_numbers(name);
    return name;
}

}  // namespace abm
