// What a rule looks at: a session, a whole interval, or one segment of an interval (one interval can hold many incidents).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/ids.h"
#include "core/ingest/event.h"
#include "core/ingest/fact.h"

namespace abm {

// clang-format off
#define ABM_SCOPE_KINDS(X)                                                                                        \
    X(session) X(interval) X(supervisor_visit) X(power_reset) X(note_recovery) X(cheque_recovery)                 \
    X(counts_cleared) X(counts_printed) X(acceptor_counts) X(cash_added) X(cassette_handling) X(configuration)    \
    X(clock_jump) X(duplicate_headers) X(header_gap) X(serial_gap) X(service_gap) X(acceptor_outage) X(device_status)
// clang-format on

enum class ScopeKind : std::uint8_t {
#define ABM_X(name) name,
    ABM_SCOPE_KINDS(ABM_X)
#undef ABM_X
};

std::string_view name_of(ScopeKind kind);
std::optional<ScopeKind> scope_kind_from_name(std::string_view name);

struct Scope {
    ScopeKind kind = ScopeKind::session;
    TextSpan span;                  ///< of the finding, should one be made
    std::span<const Event> events;  ///< in file order; lives as long as the chunk it was read from
    const Facts* facts = nullptr;   ///< never null when rules are applied
};

}  // namespace abm
