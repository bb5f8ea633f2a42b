#include "widgets/snapshot.h"

#include <algorithm>

namespace abm {

std::optional<RecordIndex> record_at(const Investigation& investigation, SourceIndex source, std::int64_t offset) {
    const auto& records = investigation.records;
    const auto behind = std::partition_point(records.begin(), records.end(), [&](const Record& record) {
        return raw(record.source) != raw(source) ? raw(record.source) < raw(source) : record.span.offset <= offset;
    });
    if (behind == records.begin()) return std::nullopt;
    const auto found = std::prev(behind);
    if (found->source != source || offset >= std::max(found->span.end(), found->span.offset + 1)) return std::nullopt;
    return RecordIndex(static_cast<std::uint32_t>(found - records.begin()));
}

}  // namespace abm
