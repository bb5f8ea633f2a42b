#include "core/store/record_lookup.h"

#include <fmt/format.h>

#include <algorithm>

namespace abm {
namespace {

constexpr int kLookBack = 1000;  // records of other kinds may lie between

std::int64_t offset_of(const Record& record) { return record.span.offset; }

const Record* record_around(std::span<const Record> records, RecordKind kind, std::int64_t offset) {
    auto behind = std::ranges::upper_bound(records, offset, {}, offset_of);
    for (int left = kLookBack; left > 0 && behind != records.begin(); --left) {
        --behind;
        if (behind->kind == kind && behind->span.end() > offset) return &*behind;
    }
    return nullptr;
}

}  // namespace

std::span<const Record> records_of(const Investigation& investigation, std::size_t source) {
    const auto [first, end] = std::ranges::equal_range(investigation.records, source, {},
                                                       [](const Record& record) -> std::size_t { return raw(record.source); });
    return {first, end};
}

const Record* record_at(std::span<const Record> records, RecordKind kind, std::int64_t start_offset) {
    for (const Record& record : std::ranges::equal_range(records, start_offset, {}, offset_of)) {
        if (record.kind == kind) return &record;
    }
    return nullptr;
}

std::string near_miss(std::span<const Record> records, RecordKind kind, std::int64_t start_offset) {
    std::string nothing = fmt::format("no {} starts at byte {}", name_of(kind), start_offset);
    if (const Record* around = record_around(records, kind, start_offset))
        return fmt::format("{}; {}:{}, which starts at byte {}, holds it", nothing, name_of(kind), around->ordinal,
                           around->span.offset);
    for (const Record& other : std::ranges::equal_range(records, start_offset, {}, offset_of)) {
        return fmt::format("{}; {}:{} does", nothing, name_of(other.kind), other.ordinal);
    }
    return nothing;
}

}  // namespace abm
