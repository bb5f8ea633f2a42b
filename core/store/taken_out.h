// Sources that were taken out of a workspace: their records are gone, their labels wait for them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/store/source_store.h"

namespace abm {

/// Its records, findings, movements, features and scores go; its row stays, so that its labels and bookmarks stand again when
/// the same content is read once more: then it is put in its own place. Throws Error{Invalid} when there is no such source or it
/// was taken out before.
void take_out(Workspace& workspace, SourceId id, std::string_view who);

}  // namespace abm
