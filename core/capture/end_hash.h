// A hash of an end, for bounded tables. The same on every platform; no defence against chosen addresses is needed: the tables
// that use it never grow beyond their bound.
#pragma once

#include <cstdint>
#include <cstring>

#include "core/data/packet_summary.h"

namespace abm {

inline std::uint64_t mix_hash(std::uint64_t value) {
    value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDu;
    value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53u;
    return value ^ (value >> 33);
}

inline std::uint64_t hash_of(const NetworkEnd& end, std::uint64_t seed = 0) {
    std::uint64_t words[2];
    std::memcpy(words, end.address.data(), sizeof words);
    const std::uint64_t rest = std::uint64_t{end.port} << 8 | static_cast<std::uint64_t>(end.kind);
    return mix_hash(mix_hash(mix_hash(seed ^ words[0]) ^ words[1]) ^ rest);
}

}  // namespace abm
