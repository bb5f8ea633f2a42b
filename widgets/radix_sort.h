// Stable sorting by a whole number, in time proportional to the count: lists of a million are sorted between two frames.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace abm {

/// Ascending by key(value), an unsigned integer; equal keys keep their order. Digits in which all keys agree cost nothing.
/// O(n), memory of a second vector.
template <class T, class Key>
void radix_sort(std::vector<T>& values, Key key) {
    using Unsigned = std::decay_t<decltype(key(values.front()))>;
    static_assert(std::is_unsigned_v<Unsigned>);
    constexpr std::size_t kBits = 8, kDigits = sizeof(Unsigned), kBuckets = std::size_t{1} << kBits;
    if (std::is_sorted(values.begin(), values.end(), [&](const T& a, const T& b) { return key(a) < key(b); })) return;
    const auto digit_of = [&](const T& value, std::size_t digit) {
        return static_cast<std::size_t>(key(value) >> (digit * kBits)) % kBuckets;
    };
    std::vector<std::array<std::size_t, kBuckets>> counts(kDigits);
    for (const T& value : values) {
        for (std::size_t digit = 0; digit < kDigits; ++digit) ++counts[digit][digit_of(value, digit)];
    }
    std::vector<T> sorted(values.size());
    for (std::size_t digit = 0; digit < kDigits; ++digit) {
        auto& next = counts[digit];
        if (next[digit_of(values.front(), digit)] == values.size()) continue;
        std::size_t begin = 0;
        for (std::size_t& place : next) place = std::exchange(begin, begin + place);
        for (const T& value : values) sorted[next[digit_of(value, digit)]++] = value;
        values.swap(sorted);
    }
}

}  // namespace abm
