// The text of the files in resources/profiles, put into the program when it is built.
#pragma once

#include <span>
#include <string_view>

namespace abm {

struct BuiltInProfile {
    std::string_view file;  ///< "ue-events.json"
    std::string_view text;
};

/// In the order in which they are asked whether they know a log: equal confidence goes to the first.
std::span<const BuiltInProfile> built_in_profiles();

}  // namespace abm
