#include "core/base/json_place.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "core/base/nearest_name.h"

namespace abm {

Place member(Place object, std::string_view key) {
    const JsonNode* value = object.node.find(key);
    if (value == nullptr) object.refuse(fmt::format("\"{}\" is missing", key));
    return object.at(*value);
}

void expect(Place place, JsonKind kind, std::string_view what) {
    if (place.node.kind == kind) return;
    place.refuse(fmt::format("{} must be {}, not {}", what, name_of(kind), name_of(place.node.kind)));
}

void allow_keys(Place object, std::initializer_list<std::string_view> keys, std::string_view where) {
    for (const JsonMember& member : object.node.members) {
        if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) continue;
        const std::span<const std::string_view> allowed(keys.begin(), keys.size());
        abm::refuse(object.file, member.line,
                    fmt::format("unknown key \"{}\" in {}{}", member.key, where, hint_for(member.key, allowed)));
    }
}

std::string read_text(Place place, std::string_view what) {
    expect(place, JsonKind::string, what);
    if (place.node.text.empty()) place.refuse(fmt::format("{} must not be empty", what));
    return place.node.text;
}

double read_number(Place place, std::string_view what) {
    expect(place, JsonKind::number, what);
    return place.node.number;
}

bool read_flag(Place place, std::string_view what) {
    expect(place, JsonKind::boolean, what);
    return place.node.boolean;
}

}  // namespace abm
