// The names a rule may use, and how values of a rule file are read as them. Everything here throws Error{Invalid} with
// "file:line: what is wrong, what is allowed" and suggests the nearest valid name.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "core/data/record_type.h"
#include "core/decide/located_json.h"
#include "core/ingest/event_kind.h"
#include "core/ingest/fact.h"
#include "core/ingest/scope.h"

namespace abm {

#define ABM_X(name) +1
inline constexpr int kScopeKindCount = 0 ABM_SCOPE_KINDS(ABM_X);
inline constexpr int kRecordTypeCount = 0 ABM_RECORD_TYPES(ABM_X);
#undef ABM_X

std::span<const std::string_view> fact_names();

/// By the ending of its name: money in currency units, or seconds. A sentence may format only what it is.
bool is_money(Fact fact);
bool is_duration(Fact fact);

/// A place in a rule file: the file and the value being read.
struct Place {
    std::string_view file;
    const JsonNode& node;
    Place at(const JsonNode& other) const { return {file, other}; }
    [[noreturn]] void refuse(std::string_view message) const { abm::refuse(file, node.line, message); }
};

Place member(Place object, std::string_view key);                ///< refused when missing
void expect(Place place, JsonKind kind, std::string_view what);  ///< "severity must be a string, ..."
void allow_keys(Place object, std::initializer_list<std::string_view> keys, std::string_view where);

std::string read_text(Place place, std::string_view what);  ///< not empty
double read_number(Place place, std::string_view what);
bool read_flag(Place place, std::string_view what);
Fact read_fact(Place place);
EventKind read_event(Place place);
ScopeKind read_scope(Place place);
RecordType read_type(Place place);
Severity read_severity(Place place);

}  // namespace abm
