#include "core/capture/capture_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/letters.h"
#include "core/capture/parties.h"

namespace abm {
namespace {

using std::chrono::microseconds;

constexpr double kMicrosecondsPerMillisecond = 1000;

/// visit(name in the text, member), for each.
void each_option(const auto& visit) {
    visit("window_us", &CaptureOptions::window);
    visit("party_a", &CaptureOptions::party_a);
    visit("party_b", &CaptureOptions::party_b);
    visit("response_limit_us", &CaptureOptions::response_limit);
    visit("response_timeout_us", &CaptureOptions::response_timeout);
    visit("late_factor", &CaptureOptions::late_factor);
    visit("silence_least_us", &CaptureOptions::silence_least);
    visit("silence_factor", &CaptureOptions::silence_factor);
    visit("jitter_factor", &CaptureOptions::jitter_factor);
    visit("jitter_least_us", &CaptureOptions::jitter_least);
    visit("rate_factor", &CaptureOptions::rate_factor);
    visit("flood_packets", &CaptureOptions::flood_packets);
    visit("scan_ends", &CaptureOptions::scan_ends);
    visit("flood_senders", &CaptureOptions::flood_senders);
    visit("burst_connections", &CaptureOptions::burst_connections);
    visit("most_findings", &CaptureOptions::most_findings);
}

nlohmann::json json_of(microseconds time) { return time.count(); }
nlohmann::json json_of(const auto& value) { return value; }

void take(const nlohmann::json& value, microseconds& time) { time = microseconds(value.get<std::int64_t>()); }
void take(const nlohmann::json& value, auto& option) { value.get_to(option); }

/// Beyond a day is refused by check(), whatever the number is; not even that is one too large for a count.
microseconds from_milliseconds(double time_ms) {
    constexpr double kMost = 1e15;
    const double us = std::round(time_ms * kMicrosecondsPerMillisecond);
    return microseconds(us >= 0 && us <= kMost ? static_cast<std::int64_t>(us) : 0);
}

}  // namespace

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
    Parties::check(options.party_a, 'A');
    Parties::check(options.party_b, 'B');
}

CaptureOptions capture_options(std::string_view party_a, std::string_view party_b, double window_ms, double response_limit_ms) {
    CaptureOptions options;
    options.party_a = trimmed_of_line_ends(party_a);  // a filter of blanks would match everything
    options.party_b = trimmed_of_line_ends(party_b);
    options.window = from_milliseconds(window_ms);
    options.response_limit = from_milliseconds(response_limit_ms);
    options.response_timeout = std::max(options.response_timeout, options.response_limit);
    check(options);
    return options;
}

double milliseconds(microseconds time) { return static_cast<double>(time.count()) / kMicrosecondsPerMillisecond; }

std::string text_of(const CaptureOptions& options) {
    const CaptureOptions defaults;
    nlohmann::json document;
    each_option([&](const char* name, auto member) {
        if (options.*member != defaults.*member) document[name] = json_of(options.*member);
    });
    return document.empty() ? std::string() : document.dump();
}

CaptureOptions capture_options_of(const std::string& text) {
    CaptureOptions options;
    if (text.empty()) return options;
    try {
        const auto document = nlohmann::json::parse(text);
        each_option([&](const char* name, auto member) {
            if (document.contains(name)) take(document[name], options.*member);
        });
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorCode::Invalid, fmt::format("capture options: {}", error.what()));
    }
    check(options);
    return options;
}

}  // namespace abm
