// Why a model finds a record odd: which features, against what is usual on this machine, and one sentence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/data/explanation.h"
#include "core/decide/usual_ranges.h"
#include "core/detect/detector.h"

namespace abm {

/// A detector's view of one row of the features: contributions in natural units (see natural_name()), largest margin first. They
/// sum to what Detector::contributions() sums to. Throws Error{Mismatch} when the row does not fit the detector.
std::vector<Contribution> contributions_of(const Detector& detector, const UsualRanges& ranges, const Dataset& data,
                                           Eigen::Index row, MachineIndex machine);

/// "HEADING: the longest gap was 383 s (usual here 4-21 s)." Names at most `most` features, those with the largest margins whose
/// value is known and outside of its usual range; when there is none, what the margins are largest for.
std::string channel_sentence(std::string_view heading, const std::vector<Contribution>& contributions, std::size_t most);

/// What a channel looks at: "single extreme value", "distance to its nearest", "order of its lines".
std::string channel_words(std::string_view name);

/// "HEADING: NOTES PRESENTED is followed by CARD TAKEN; expected NOTES TAKEN here, 99.7 % of the time."
std::string sequence_sentence(std::string_view heading, const OddStep& step);

/// "Unusual course: the longest gap was 383 s (usual here 4-21 s)." Names at most two features, those with the largest margins
/// whose value is known and outside of its usual range; when no single value is, says that it is the combination. A provisional
/// explanation says so. Where the channels together add more than the forest's own
/// deviations, it is the sentence of the channel that adds most.
std::string unusual_sentence(const Explanation& explanation, bool provisional);

}  // namespace abm
