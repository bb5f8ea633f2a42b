// Times of acts in files that leave the workspace.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace abm {

/// "2026-11-20T15:43:53Z", with six digits of fraction only when there is a fraction; empty when unknown.
std::string utc_text(Time time);
/// The same; without Z, with a blank for T and with one to six digits of fraction as well. nullopt for anything else and for days
/// that no calendar has.
std::optional<Time> parse_utc(std::string_view text);

}  // namespace abm
