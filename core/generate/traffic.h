// The life of one machine: customers by the hour of the day, cash runs low, things go wrong.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "core/generate/machine.h"

namespace abm {

/// An incident by name, due at a fraction (0..1) of the journal.
struct Planned {
    std::string_view name;
    double at = 0;
};

struct TrafficPlan {
    std::int64_t last_second = 0;  ///< no session starts after it
    std::int64_t most_bytes = 0;   ///< > 0: ends with the session that reaches it instead
    double incident_rate = 0;
    std::vector<Planned> planned;  ///< in order of time; then random incidents are low ones only
    bool small = false;            ///< small run: severe incidents come from the plan alone
    int leaks = 0;
};

/// Writes the journal until the plan ends. between(fraction) is called after every few sessions and may throw Cancelled.
void run_traffic(Machine& machine, const TrafficPlan& plan, const std::function<void(double)>& between);

}  // namespace abm
