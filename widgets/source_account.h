// What a file is and how well it was understood, as rich text. Its links: reading (how it is read), lines (not understood).
#pragma once

#include <QString>
#include <cstdint>

#include "core/data/record.h"
#include "core/data/source.h"

namespace abm {

/// What was found in a source: sessions of a journal, those between them left out; else all.
struct SourceRecords {
    std::int64_t count = 0;
    RecordKind kind = RecordKind::session;
};

QString source_account(const Source& source, const SourceRecords& records);
QString failure_account(const Source& source);  ///< of one nothing could be read of

}  // namespace abm
