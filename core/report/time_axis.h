// Round places on an axis of time.
#pragma once

#include <string>
#include <vector>

#include "core/base/time.h"

namespace abm {

struct TimeTick {
    Time time;
    std::string label;  ///< "04:00"; the day where a new one begins, "14 Mar"; months and years on long axes
};

/// Ticks in [first, last] at round minutes, hours or days, about `wanted` of them and never more than twice as many.
std::vector<TimeTick> time_ticks(Time first, Time last, int wanted);

}  // namespace abm
