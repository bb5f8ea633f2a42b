// Where on a lane of the score chart the marks that have no score stand.
#pragma once

namespace abm {

inline constexpr double kPinMiddle_px = 7;     ///< of bookmarks and flags, from the top
inline constexpr double kVerdictFoot_px = 4.5;  ///< of verdicts, from the bottom
inline constexpr double kIncidentBar_px = 3;    ///< height of the bar of an incident, at the top

}  // namespace abm
