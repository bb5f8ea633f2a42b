// What the window shows of an investigation.
#pragma once

#include <memory>

#include "core/pipeline/investigate.h"
#include "widgets/score_index.h"
#include "widgets/snapshot.h"

namespace abm {

/// The snapshot and the index of its chart, both made off the UI thread.
struct Loaded {
    Snapshot snapshot;
    std::shared_ptr<const ScoreIndex> index;
    std::shared_ptr<const ScoredInvestigation> scored;  ///< null for partial snapshots: they cannot be explained yet
};

}  // namespace abm
