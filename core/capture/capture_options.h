// How a capture is cut into windows, whom it compares and from when on something is said. See docs/captures.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace abm {

struct CaptureOptions {
    std::chrono::microseconds window{100'000};  ///< 1 µs .. 1 day

    /// MAC or IP address, or a filter as of tcpdump ("udp port 53") that its packets match. Both empty: found automatically.
    /// Only one given: the other party is everyone else.
    std::string party_a, party_b;

    std::chrono::microseconds response_limit{1'000};      ///< above it a response is a violation
    std::chrono::microseconds response_timeout{100'000};  ///< a request without a response for so long misses it
    double late_factor = 3.0;  ///< a late response is also so many times the median; 0: the limit alone decides

    std::chrono::microseconds silence_least{5'000};  ///< shorter gaps are no silence
    double silence_factor = 10.0;                    ///< nor are gaps below so many times the gap 95 of 100 stay under

    double jitter_factor = 3.0;                  ///< a burst is at least so many times the median of the windows
    std::chrono::microseconds jitter_least{20};  ///< and at least this
    double rate_factor = 4.0;                    ///< a flood is at least so many times the median rate of the windows
    std::int64_t flood_packets = 100;            ///< and at least so many packets in a window

    std::int64_t scan_ends = 20;          ///< ends, or ports of one end, that one end contacts within a second
    std::int64_t flood_senders = 100;     ///< ends that contact one end within a second
    std::int64_t burst_connections = 10;  ///< conversations one end opens to one service within a second

    std::int64_t most_findings = 10'000;  ///< of each type; those beyond are counted in a problem of the source

    bool operator==(const CaptureOptions&) const = default;
};

/// Throws Error{Invalid} naming the option that is out of range, or the party that is no address and no filter for any link type.
void check(const CaptureOptions& options);

/// What people set, in their units; all else is as it is by default, but that responses are waited for as long as they may take.
/// Throws as check() does.
CaptureOptions capture_options(std::string_view party_a, std::string_view party_b, double window_ms, double response_limit_ms);
double milliseconds(std::chrono::microseconds time);

/// What differs from the defaults, as JSON; empty when nothing does.
std::string text_of(const CaptureOptions& options);
/// Throws Error{Invalid} for text it cannot read, or as check() does.
CaptureOptions capture_options_of(const std::string& text);

}  // namespace abm
