// Where reading a journal can go on when it has grown: before the last of its blocks, with all that reading carries from one
// block to the next. What was read of its front is in the workspace and stays.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/record_type.h"
#include "core/ingest/journal_blocks.h"
#include "core/pipeline/journal_account.h"

namespace abm {

/// The last block, or the end of the journal, said something of a record before it: when the journal has grown, it may not be so.
struct LateFinding {
    std::int32_t record = 0;  ///< within the source
    std::string rule;
    TextSpan span;
    std::string sentence;
    RecordType without = RecordType::normal;  ///< what the record is when nothing is found about it
};

struct JournalCheckpoint {
    std::string reader;  ///< reader_stamp() of the program that read the front
    BlockPlace place;
    std::uint64_t rules = 0;                              ///< RuleSet::fingerprint() of those that judged the front
    std::int64_t records = 0, movements = 0, prints = 0;  ///< of the front
    std::string encoding;
    JournalAccount account;  ///< of the front
    std::string linker;      ///< state_of() it
    std::vector<LateFinding> late;
};

/// For the workspace; see docs/workspace-format.md.
std::string to_bytes(const JournalCheckpoint& checkpoint);
/// Throws Error{Mismatch} for bytes that this program cannot go on from: the journal is then read from its beginning.
JournalCheckpoint checkpoint_from(const std::string& bytes);

}  // namespace abm
