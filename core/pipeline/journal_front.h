// The front of a journal that has grown: what the workspace holds of it, ready to stand before what is read now.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/data/investigation.h"
#include "core/pipeline/journal_checkpoint.h"
#include "core/pipeline/judge.h"

namespace abm {

struct JournalFront {
    JournalCheckpoint checkpoint;
    std::vector<Record> records;          ///< as they were before their findings were looked at; source and machine are not set
    std::vector<CashMovement> movements;  ///< record counts within the source; source and machine are not set
    JudgedChunk judged;
    std::vector<std::uint64_t> prints;
};

/// stored: the source alone, as SourceStore::load_one() gives it; prints: of its sessions. Null when they do not fit the
/// checkpoint: the journal is then read from its beginning.
std::unique_ptr<JournalFront> journal_front(JournalCheckpoint checkpoint, Investigation stored,
                                            std::vector<std::uint64_t> prints);

/// Puts what was judged of the front before what was judged behind it.
void put_before(JudgedChunk front, JudgedChunk& judged);

}  // namespace abm
