// Which lane of the score chart a record is in: that of its machine, or, where a file has very many, that of its file.
#pragma once

#include <cstdint>
#include <vector>

#include "widgets/snapshot.h"

namespace abm {

/// Subscribers, hosts, metrics of one file share a lane when there are more than kMostOwn of them; machines with a journal never
/// do. Groups count machines first, then sources. Immutable.
class LaneGroups {
public:
    static constexpr std::uint32_t kMostOwn = 12;

    LaneGroups() = default;
    explicit LaneGroups(const Investigation& all);  ///< O(records)

    std::size_t count() const { return machines_ + shared_.size(); }
    std::uint32_t of(const Record& record) const {
        const bool journal = record.kind == RecordKind::session || record.kind == RecordKind::interval;
        const bool together = !journal && shared_[raw(record.source)];
        return together ? static_cast<std::uint32_t>(machines_) + raw(record.source) : raw(record.machine);
    }
    bool isShared(std::uint32_t group) const { return group >= machines_; }
    SourceIndex sourceOf(std::uint32_t group) const { return static_cast<SourceIndex>(group - machines_); }

private:
    std::size_t machines_ = 0;
    std::vector<bool> shared_;  ///< [sources]
};

}  // namespace abm
