// Reads the `when` of a rule. Syntax: docs/rule-language.md, "Conditions".
#pragma once

#include "core/decide/condition.h"
#include "core/decide/vocabulary.h"

namespace abm {

/// Throws Error{Invalid} "file:line: what is wrong, what is allowed".
Condition parse_condition(Place place);

}  // namespace abm
