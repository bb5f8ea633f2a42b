// What readers of saved detectors say when the document is not one the program wrote.
#pragma once

#include <fmt/format.h>

#include <string_view>

#include "core/base/error.h"

namespace abm {

/// Throws Error{Corrupt}. of: what was saved, "forest"; what: what is wrong with it, a clause.
[[noreturn]] inline void refuse_damaged(std::string_view of, std::string_view what) {
    throw Error(ErrorCode::Corrupt, fmt::format("The saved {} is damaged: {}. Train the model again.", of, what));
}

}  // namespace abm
