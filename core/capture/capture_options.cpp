#include "core/capture/capture_options.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace abm {

void check(const CaptureOptions& options) {
    const auto refuse = [](std::string_view what) { throw Error(ErrorCode::Invalid, fmt::format("capture options: {}", what)); };
    constexpr std::chrono::microseconds kDay = std::chrono::hours(24);
    const auto within_a_day = [&](std::chrono::microseconds time) { return time.count() > 0 && time <= kDay; };
    if (!within_a_day(options.window)) refuse("window must be 1 microsecond to 1 day");
    if (!within_a_day(options.response_limit)) refuse("response_limit must be 1 microsecond to 1 day");
    if (!within_a_day(options.response_timeout) || options.response_timeout < options.response_limit)
        refuse("response_timeout must be response_limit to 1 day");
    if (!within_a_day(options.silence_least)) refuse("silence_least must be 1 microsecond to 1 day");
    if (!within_a_day(options.jitter_least)) refuse("jitter_least must be 1 microsecond to 1 day");
    if (!(options.late_factor >= 0)) refuse("late_factor must not be negative");
    if (!(options.silence_factor >= 1)) refuse("silence_factor must be 1 or more");
    if (!(options.jitter_factor >= 1)) refuse("jitter_factor must be 1 or more");
    if (!(options.rate_factor >= 1)) refuse("rate_factor must be 1 or more");
    if (options.flood_packets < 1) refuse("flood_packets must be 1 or more");
    if (options.scan_ends < 2) refuse("scan_ends must be 2 or more");
    if (options.flood_senders < 2) refuse("flood_senders must be 2 or more");
    if (options.burst_connections < 2) refuse("burst_connections must be 2 or more");
    if (options.most_findings < 0) refuse("most_findings must not be negative");
}

}  // namespace abm
