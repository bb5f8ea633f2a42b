// Two investigations put one behind the other.
#pragma once

#include "core/data/investigation.h"

namespace abm {

/// Sources, records, findings and movements of `more` follow those of `to`; machines of one name become one. Features are not
/// carried over: the appended records are not scored by models. For partial snapshots.
void append(Investigation& to, const Investigation& more);

}  // namespace abm
