// "Did you mean": the valid name closest to a misspelt one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace abm {

/// The name with the least edit distance to `wrong`, the first of equals; empty when none is near enough to be a slip
/// (more than a third of its letters differ, and more than two). Time O(names x length^2).
std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> names);

/// What to append to a refusal: `; did you mean "x"?`, else `; allowed: a, b, c` when the list is short, else nothing.
std::string hint_for(std::string_view wrong, std::span<const std::string_view> names);

}  // namespace abm
