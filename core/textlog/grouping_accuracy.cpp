#include "core/textlog/grouping_accuracy.h"

#include <cassert>
#include <cstddef>
#include <limits>
#include <unordered_map>

namespace abm {
namespace {

using GroupSizes = std::unordered_map<std::uint32_t, std::size_t>;

GroupSizes sizes_of(std::span<const std::uint32_t> ids) {
    GroupSizes sizes;
    for (const std::uint32_t id : ids) ++sizes[id];
    return sizes;
}

}  // namespace

double grouping_accuracy(std::span<const std::uint32_t> found, std::span<const std::uint32_t> truth) {
    assert(found.size() == truth.size());
    if (found.empty()) return std::numeric_limits<double>::quiet_NaN();
    const GroupSizes found_sizes = sizes_of(found);
    const GroupSizes true_sizes = sizes_of(truth);
    std::unordered_map<std::uint64_t, std::size_t> shared;
    for (std::size_t line = 0; line < found.size(); ++line) ++shared[(std::uint64_t{found[line]} << 32) | truth[line]];
    std::size_t right = 0;
    for (const auto& [pair, lines] : shared) {
        const bool whole = found_sizes.at(static_cast<std::uint32_t>(pair >> 32)) == lines &&
                           true_sizes.at(static_cast<std::uint32_t>(pair)) == lines;
        right += whole ? lines : 0;
    }
    return static_cast<double>(right) / static_cast<double>(found.size());
}

}  // namespace abm
