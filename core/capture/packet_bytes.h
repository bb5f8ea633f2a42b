// Numbers in the headers of packets. Nothing is read beyond the captured bytes.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace abm {

using PacketBytes = std::span<const std::uint8_t>;

/// What is left behind `count` bytes; empty when there are fewer.
inline PacketBytes behind(PacketBytes bytes, std::size_t count) { return bytes.subspan(std::min(count, bytes.size())); }

/// Network byte order; `at` + 2 must not be beyond the end.
inline std::uint16_t be16(PacketBytes bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

/// The address of N bytes at `at`; `at` + N must not be beyond the end.
template <std::size_t N>
std::array<std::uint8_t, 16> address_at(PacketBytes bytes, std::size_t at) {
    std::array<std::uint8_t, 16> address{};
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), N, address.begin());
    return address;
}

}  // namespace abm
