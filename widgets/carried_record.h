// Records of one snapshot in a newer one of the same workspace.
#pragma once

#include <optional>

#include "widgets/snapshot.h"

namespace abm {

/// By its source, which may have grown, and its offset; nullopt when it is not there any more. O(sources).
std::optional<RecordIndex> carried_over(RecordIndex record, const Investigation& before, const Investigation& after);
/// Whether all records of `before` stand in `after` where they stood: files came behind them, none has grown.
bool stands_in_front(const Investigation& before, const Investigation& after);

}  // namespace abm
