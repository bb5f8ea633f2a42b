// Opaque ids and byte spans: no int soup.
#pragma once

#include <cstdint>
#include <type_traits>

namespace abm {

enum class SourceIndex : std::uint32_t {};   ///< index into Investigation::sources
enum class MachineIndex : std::uint32_t {};  ///< index into Investigation::machines
enum class RecordIndex : std::uint32_t {};   ///< index into Investigation::records

template <class Id>
constexpr auto raw(Id id) {
    return static_cast<std::underlying_type_t<Id>>(id);
}

/// Bytes of a source, half open. Text stays in the file and is never copied into a record.
/// In gzip sources offsets count uncompressed bytes.
struct TextSpan {
    std::int64_t offset = 0;
    std::int64_t bytes = 0;
    std::int64_t end() const { return offset + bytes; }
    bool operator==(const TextSpan&) const = default;
};

}  // namespace abm
