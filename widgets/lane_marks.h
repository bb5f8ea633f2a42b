// Where on a lane of the score chart the marks that have no score stand.
#pragma once

namespace abm {

/// Of bookmarks and flags, from the top: low, because what one marks is often grave and stands at the top itself.
constexpr double pin_middle(double height) { return height > 27 ? height - 22 : 5; }
inline constexpr double kVerdictFoot_px = 4.5;  ///< of verdicts, from the bottom
inline constexpr double kIncidentBar_px = 3;    ///< height of the bar of an incident, at the top

}  // namespace abm
