// Within core/store: what an export writes, in an order that depends on sources and labels only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/investigation.h"
#include "core/store/label_file.h"
#include "core/store/label_store.h"

namespace abm {

/// A verdict with the source it is about.
struct ExportedVerdict {
    std::size_t source = 0;  ///< index into Investigation::sources
    const StandingVerdict* verdict = nullptr;
};
/// A record with the verdict that counts; null: nobody has decided.
struct ExportedRecord {
    const Record* record = nullptr;
    const StandingVerdict* verdict = nullptr;
};

/// Points into `investigation` and `verdicts`, which must outlive it.
struct LabelledData {
    std::vector<std::string> names;         ///< source_names()
    std::vector<std::size_t> sources;       ///< indices, by name, then by identity
    std::vector<ExportedVerdict> verdicts;  ///< by source, offset, kind, expert
    std::vector<ExportedRecord> records;    ///< by source, offset
    std::int64_t without_record = 0;        ///< verdicts on records that are not cut like this any more
    std::int64_t without_source = 0;        ///< verdicts on sources that are not in the investigation: not exported
};

/// all: records nobody has decided, too.
LabelledData gather(const Investigation& investigation, const std::vector<SourceId>& ids,
                    const std::vector<StandingVerdict>& verdicts, bool all);

}  // namespace abm
