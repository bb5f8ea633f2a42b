#include "app/workbench/loaded.h"

#include "app/workbench/let_go.h"

namespace abm {

Loaded load_for_window(Snapshot snapshot, std::shared_ptr<const ScoredInvestigation> scored, const ScoreIndex* before) {
    Loaded loaded;
    loaded.index = let_go_elsewhere(ScoreIndex::build(*snapshot, before));
    loaded.tally = RecordTally::of(*snapshot);
    loaded.snapshot = let_go_elsewhere(std::move(snapshot));
    loaded.scored = let_go_elsewhere(std::move(scored));
    return loaded;
}

}  // namespace abm
