// The text of resources/rules/ndc-journal.json, put into the program when it is built.
#pragma once

#include <string_view>

namespace abm {

std::string_view built_in_rules_text();

}  // namespace abm
