#include "core/decide/vocabulary.h"

#include <fmt/format.h>

#include <vector>

#include "core/base/nearest_name.h"

namespace abm {
namespace {

template <class Enum>
std::vector<std::string_view> names_of(int count) {
    std::vector<std::string_view> names;
    for (int i = 0; i < count; ++i) names.push_back(name_of(static_cast<Enum>(i)));
    return names;
}

/// Reads a name of one of the enumerations; `what` is the word of the message ("fact").
template <class Enum, class Find>
Enum read_name(Place place, std::string_view what, int count, const Find& find) {
    expect(place, JsonKind::string, what);
    if (const auto value = find(place.node.text)) return *value;
    place.refuse(fmt::format("unknown {} \"{}\"{}", what, place.node.text, hint_for(place.node.text, names_of<Enum>(count))));
}

}  // namespace

std::span<const std::string_view> fact_names() {
    static const std::vector<std::string_view> names = names_of<Fact>(kFactCount);
    return names;
}

bool is_money(Fact fact) {
    const std::string_view name = name_of(fact);
    return name.ends_with("_amount") || name.starts_with("card_cash_");
}

bool is_duration(Fact fact) { return name_of(fact).ends_with("_s"); }

Fact read_fact(Place place) { return read_name<Fact>(place, "fact", kFactCount, fact_from_name); }
EventKind read_event(Place place) { return read_name<EventKind>(place, "event", kEventKindCount, event_kind_from_name); }
ScopeKind read_scope(Place place) { return read_name<ScopeKind>(place, "scope", kScopeKindCount, scope_kind_from_name); }
RecordType read_type(Place place) { return read_name<RecordType>(place, "type", kRecordTypeCount, record_type_from_name); }
Severity read_severity(Place place) { return read_name<Severity>(place, "severity", kSeverityCount, severity_from_name); }

}  // namespace abm
