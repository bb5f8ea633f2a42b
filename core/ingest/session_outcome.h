// What a customer did in a session, and how it ended when nothing went wrong.
#pragma once

#include "core/data/record.h"
#include "core/ingest/journal_chunk.h"

namespace abm {

Activity activity_of(const JournalChunk& chunk, const SessionDraft& session);
/// Of a session nothing is wrong with.
RecordType outcome_of(const SessionDraft& session);
/// Withdrawn or deposited, by the best witness there is; kNoAmount: none.
Money amount_of(const SessionDraft& session);

}  // namespace abm
