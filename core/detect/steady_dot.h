// A dot product whose bits depend on its numbers alone: not on how memory is aligned, nor on threads.
#pragma once

#include <array>
#include <cstddef>

namespace abm {

/// Eight partial sums in a fixed order: wide enough for vector instructions without leave to reorder.
template <class A, class B>
double steady_dot(const A* a, const B* b, std::size_t count) {
    constexpr std::size_t kLanes = 8;
    std::array<double, kLanes> sums{};
    std::size_t at = 0;
    for (; at + kLanes <= count; at += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            sums[lane] += static_cast<double>(a[at + lane]) * static_cast<double>(b[at + lane]);
    }
    for (std::size_t lane = 0; at + lane < count; ++lane)
        sums[lane] += static_cast<double>(a[at + lane]) * static_cast<double>(b[at + lane]);
    return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

}  // namespace abm
