// The second opinion on labels: a classifier blended with the kernel ridge by rank. See docs/learning.md.
#pragma once

#include <optional>
#include <span>

#include "core/detect/ranked_votes.h"
#include "core/pipeline/journal_model.h"

namespace abm {

/// Whether there are enough labels with features for a second opinion: RankedVotes::kLeastOfEach of each class.
bool enough_to_vote(std::span<const LearnedLabel> labels);

/// A classifier of the labels, ranked against at most 4,096 evenly spaced rows of the list under the same labels; none when there
/// are too few labels or no rows. O(L^3) for the ridge, 0.1 s for the trees of some hundred labels: for training, never for
/// the time between two labels. Throws Error{Mismatch} when a label has other features than the model, Error{Cancelled}.
std::optional<RankedVotes> fit_votes(const JournalModel& model, const FeatureMatrix& features,
                                     std::span<const LearnedLabel> labels, int threads, const Progress& progress);

/// What takes the place of the ridge's correction f - z: the mean of f and the votes, less z. All [n].
Eigen::VectorXd blended_correction(const Eigen::VectorXd& correction, const Eigen::VectorXd& z, const Eigen::VectorXd& votes);

}  // namespace abm
