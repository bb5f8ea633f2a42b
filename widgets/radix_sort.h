// Stable sorting by a whole number, in time proportional to the count: lists of a million are sorted between two frames.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace abm {

namespace radix {

inline constexpr std::size_t kMostRuns = 16;  ///< merging more costs as much as sorting

/// Where values that come in a few ascending runs begin a new one, with both ends; empty when there are more than a few.
template <class T, class Less>
std::vector<std::size_t> runs_of(const std::vector<T>& values, Less less) {
    std::vector<std::size_t> bounds{0};
    for (std::size_t at = 1; at < values.size(); ++at) {
        if (!less(values[at], values[at - 1])) continue;
        if (bounds.size() == kMostRuns) return {};
        bounds.push_back(at);
    }
    bounds.push_back(values.size());
    return bounds;
}

template <class T, class Less>
void merge_runs(std::vector<T>& values, std::vector<std::size_t> bounds, Less less) {
    std::vector<T> merged(values.size());
    while (bounds.size() > 2) {
        std::vector<std::size_t> next{0};
        for (std::size_t run = 0; run + 1 < bounds.size(); run += 2) {
            const auto at = [&](std::size_t bound) {
                return values.begin() + static_cast<std::ptrdiff_t>(bounds[std::min(bound, bounds.size() - 1)]);
            };
            std::merge(at(run), at(run + 1), at(run + 1), at(run + 2), merged.begin() + static_cast<std::ptrdiff_t>(bounds[run]),
                       less);
            next.push_back(static_cast<std::size_t>(at(run + 2) - values.begin()));
        }
        values.swap(merged);
        bounds = std::move(next);
    }
}

}  // namespace radix

/// Ascending by key(value), an unsigned integer; equal keys keep their order. Digits in which all keys agree cost nothing.
/// Values that are a few sorted lists behind each other, like the records of a few machines by time, are merged. O(n), memory of
/// a second vector.
template <class T, class Key>
void radix_sort(std::vector<T>& values, Key key) {
    using Unsigned = std::decay_t<decltype(key(values.front()))>;
    static_assert(std::is_unsigned_v<Unsigned>);
    constexpr std::size_t kBits = 8, kDigits = sizeof(Unsigned), kBuckets = std::size_t{1} << kBits;
    const auto less = [&](const T& a, const T& b) { return key(a) < key(b); };
    if (auto runs = radix::runs_of(values, less); !runs.empty()) return radix::merge_runs(values, std::move(runs), less);
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
