// Establishes what one session says about itself: facts, receipts, cash steps, note tallies.
#pragma once

#include "core/ingest/journal_chunk.h"

namespace abm {

/// Appends to chunk.sessions and to the pools of the chunk.
void read_session(JournalChunk& chunk, const RecordDraft& record);

}  // namespace abm
