// Questions about the order and the distance in time of lines. Lines carry the second of the day at most; where a later line
// shows an earlier second, midnight lies between.
#pragma once

#include <span>

#include "core/decide/condition.h"
#include "core/ingest/event.h"

namespace abm {

/// Seconds from one clock reading to a later one, over midnight where needed. Both must be known.
int seconds_between(int from, int to);

/// Whether the steps occur one after another, other lines between them allowed. With within_s >= 0 the first and the last
/// step must carry a time and lie at most that far apart. steps: 2..kMostSteps. Time O(events x steps), no allocation.
bool occurs_in_order(std::span<const Event> events, std::span<const EventKind> steps, double within_s);

/// Whether some `to` follows a `from` at a distance the bound admits. Each `to` is measured from the last `from` before it,
/// and each `from` is used once; lines without a time do not count.
bool has_gap(std::span<const Event> events, EventKind from, EventKind to, const Bound& bound);

}  // namespace abm
