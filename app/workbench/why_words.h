// Everything Why says of one record, in words: what the models found odd, what labels did, what is like it, how the score was
// made.
#pragma once

#include <optional>

#include "core/pipeline/investigate.h"
#include "core/store/source_store.h"
#include "widgets/shown_explanation.h"

namespace abm {

/// Reads the lines of the record, asks models and labels: not for the UI thread. Without its lines, when the file is gone, the
/// values point at none. Throws Error.
ShownExplanation why_words(const ScoredInvestigation& scored, RecordIndex record);

/// "First score .62 under model 1 on 3 Jun, now .81 under model 3 with 4 labels since."
/// first: WorkspaceSession::first_score().
QString history_words(const Investigation& investigation, RecordIndex record, const std::optional<FirstScore>& first);

}  // namespace abm
