#include "widgets/carried_record.h"

#include <algorithm>

namespace abm {
namespace {

/// By content where it is known: another file may have taken the place of this one, and both are kept.
bool same_source(const Source& a, const Source& b) {
    return a.identity.empty() || b.identity.empty() ? a.path == b.path : a.identity == b.identity;
}

}  // namespace

std::optional<RecordIndex> carried_over(RecordIndex record, const Investigation& before, const Investigation& after) {
    const Record& old = before.records[raw(record)];
    const Source& source = before.source_of(old);
    auto found = std::ranges::find_if(after.sources, [&](const Source& other) { return same_source(source, other); });
    if (found == after.sources.end()) found = std::ranges::find(after.sources, source.path, &Source::path);
    if (found == after.sources.end()) return std::nullopt;
    return record_at(after, static_cast<SourceIndex>(found - after.sources.begin()), old.span.offset);
}

bool stands_in_front(const Investigation& before, const Investigation& after) {
    return before.sources.size() <= after.sources.size() && before.records.size() <= after.records.size() &&
           std::equal(before.sources.begin(), before.sources.end(), after.sources.begin(), same_source);
}

}  // namespace abm
