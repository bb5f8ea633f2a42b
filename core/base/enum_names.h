// Names of enumerations that are made from a list.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

namespace abm {

/// The enumerator whose name stands at its value in `names`; nullopt when none has this name.
template <class Enum, class Names>
std::optional<Enum> enum_from_name(const Names& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

}  // namespace abm
