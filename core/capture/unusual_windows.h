// Windows that stand out of a capture by one value.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace abm {

struct UnusualWindows {
    double median = 0;
    std::vector<std::size_t> windows;  ///< rising; empty when there is nothing to compare with
};

/// Those above `least`, above `factor` times the median, and above the median by six times the median deviation of the
/// logarithms: where the value varies as a rule, only what is far outside stands out. Needs 10 values; NaN is left out.
UnusualWindows unusual_windows(std::span<const float> values, double factor, double least);

}  // namespace abm
