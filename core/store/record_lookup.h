// Within core/store: the record a label means.
#pragma once

#include <span>
#include <string>

#include "core/data/investigation.h"

namespace abm {

/// The records of a source, by offset.
std::span<const Record> records_of(const Investigation& investigation, std::size_t source);
/// Null when no record of this kind starts there.
const Record* record_at(std::span<const Record> records, RecordKind kind, std::int64_t start_offset);
/// Why record_at() finds none, and which record may have been meant: "no session starts at byte 1234; session:7, which starts at
/// byte 1200, holds it".
std::string near_miss(std::span<const Record> records, RecordKind kind, std::int64_t start_offset);

}  // namespace abm
