#include "core/textlog/log_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>

#include "core/base/enum_names.h"
#include "core/base/error.h"
#include "core/base/json_place.h"
#include "core/base/nearest_name.h"
#include "core/textlog/built_in_profiles.h"

namespace abm {
namespace {

constexpr int kVersion = 1;
constexpr std::array<std::string_view, kEventRoleCount> kRoleNames{"other",           "attach",         "attach_accepted",
                                                                   "attach_failed",   "attach_timeout", "detach",
                                                                   "abnormal_detach", "forced_detach",  "error"};
constexpr std::array<std::string_view, 5> kFieldNames{"none", "host", "component", "pid", "level"};
constexpr std::array<std::string_view, 4> kOrderNames{"unknown", "ymd", "dmy", "mdy"};
constexpr std::array<std::string_view, 3> kKindNames{"entity", "window", "session"};

struct ThresholdName {
    std::string_view name;
    double LogThresholds::*member;
};
constexpr std::array<ThresholdName, 18> kThresholds{{{"rapid_s", &LogThresholds::rapid_s},
                                                     {"failed_attaches", &LogThresholds::failed_attaches},
                                                     {"failed_attaches_high", &LogThresholds::failed_attaches_high},
                                                     {"failure_rate", &LogThresholds::failure_rate},
                                                     {"attach_timeouts", &LogThresholds::attach_timeouts},
                                                     {"attach_timeouts_high", &LogThresholds::attach_timeouts_high},
                                                     {"abnormal_detaches", &LogThresholds::abnormal_detaches},
                                                     {"abnormal_detaches_high", &LogThresholds::abnormal_detaches_high},
                                                     {"forced_detaches", &LogThresholds::forced_detaches},
                                                     {"forced_detaches_high", &LogThresholds::forced_detaches_high},
                                                     {"error_lines", &LogThresholds::error_lines},
                                                     {"error_factor", &LogThresholds::error_factor},
                                                     {"silence_min_s", &LogThresholds::silence_min_s},
                                                     {"silence_factor", &LogThresholds::silence_factor},
                                                     {"silence_gaps", &LogThresholds::silence_gaps},
                                                     {"backwards_s", &LogThresholds::backwards_s},
                                                     {"rare_after_lines", &LogThresholds::rare_after_lines},
                                                     {"rare_most", &LogThresholds::rare_most}}};

template <class Enum, std::size_t N>
Enum read_choice(Place place, std::string_view what, const std::array<std::string_view, N>& names) {
    const std::string text = read_text(place, what);
    if (const auto found = enum_from_name<Enum>(names, text)) return *found;
    place.refuse(fmt::format("unknown {} \"{}\"{}", what, text, hint_for(text, names)));
}

double read_between(Place place, std::string_view what, double least, double most) {
    const double value = read_number(place, what);
    if (!(value >= least && value <= most)) place.refuse(fmt::format("{} must be {} to {}, not {}", what, least, most, value));
    return value;
}

Pattern read_pattern(Place place, int groups) {
    const std::string text = read_text(place, "a pattern");
    try {
        return {text, groups};
    } catch (const Error& error) {
        place.refuse(error.what());
    }
}

std::vector<Pattern> read_patterns(Place object, std::string_view key, int groups) {
    std::vector<Pattern> patterns;
    const JsonNode* list = object.node.find(key);
    if (list == nullptr) return patterns;
    expect(object.at(*list), JsonKind::array, key);
    for (const JsonNode& item : list->items) patterns.push_back(read_pattern(object.at(item), groups));
    return patterns;
}

/// Calls read(place of the value) when the object has the key.
template <class Read>
void if_given(Place object, std::string_view key, const Read& read) {
    if (const JsonNode* value = object.node.find(key)) read(object.at(*value));
}

void read_time_part(Place place, LogProfile& profile) {
    constexpr double kFirstYear = 1970, kLastYear = 2200;
    expect(place, JsonKind::object, "time");
    allow_keys(place, {"patterns", "date_order", "year"}, "time");
    profile.time_patterns = read_patterns(place, "patterns", 1);
    if_given(place, "date_order",
             [&](Place order) { profile.date_order = read_choice<DateOrder>(order, "date_order", kOrderNames); });
    if_given(place, "year",
             [&](Place year) { profile.year = static_cast<int>(read_between(year, "year", kFirstYear, kLastYear)); });
}

void read_entity(Place place, LogProfile& profile) {
    expect(place, JsonKind::object, "entity");
    allow_keys(place, {"noun", "patterns", "field", "subscriber_ids"}, "entity");
    if_given(place, "noun", [&](Place noun) { profile.noun = read_text(noun, "noun"); });
    if_given(place, "field", [&](Place field) { profile.entity_field = read_choice<EntityField>(field, "field", kFieldNames); });
    if_given(place, "subscriber_ids", [&](Place flag) { profile.subscriber_ids = read_flag(flag, "subscriber_ids"); });
    profile.entity_patterns = read_patterns(place, "patterns", 1);
}

void read_records(Place place, LogProfile& profile) {
    constexpr double kDaySeconds = 86'400, kMostLines = 1'000'000;
    expect(place, JsonKind::object, "records");
    allow_keys(place, {"kind", "seconds", "lines"}, "records");
    const Place kind = member(place, "kind");
    enum { entity, window, session };
    const int chosen = read_choice<int>(kind, "kind", kKindNames);
    profile.by_entity = chosen == entity;
    profile.journal = chosen == session;
    if (profile.by_entity && profile.entity_patterns.empty() && profile.entity_field == EntityField::none) {
        kind.refuse("records of kind \"entity\" need to know the entity: give \"entity\" patterns or a field");
    }
    if_given(place, "seconds", [&](Place value) { profile.window_s = read_between(value, "seconds", 0.001, kDaySeconds); });
    if_given(place, "lines",
             [&](Place value) { profile.window_lines = static_cast<int>(read_between(value, "lines", 2, kMostLines)); });
}

void read_events(Place list, LogProfile& profile) {
    expect(list, JsonKind::array, "events");
    std::vector<std::string> texts;
    for (const JsonNode& item : list.node.items) {
        const Place place = list.at(item);
        expect(place, JsonKind::object, "an event");
        allow_keys(place, {"name", "counts_as", "pattern"}, "an event");
        ProfileEvent event{read_text(member(place, "name"), "name"), EventRole::other};
        if_given(place, "counts_as", [&](Place role) { event.role = read_choice<EventRole>(role, "counts_as", kRoleNames); });
        const Place pattern = member(place, "pattern");
        read_pattern(pattern, 0);
        texts.push_back(pattern.node.text);
        profile.events.push_back(std::move(event));
    }
    try {
        profile.event_patterns = PatternSet(texts);
    } catch (const Error& error) {
        list.refuse(error.what());
    }
}

void read_thresholds(Place place, LogThresholds& thresholds) {
    expect(place, JsonKind::object, "thresholds");
    std::vector<std::string_view> names;
    for (const ThresholdName& known : kThresholds) names.push_back(known.name);
    for (const JsonMember& member : place.node.members) {
        const auto found = std::ranges::find(kThresholds, member.key, &ThresholdName::name);
        if (found == kThresholds.end()) {
            refuse(place.file, member.line, fmt::format("unknown threshold \"{}\"{}", member.key, hint_for(member.key, names)));
        }
        thresholds.*found->member = read_between(place.at(member.value), member.key, 0, 1e12);
    }
}

LogProfile read_profile(Place root) {
    expect(root, JsonKind::object, "a profile");
    allow_keys(
        root,
        {"version", "name", "title", "format", "recognised_by", "weight", "time", "entity", "records", "events", "thresholds"},
        "a profile");
    const Place version = member(root, "version");
    if (read_number(version, "version") != kVersion) {
        version.refuse(fmt::format("profiles of version {} are for another release; allowed: {}", version.node.number, kVersion));
    }
    LogProfile profile;
    profile.name = read_text(member(root, "name"), "name");
    profile.title = profile.name;
    profile.format = "text-log";
    if_given(root, "title", [&](Place title) { profile.title = read_text(title, "title"); });
    if_given(root, "format", [&](Place format) { profile.format = read_text(format, "format"); });
    if_given(root, "weight", [&](Place weight) { profile.weight = read_between(weight, "weight", 0, 1); });
    profile.recognised_by = read_patterns(root, "recognised_by", 0);
    if_given(root, "time", [&](Place time) { read_time_part(time, profile); });
    if_given(root, "entity", [&](Place entity) { read_entity(entity, profile); });
    read_records(member(root, "records"), profile);
    if (profile.journal) {
        allow_keys(root, {"version", "name", "title", "format", "records"},
                   "a profile of records of kind \"session\", which the reader of journals knows by itself,");
    }
    if_given(root, "events", [&](Place events) { read_events(events, profile); });
    if_given(root, "thresholds", [&](Place thresholds) { read_thresholds(thresholds, profile.thresholds); });
    return profile;
}

std::vector<LogProfile> read_shipped() {
    std::vector<LogProfile> profiles;
    for (const BuiltInProfile& shipped : built_in_profiles()) profiles.push_back(parse_log_profile(shipped.text, shipped.file));
    return profiles;
}

}  // namespace

std::string_view name_of(EventRole role) { return kRoleNames[static_cast<std::size_t>(role)]; }
std::string_view name_of(EntityField field) { return kFieldNames[static_cast<std::size_t>(field)]; }

LogProfile parse_log_profile(std::string_view json, std::string_view file_name) {
    const JsonNode root = parse_located_json(json, file_name);
    LogProfile profile = read_profile({file_name, root});
    profile.text = json;
    return profile;
}

LogProfile read_log_profile(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        throw Error(ErrorCode::Io,
                    fmt::format("{}: the profile cannot be opened; check the name and that you may read it", file.string()));
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return parse_log_profile(text, file.string());
}

std::span<const LogProfile> shipped_log_profiles() {
    static const std::vector<LogProfile> profiles = read_shipped();
    return profiles;
}

const LogProfile& shipped_log_profile(std::string_view name) {
    std::vector<std::string_view> names;
    for (const LogProfile& profile : shipped_log_profiles()) {
        if (profile.name == name) return profile;
        names.push_back(profile.name);
    }
    throw Error(ErrorCode::Invalid, fmt::format("unknown profile \"{}\"{}", name, hint_for(name, names)));
}

}  // namespace abm
