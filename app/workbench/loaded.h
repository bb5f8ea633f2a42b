// What the window shows of an investigation.
#pragma once

#include <memory>

#include "core/pipeline/investigate.h"
#include "widgets/record_tally.h"
#include "widgets/score_index.h"
#include "widgets/snapshot.h"

namespace abm {

/// The snapshot with the index of its chart and what is counted in it, all made off the UI thread.
struct Loaded {
    Snapshot snapshot;
    std::shared_ptr<const ScoreIndex> index;
    std::shared_ptr<const ScoredInvestigation> scored;  ///< null for partial snapshots: they cannot be explained yet
    std::shared_ptr<const RecordTally> tally;           ///< there when the snapshot is
};

/// before: index of the same records under other scores, or null.
Loaded load_for_window(Snapshot snapshot, std::shared_ptr<const ScoredInvestigation> scored, const ScoreIndex* before);

}  // namespace abm
