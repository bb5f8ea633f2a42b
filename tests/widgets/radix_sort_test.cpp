#include "widgets/radix_sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>

namespace abm {
namespace {

using Pair = std::pair<std::uint64_t, std::uint32_t>;

void expect_sorted_stably(std::vector<Pair> values) {
    for (std::uint32_t at = 0; at < values.size(); ++at) values[at].second = at;
    std::vector<Pair> expected = values;
    std::stable_sort(expected.begin(), expected.end(), [](const Pair& a, const Pair& b) { return a.first < b.first; });
    radix_sort(values, [](const Pair& pair) { return pair.first; });
    EXPECT_EQ(values, expected);
}

TEST(RadixSort, IsAStableSortForKeysOfAnyKind) {
    std::mt19937_64 random(1);
    for (const std::size_t size : {0U, 1U, 2U, 3U, 17U, 1000U, 70000U}) {
        for (const std::uint64_t most : {std::uint64_t{1}, std::uint64_t{7}, std::uint64_t{1} << 20, ~std::uint64_t{0}}) {
            std::vector<Pair> values(size);
            for (Pair& value : values) value.first = random() & (most == ~std::uint64_t{0} ? most : most | 0xFF00000000000000);
            expect_sorted_stably(values);
        }
    }
}

TEST(RadixSort, MergesSortedListsBehindEachOtherStably) {
    for (const std::size_t lists : {1U, 2U, 3U, 5U, 16U, 17U, 40U}) {
        std::vector<Pair> values;
        for (std::size_t list = 0; list < lists; ++list) {
            for (std::uint64_t at = 0; at < 50 + list; ++at) values.push_back({at / 3 * (list + 1), 0});
        }
        expect_sorted_stably(values);
    }
}

}  // namespace
}  // namespace abm
