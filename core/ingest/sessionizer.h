// Cuts events into sessions and intervals that tile the bytes they were read from. Rules: docs/journal-format.md, "Structure".
#pragma once

#include "core/ingest/journal_chunk.h"

namespace abm {

/// Fills chunk.records from chunk.lexed: every byte of the text belongs to exactly one record.
void cut_records(JournalChunk& chunk);

}  // namespace abm
