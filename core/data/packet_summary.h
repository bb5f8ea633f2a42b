// A packet of a capture as a list shows it. Its bytes stay in the file.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace abm {

/// One end of a packet: an IP address, with its port where there is one, else a MAC address. A plain value of 20 bytes.
struct NetworkEnd {
    enum class Kind : std::uint8_t { none, mac, ipv4, ipv6 };

    std::array<std::uint8_t, 16> address{};  ///< the first 6, 4 or 16 bytes count, the others are 0
    std::uint16_t port = 0;                  ///< of TCP, UDP and SCTP; 0: none is known
    Kind kind = Kind::none;

    NetworkEnd host() const { return {address, 0, kind}; }  ///< without the port
    bool operator==(const NetworkEnd&) const = default;
};

/// "00:11:22:33:44:55", "10.0.0.1:443", "[2001:db8::1]:443"; empty for none.
std::string text_of(const NetworkEnd& end);

struct PacketSummary {
    TextSpan span;               ///< of the whole record in the (uncompressed) capture: header and captured bytes
    std::int64_t time_ns = 0;    ///< since 1970, as the capture has it; 0: the capture has no time for it
    std::uint32_t captured = 0;  ///< bytes in the capture
    std::uint32_t original = 0;  ///< bytes on the wire
    NetworkEnd from, to;
    std::string_view protocol;  ///< "TCP", "eCPRI"; static storage, never empty
    std::int16_t vlan = -1;     ///< of the outermost tag; -1: untagged

    /// Whole microseconds, rounded down; unknown when the capture has no time.
    Time time() const { return capture_time(time_ns); }
    static Time capture_time(std::int64_t ns) {
        if (ns == 0) return kUnknownTime;
        return Time{std::chrono::floor<std::chrono::microseconds>(std::chrono::nanoseconds{ns})};
    }
};

}  // namespace abm
