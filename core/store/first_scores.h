// The score each record had first: written once, never overwritten.
#pragma once

#include <SQLiteCpp/Database.h>

#include <optional>
#include <span>

#include "core/data/record.h"
#include "core/store/source_store.h"
#include "core/store/words.h"

namespace abm {

/// Keeps the scores of those records of a source that have none yet. Call it before scores are replaced: what an older program
/// stored last under its first model is then kept as the first that is known. records: all of the source, in their order.
void keep_first_scores(SQLite::Database& database, const Words& words, SourceId source, std::span<const Record> records,
                       ModelId model);
std::optional<FirstScore> read_first_score(SQLite::Database& database, const Words& words, SourceId source, RecordKind kind,
                                           std::int64_t start_offset);

}  // namespace abm
