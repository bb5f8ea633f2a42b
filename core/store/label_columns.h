// The columns of a label file, in the order in which they are written. Explained in docs/label-files.md.
#pragma once

#include <array>
#include <string_view>

namespace abm {

inline constexpr std::array<std::string_view, 8> kLabelColumns{"source", "kind", "start_offset", "label",
                                                               "type",   "note", "who",          "when"};
enum class LabelColumn : std::size_t { source, kind, start_offset, label, type, note, who, when };

}  // namespace abm
