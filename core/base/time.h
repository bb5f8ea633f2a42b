// Wall-clock time of the machines. Journals carry local time without a zone; it is kept as written.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace abm {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

inline constexpr Time kUnknownTime = Time::min();  ///< a missing time is missing, never "now"

inline bool known(Time time) { return time != kUnknownTime; }

/// "2025-06-24T05:51:33", with six digits of fraction only when there is a fraction; empty when unknown.
std::string iso8601(Time time);
/// "05:51:33" and "24 Jun 05:51"; empty when unknown.
std::string clock_text(Time time);
std::string day_clock_text(Time time);

}  // namespace abm
