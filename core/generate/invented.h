// What all invented files have in common, so that they can lie beside each other.
#pragma once

#include <cstdint>

namespace abm {

inline constexpr std::int64_t kFirstSecond = 1'773'446'400;  ///< 2026-03-14, since 1970
inline constexpr int kFirstMachine = 777;

}  // namespace abm
