// Why a model finds a record odd: which features, against what is usual on this machine, and one sentence.
#pragma once

#include <string>
#include <vector>

#include "core/data/explanation.h"
#include "core/decide/calibration.h"
#include "core/decide/usual_ranges.h"
#include "core/detect/detector.h"

namespace abm {

/// A detector's view of one row of the features: contributions in natural units (see natural_name()), largest margin first. They
/// sum to the raw margin (IsolationForest::margin_of). displayed_score is left 0: it also depends on the findings. Throws
/// Error{Mismatch} when the row does not fit the detector.
Explanation explain_row(const Detector& detector, std::string_view kind, const Calibration& calibration,
                        const UsualRanges& ranges, const Dataset& data, Eigen::Index row, MachineIndex machine, double raw_score);

/// "Unusual course: the longest gap was 383 s (usual here 4-21 s)." Names at most two features, those with the largest margins
/// whose value is known and outside of its usual range; when no single value is, says that it is the combination. A provisional
/// explanation says so.
std::string unusual_sentence(const Explanation& explanation, bool provisional);

}  // namespace abm
