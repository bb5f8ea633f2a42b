// Sizes that painting the log and pointing at it must agree on.
#pragma once

namespace abm {

inline constexpr int kLogRow_px = 18;
inline constexpr int kLogLeft_px = 10;
inline constexpr int kLogSpace_px = 10;  ///< between columns
inline constexpr int kLogTicks_px = 8;   ///< strip beside the scroll bar

}  // namespace abm
