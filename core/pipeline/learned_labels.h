// What of an expert's labels becomes part of a model version, and what a version knows of records that are not here.
#pragma once

#include <span>
#include <vector>

#include "core/data/investigation.h"
#include "core/decide/rule_weights.h"
#include "core/pipeline/journal_model.h"

namespace abm {

LearnedLabel learned_label(const Investigation& investigation, const StandingLabel& label);
/// Those that train, in their order.
std::vector<LearnedLabel> learned_labels(const Investigation& investigation, std::span<const StandingLabel> labels);
/// The table of a record; for a record without features that of the record nearest to it in its source; the first where there is
/// none.
std::size_t table_of(const Investigation& investigation, RecordIndex record);

/// Labels the model was trained with whose records are not part of the investigation: only the model still knows them. A record
/// is part of it when its source is (whether it is labelled still or not), or when a record of the same kind, place and
/// features is: a source that has grown has another identity.
std::vector<LearnedLabel> labels_from_elsewhere(const JournalModel& model, const Investigation& investigation);

/// Each rule counts once for each label on a record it had a finding about.
RuleWeights rule_weights_of(std::span<const LearnedLabel> labels);

/// Bit for bit, so that unknown values (NaN) are equal to each other.
bool same_features(std::span<const float> a, std::span<const float> b);

}  // namespace abm
