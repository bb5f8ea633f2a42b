// Reads a file of rules. Syntax: docs/rule-language.md.
#pragma once

#include <string_view>
#include <vector>

#include "core/decide/rule.h"

namespace abm {

/// Rules in the order of the file. file_name is for messages only.
/// Throws Error{Invalid} "file:line: what is wrong, what is allowed"; nothing of a file with a mistake is used.
std::vector<Rule> parse_rules(std::string_view json, std::string_view file_name);

}  // namespace abm
