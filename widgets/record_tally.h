// What heads and buttons say of an investigation as a whole, counted once, so that the UI thread never walks a million records.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/record_view.h"
#include "widgets/snapshot.h"

namespace abm {

/// How many records have each value a filter may name.
struct RecordCounts {
    std::array<std::int64_t, kSeverityCount> severities{};
    std::array<std::int64_t, static_cast<std::size_t>(RecordType::card_number_in_log) + 1> types{};
    std::array<std::int64_t, 4> labels{};
    std::vector<std::int64_t> machines;  ///< [machines]
    std::vector<std::int64_t> sources;   ///< [sources]
    std::array<std::int64_t, kRecordViewCount> views{};
};

/// Immutable once made; shared between views and threads.
struct RecordTally {
    std::int64_t records = 0;
    std::int64_t sessions = 0;
    EntityCounts entities;
    std::int64_t routine = 0;          ///< trivial, and nothing is wrong with them
    bool provisional = false;          ///< at least one score is
    std::optional<RecordIndex> worst;  ///< the first of those with the highest score
    std::vector<float> scores;         ///< [records] ascending
    RecordCounts listed;               ///< of the records that are not routine
    RecordCounts all;

    /// O(n); may run off the UI thread.
    static std::shared_ptr<const RecordTally> of(const Investigation& investigation);
    /// Records with this score and higher. O(log n).
    std::int64_t atLeast(float score) const;
};

/// "812 sessions", "812 sessions, 4,000 other records", "4,000 records"
QString record_count_words(const RecordTally& tally);

}  // namespace abm
