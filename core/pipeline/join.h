// Several investigations become one.
#pragma once

#include <vector>

#include "core/data/investigation.h"
#include "core/data/source_reading.h"

namespace abm {

/// One source, not scored yet. The machine of its source stands for entities that have no name.
Investigation investigation_of(SourceReading reading);

/// The pieces one behind the other: sources, records, findings and movements in their order, machines of one name are one, and
/// so are feature tables of one schema. Labels and scores are not carried over. O(all).
Investigation join(std::vector<Investigation> pieces);

}  // namespace abm
