// What stands for a figure that is not known.
#pragma once

#include <limits>

namespace abm {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace abm
