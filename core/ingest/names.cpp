// Names of the enumerations of this folder, all made from the same lists as the enumerations themselves.
#include <array>

#include "core/base/enum_names.h"
#include "core/ingest/event_kind.h"
#include "core/ingest/fact.h"
#include "core/ingest/scope.h"

namespace abm {
namespace {

#define ABM_X(name) std::string_view(#name),
constexpr auto kEventNames = std::to_array<std::string_view>({ABM_EVENT_KINDS(ABM_X)});
constexpr auto kFactNames = std::to_array<std::string_view>({ABM_FACTS(ABM_X)});
constexpr auto kScopeNames = std::to_array<std::string_view>({ABM_SCOPE_KINDS(ABM_X)});
#undef ABM_X
static_assert(kEventNames.size() == kEventKindCount);
static_assert(kFactNames.size() == kFactCount);

}  // namespace

std::string_view name_of(EventKind kind) { return kEventNames[static_cast<std::size_t>(kind)]; }
std::optional<EventKind> event_kind_from_name(std::string_view name) { return enum_from_name<EventKind>(kEventNames, name); }

std::string_view name_of(Fact fact) { return kFactNames[static_cast<std::size_t>(fact)]; }
std::optional<Fact> fact_from_name(std::string_view name) { return enum_from_name<Fact>(kFactNames, name); }

std::string_view name_of(ScopeKind kind) { return kScopeNames[static_cast<std::size_t>(kind)]; }
std::optional<ScopeKind> scope_kind_from_name(std::string_view name) { return enum_from_name<ScopeKind>(kScopeNames, name); }

}  // namespace abm
