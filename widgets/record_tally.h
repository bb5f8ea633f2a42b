// What heads and buttons say of an investigation as a whole, counted once, so that the UI thread never walks a million records.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "widgets/snapshot.h"

namespace abm {

/// Immutable once made; shared between views and threads.
struct RecordTally {
    std::int64_t records = 0;
    std::int64_t sessions = 0;
    std::int64_t routine = 0;          ///< trivial, and nothing is wrong with them
    bool provisional = false;          ///< at least one score is
    std::optional<RecordIndex> worst;  ///< the first of those with the highest score
    std::vector<float> scores;         ///< [records] ascending

    /// O(n); may run off the UI thread.
    static std::shared_ptr<const RecordTally> of(const Investigation& investigation);
    /// Records with this score and higher. O(log n).
    std::int64_t atLeast(float score) const;
};

}  // namespace abm
