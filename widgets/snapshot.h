// What every view is given: an immutable investigation, shared.
#pragma once

#include <memory>
#include <optional>

#include "core/data/investigation.h"

namespace abm {

using Snapshot = std::shared_ptr<const Investigation>;

/// Half open range of machine time; both ends are known times, so that lengths cannot overflow.
struct TimeRange {
    Time begin{};
    Time end{};
    bool operator==(const TimeRange&) const = default;
    bool contains(Time time) const { return begin <= time && time < end; }
    std::chrono::microseconds length() const { return end - begin; }
};

/// The record of a source that holds the byte; nullopt when there is none. Records are by source, then by offset.
std::optional<RecordIndex> record_at(const Investigation& investigation, SourceIndex source, std::int64_t offset);

}  // namespace abm
