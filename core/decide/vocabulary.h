// The names a rule may use, and how values of a rule file are read as them. Everything here throws Error{Invalid} with
// "file:line: what is wrong, what is allowed" and suggests the nearest valid name.
#pragma once

#include <span>
#include <string_view>

#include "core/base/json_place.h"
#include "core/data/record_type.h"
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

Fact read_fact(Place place);
EventKind read_event(Place place);
ScopeKind read_scope(Place place);
RecordType read_type(Place place);
Severity read_severity(Place place);

}  // namespace abm
