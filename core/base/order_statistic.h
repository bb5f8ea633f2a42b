// Values by their rank, without sorting all of them. O(n); the values change their order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace abm {

/// What stands at `rank`, from 0, once they are sorted. rank: below the number of values.
template <class Value>
Value value_at_rank(std::vector<Value>& values, std::size_t rank) {
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

/// The upper of the middle two where their number is even. values: not empty.
template <class Value>
Value upper_median(std::vector<Value>& values) {
    return value_at_rank(values, values.size() / 2);
}

/// What stands at share * (n - 1), rounded down, once they are sorted: at least (1 - share) of the values reach it; nothing is
/// interpolated. share: 0..1; values: not empty.
template <class Value>
Value lower_quantile(std::vector<Value>& values, double share) {
    return value_at_rank(values, static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

}  // namespace abm
