// What lasts on a lane: maintenance between sessions, and incidents that took more than a moment or more than one record.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "widgets/snapshot.h"

namespace abm {

/// A flagged interval, or flagged records of one type with no ordinary session between them.
struct Incident {
    TimeRange range;                     ///< from the start of the first to the end of the last
    Severity severity = Severity::none;  ///< of the gravest
    RecordType type = RecordType::normal;
    std::uint32_t record = 0;  ///< the first
    std::int32_t count = 0;
};

struct LaneSpans {
    std::vector<TimeRange> quiet;     ///< intervals nothing is wrong with, joined where they touch; in order, apart
    std::vector<Incident> incidents;  ///< in the order of their begin; may overlap where files do
};

/// Grows with the records of one machine, given in the order of time. Records without an end end when they begin.
class LaneSpansBuilder {
public:
    void add(const Record& record, std::uint32_t at);
    LaneSpans take();

private:
    void close();
    LaneSpans spans_;
    Incident open_;
    bool lasts_ = false;  ///< the open incident holds an interval
};

/// Those of sorted ranges, apart, that a row of pixels can show: calls draw(left, right) for each at least a pixel wide.
/// O(width log n). x_of: grows with time.
template <class XOf, class Draw>
void for_each_visible(std::span<const TimeRange> ranges, double width, XOf x_of, Draw draw) {
    const auto ends_before = [&x_of](double x) { return [&x_of, x](const TimeRange& range) { return x_of(range.end) < x; }; };
    auto at = std::partition_point(ranges.begin(), ranges.end(), ends_before(0.0));
    while (at != ranges.end()) {
        const double left = x_of(at->begin), right = x_of(at->end);
        if (left > width) return;
        if (right - left >= 1) draw(std::max(left, 0.0), std::min(right, width));
        // Whatever ends within the pixel where this one ends is less than a pixel wide.
        at = std::partition_point(std::next(at), ranges.end(), ends_before(std::floor(right) + 1));
    }
}

}  // namespace abm
