// Scores over time, a lane for each machine, as one SVG.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "core/data/investigation.h"

namespace abm {

struct Timeline {
    std::string svg;           ///< empty when no record has a time
    std::size_t machines = 0;  ///< drawn
    std::size_t machines_left_out = 0;
    std::size_t without_time = 0;  ///< records of the drawn machines that have no place on the axis
};

/// Ordinary records are drawn as the range of their scores in each of 1,000 columns, low ones as the highest of each column: at
/// most 2,000 marks a lane. Those of medium severity and above are all drawn; only marks that would cover each other exactly
/// become one, which says how many it stands for. link(record): the fragment a mark leads to, empty for none.
Timeline draw_timeline(const Investigation& investigation, std::size_t most_lanes,
                       const std::function<std::string(RecordIndex)>& link);

}  // namespace abm
