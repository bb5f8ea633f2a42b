// What happens to a model that a watched folder has trained. The rule: docs/decisions/0009-watched-models.md.
#pragma once

#include <string>

#include "core/pipeline/workspace_session.h"
#include "core/store/watch_store.h"

namespace abm {

/// Adopted, or held: then it is a candidate that a person may still adopt.
struct Adoption {
    bool adopt = false;
    std::string because;  ///< one sentence
};

/// before, after: on how many records the current and the new model were fitted; shown: records of the workspace.
Adoption decide_adoption(const Comparison& comparison, std::int64_t before, std::int64_t after, std::int64_t shown);

/// Under which name a watch keeps and adopts: "ada (watched folder)".
std::string watch_actor(std::string_view who);

/// So many files were stored since the last training that the next is due, and there is something to train on.
bool training_due(WorkspaceSession& session, const Watch& watch);

struct WatchTraining {
    ModelId model{};
    Adoption adoption;
};
/// Keeps what was trained and decides on it: it is adopted, or stays a candidate. The decision is in the audit trail. Older
/// candidates of watches that nobody decided on are discarded: the newest one stands for them.
WatchTraining keep_watched(WorkspaceSession& session, WatchId watch, const TrainedModel& trained, std::string_view who);
/// Trains on all that the workspace holds, keeps and decides. Throws as train_models().
WatchTraining train_watched(WorkspaceSession& session, WatchId watch, std::uint64_t seed, std::string_view who,
                            const Progress& progress);
/// "Model 7 is adopted: ..."; "Model 7 is held: ...".
std::string words_of(const WatchTraining& training);

}  // namespace abm
