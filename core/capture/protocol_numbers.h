// Numbers of protocols as IANA and IEEE 802 assign them, and how far headers are followed.
#pragma once

#include <cstddef>
#include <cstdint>

namespace abm {

inline constexpr std::uint16_t kLeastEthertype = 0x0600;  ///< below it is the length of an IEEE 802.3 frame
inline constexpr std::size_t kMostTags = 8;
/// IEEE 802.1Q, 802.1ad, and the older one of stacked tags.
constexpr bool is_vlan_tag(std::uint16_t ethertype) { return ethertype == 0x8100 || ethertype == 0x88A8 || ethertype == 0x9100; }

/// IPv4 or IPv6 over PPP (RFC 1332, RFC 5072).
constexpr bool is_ppp_of_ip(std::uint16_t protocol) { return protocol == 0x21 || protocol == 0x57; }

inline constexpr std::uint8_t kIcmp = 1, kTcp = 6, kUdp = 17, kIcmp6 = 58, kSctp = 132, kUdpLite = 136;

inline constexpr std::uint8_t kFragmentHeader = 44;
inline constexpr int kMostExtensions = 16;
/// An IPv6 header that tells which one follows (RFC 8200, 4).
constexpr bool is_extension(std::uint8_t next) {
    constexpr std::uint8_t kHopByHop = 0, kRouting = 43, kDestination = 60;
    return next == kHopByHop || next == kRouting || next == kDestination || next == kFragmentHeader;
}

}  // namespace abm
