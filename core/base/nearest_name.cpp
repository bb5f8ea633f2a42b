#include "core/base/nearest_name.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace abm {
namespace {

constexpr std::size_t kLongestName = 64;  // nobody means a fact with a name longer than that
constexpr std::size_t kShortList = 40;

/// Levenshtein distance by two rows.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> names) {
    if (wrong.size() > kLongestName) return {};
    std::string_view nearest;
    // Two letters changed places count as two edits, so words of four letters and more are allowed two.
    const std::size_t most = wrong.size() < 4 ? 1 : std::max<std::size_t>(2, wrong.size() / 3);
    std::size_t least = most + 1;
    for (const std::string_view name : names) {
        const std::size_t distance = edit_distance(wrong, name);
        if (distance < least) {
            least = distance;
            nearest = name;
        }
    }
    return nearest;
}

std::string hint_for(std::string_view wrong, std::span<const std::string_view> names) {
    if (const std::string_view nearest = nearest_name(wrong, names); !nearest.empty()) {
        return fmt::format("; did you mean \"{}\"?", nearest);
    }
    if (names.size() > kShortList) return {};
    return fmt::format("; allowed: {}", fmt::join(names, ", "));
}

}  // namespace abm
