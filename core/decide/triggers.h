// Which rules can be passed over at a glance: those that speak only of facts that are 0 here.
#pragma once

#include <optional>
#include <vector>

#include "core/decide/condition.h"

namespace abm {

/// Facts of which at least one must be other than 0 for the condition to hold; nullopt when it may hold all the same.
/// Cautious: a condition it says nothing about is simply asked.
std::optional<std::vector<Fact>> triggers_of(const Condition& condition);

}  // namespace abm
