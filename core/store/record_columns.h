// The records of a source column by column: what opening a workspace reads. Rows of `records` say the same to SQL.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace abm {

/// The values of one row of `records`, with INT64_MIN for NULL.
struct StoredRecord {
    std::int64_t start_offset = 0, bytes = 0, start_time = 0, end_time = 0, amount = 0, at_risk = 0;
    std::int32_t ordinal = 0, machine_id = 0, feature_row = 0;
    std::uint8_t kind = 0, type = 0, severity = 0, activity = 0, trivial = 0;  ///< codes of `words`, and 0 or 1
    bool operator==(const StoredRecord&) const = default;
};

inline constexpr std::size_t kRecordsOfBlock = 65'536;
inline constexpr std::size_t kStoredRecordBytes = 6 * 8 + 3 * 4 + 5;

/// The members of StoredRecord one after another, each for all records, little-endian.
std::string pack_records(std::span<const StoredRecord> records);
/// Throws Error{Corrupt} when the length does not fit.
std::vector<StoredRecord> unpack_records(std::string_view block, std::size_t count);

}  // namespace abm
