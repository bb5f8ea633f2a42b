// One interval between sessions can hold many incidents. This finds the segments that tell of one each.
#pragma once

#include <vector>

#include "core/ingest/journal_chunk.h"
#include "core/ingest/scope.h"

namespace abm {

struct Segment {
    ScopeKind kind = ScopeKind::interval;
    std::uint32_t first = 0, last = 0;  ///< events of the chunk, half open
    bool unclosed = false;              ///< a supervisor visit that a restart or another entry cut off
};

/// Segments in the order of their first event; they may overlap (a restart within a supervisor visit).
std::vector<Segment> find_segments(const JournalChunk& chunk, const RecordDraft& interval);

}  // namespace abm
