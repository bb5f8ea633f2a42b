// How long work takes.
#pragma once

#include <chrono>

namespace abm {

/// How long the work takes, in milliseconds of wall time.
template <class Work>
double milliseconds(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace abm
