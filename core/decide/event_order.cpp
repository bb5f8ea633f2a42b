#include "core/decide/event_order.h"

#include <array>
#include <cassert>

namespace abm {
namespace {
constexpr int kSecondsOfDay = 24 * 60 * 60;
}

int seconds_between(int from, int to) { return to >= from ? to - from : to - from + kSecondsOfDay; }

bool occurs_in_order(std::span<const Event> events, std::span<const EventKind> steps, double within_s) {
    assert(steps.size() >= 2 && steps.size() <= kMostSteps);
    const bool timed = within_s >= 0;
    constexpr int kNone = -2;  // kNoSecond is a start without a time
    // begun[j]: second of the latest start of a chain of the steps 0..j; the latest start is the nearest in time.
    std::array<int, kMostSteps> begun;
    begun.fill(kNone);
    const std::size_t last = steps.size() - 1;
    for (const Event& event : events) {
        for (std::size_t j = last; j > 0; --j) {  // backwards: a line serves one step only
            if (event.kind != steps[j] || begun[j - 1] == kNone) continue;
            if (j < last) {
                begun[j] = begun[j - 1];
            } else if (!timed || (event.second != kNoSecond && seconds_between(begun[j - 1], event.second) <= within_s)) {
                return true;
            }
        }
        if (event.kind == steps[0] && (!timed || event.second != kNoSecond)) begun[0] = event.second;
    }
    return false;
}

bool has_gap(std::span<const Event> events, EventKind from, EventKind to, const Bound& bound) {
    int begun = kNoSecond;
    for (const Event& event : events) {
        if (event.second == kNoSecond) continue;
        if (event.kind == to && begun != kNoSecond) {
            if (bound.admits(seconds_between(begun, event.second))) return true;
            begun = kNoSecond;
        }
        if (event.kind == from) begun = event.second;
    }
    return false;
}

}  // namespace abm
