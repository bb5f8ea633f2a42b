// How well lines were grouped by template, as the loghub benchmark measures it (Zhu et al., ICSE-SEIP 2019).
#pragma once

#include <cstdint>
#include <span>

namespace abm {

/// Share of the lines whose group holds exactly the lines that share their true group. Both: [lines], any ids. NaN when empty;
/// REQUIRES: equal sizes.
double grouping_accuracy(std::span<const std::uint32_t> found, std::span<const std::uint32_t> truth);

}  // namespace abm
