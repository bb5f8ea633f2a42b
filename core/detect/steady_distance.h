// A squared distance whose bits depend on its numbers alone: what every search for neighbours compares in the end.
#pragma once

#include <array>
#include <cstddef>

namespace abm {

/// Sum of (a - b)^2; differences of floats are exact in double. Eight partial sums in a fixed order, as in steady_dot.h.
inline double steady_square_distance(const float* a, const float* b, std::size_t count) {
    constexpr std::size_t kLanes = 8;
    std::array<double, kLanes> sums{};
    for (std::size_t at = 0; at < count; at += kLanes) {
        const std::size_t lanes = count - at < kLanes ? count - at : kLanes;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const double apart = static_cast<double>(a[at + lane]) - static_cast<double>(b[at + lane]);
            sums[lane] += apart * apart;
        }
    }
    return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

}  // namespace abm
