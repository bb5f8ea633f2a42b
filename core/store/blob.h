// Numbers in blobs, little-endian on every platform.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace abm {

template <class Number>
Number little_endian(Number value) {
    if constexpr (std::endian::native == std::endian::big) {
        char bytes[sizeof(Number)];
        std::memcpy(bytes, &value, sizeof value);
        for (std::size_t at = 0; at < sizeof value / 2; ++at) std::swap(bytes[at], bytes[sizeof value - 1 - at]);
        std::memcpy(&value, bytes, sizeof value);
    }
    return value;
}

/// The bytes of the numbers; on little-endian machines one copy.
template <class Number>
std::string to_blob(std::span<const Number> values) {
    std::string bytes(values.size() * sizeof(Number), '\0');
    if constexpr (std::endian::native == std::endian::little) {
        if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
    } else {
        for (std::size_t at = 0; at < values.size(); ++at) {
            const Number value = little_endian(values[at]);
            std::memcpy(bytes.data() + at * sizeof(Number), &value, sizeof value);
        }
    }
    return bytes;
}

/// Throws Error{Corrupt} when `into` needs another number of bytes.
template <class Number>
void from_blob(const void* data, std::size_t bytes, std::span<Number> into) {
    if (bytes != into.size_bytes()) throw Error(ErrorCode::Corrupt, "a block of numbers has the wrong length");
    if (bytes > 0) std::memcpy(into.data(), data, bytes);
    if constexpr (std::endian::native == std::endian::big) {
        for (Number& value : into) value = little_endian(value);
    }
}

}  // namespace abm
