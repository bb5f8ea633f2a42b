#include "core/capture/decode_packet.h"

#include <pcap/dlt.h>

#include "core/capture/decode_network.h"
#include "core/capture/packet_bytes.h"
#include "core/capture/protocol_numbers.h"

namespace abm {
namespace {

constexpr std::string_view kOther = "other";

NetworkEnd mac_at(PacketBytes bytes, std::size_t at) { return {address_at<6>(bytes, at), 0, NetworkEnd::Kind::mac}; }

void set_macs(const NetworkEnd& from, const NetworkEnd& to, DecodedPacket& packet) {
    packet.mac_from = packet.summary.from = from;
    packet.mac_to = packet.summary.to = to;
}

void decode_llc(PacketBytes llc, DecodedPacket& packet) {
    packet.summary.protocol = llc.size() >= 2 && llc[0] == 0x42 && llc[1] == 0x42 ? "STP" : "LLC";
}

// `bytes` begins with an Ethernet type field.
void decode_typed(PacketBytes bytes, DecodedPacket& packet) {
    for (std::size_t tags = 0; tags < kMostTags && bytes.size() >= 4 && is_vlan_tag(be16(bytes, 0)); ++tags) {
        if (packet.summary.vlan < 0) packet.summary.vlan = static_cast<std::int16_t>(be16(bytes, 2) & 0x0FFF);
        bytes = bytes.subspan(4);
    }
    if (bytes.size() < 2) return;
    const std::uint16_t ethertype = be16(bytes, 0);
    if (ethertype < kLeastEthertype) {
        decode_llc(bytes.subspan(2), packet);
    } else {
        decode_ethertype(ethertype, bytes.subspan(2), packet);
    }
}

void decode_ethernet(PacketBytes bytes, DecodedPacket& packet) {
    packet.summary.protocol = "Ethernet";
    if (bytes.size() < 12) return;
    set_macs(mac_at(bytes, 6), mac_at(bytes, 0), packet);
    decode_typed(bytes.subspan(12), packet);
}

void decode_cooked(PacketBytes bytes, std::size_t address_at_byte, std::size_t length_at, DecodedPacket& packet) {
    packet.summary.protocol = "Linux cooked";
    if (bytes.size() < address_at_byte + 8) return;
    if (bytes[length_at] == 6) packet.mac_from = packet.summary.from = mac_at(bytes, address_at_byte);
}

void decode_cooked_1(PacketBytes bytes, DecodedPacket& packet) {
    decode_cooked(bytes, 6, 5, packet);
    if (bytes.size() >= 16) decode_typed(bytes.subspan(14), packet);
}

void decode_cooked_2(PacketBytes bytes, DecodedPacket& packet) {
    decode_cooked(bytes, 12, 11, packet);
    if (bytes.size() >= 20) decode_ethertype(be16(bytes, 0), bytes.subspan(20), packet);
}

// Four bytes with the address family of the machine that captured, in its byte order; whether it is IP shows the next byte.
void decode_loopback(PacketBytes bytes, DecodedPacket& packet) {
    packet.summary.protocol = "loopback";
    if (bytes.size() < 5) return;
    const std::uint8_t family = bytes[0] != 0 ? bytes[0] : bytes[3];
    const bool ip = family == 2 || family == 10 || family == 24 || family == 28 || family == 30;
    if (ip) decode_ip(bytes.subspan(4), packet);
}

// With or without the address and control bytes of HDLC; the protocol may be compressed to one byte (RFC 1661).
void decode_ppp(PacketBytes bytes, DecodedPacket& packet) {
    packet.summary.protocol = "PPP";
    if (bytes.size() >= 2 && bytes[0] == 0xFF && bytes[1] == 0x03) bytes = bytes.subspan(2);
    if (bytes.size() < 3) return;
    const bool compressed = (bytes[0] & 1) != 0;
    const std::uint16_t protocol = compressed ? bytes[0] : be16(bytes, 0);
    if (is_ppp_of_ip(protocol)) decode_ip(bytes.subspan(compressed ? 1 : 2), packet);
}

// Cisco: address, control, Ethernet type.
void decode_cisco_hdlc(PacketBytes bytes, DecodedPacket& packet) {
    packet.summary.protocol = "HDLC";
    if (bytes.size() >= 4) decode_ethertype(be16(bytes, 2), bytes.subspan(4), packet);
}

void decode_80211(PacketBytes bytes, DecodedPacket& packet) {
    packet.summary.protocol = "802.11";
    constexpr std::uint8_t kControlFrame = 1;
    if (bytes.size() < 10) return;
    packet.mac_to = packet.summary.to = mac_at(bytes, 4);
    const bool has_sender = (bytes[0] >> 2 & 3) != kControlFrame && bytes.size() >= 16;
    if (has_sender) packet.mac_from = packet.summary.from = mac_at(bytes, 10);
}

// Radiotap and the like: a header that tells its own length, little endian, at `length_at`.
void decode_80211_behind(PacketBytes bytes, std::size_t length_at, DecodedPacket& packet) {
    packet.summary.protocol = "802.11";
    if (bytes.size() < length_at + 2) return;
    const std::size_t length = bytes[length_at] | static_cast<std::size_t>(bytes[length_at + 1]) << 8;
    decode_80211(behind(bytes, length), packet);
}

void decode_link(PacketBytes bytes, int link_type, DecodedPacket& packet) {
    switch (link_type) {
        case DLT_EN10MB:
            return decode_ethernet(bytes, packet);
        case DLT_LINUX_SLL:
            return decode_cooked_1(bytes, packet);
        case DLT_LINUX_SLL2:
            return decode_cooked_2(bytes, packet);
        case DLT_RAW:
        case DLT_IPV4:
        case DLT_IPV6:
            return decode_ip(bytes, packet);
        case DLT_NULL:
        case DLT_LOOP:
            return decode_loopback(bytes, packet);
        case DLT_PPP:
        case DLT_PPP_SERIAL:
            return decode_ppp(bytes, packet);
        case DLT_C_HDLC:
            return decode_cisco_hdlc(bytes, packet);
        case DLT_IEEE802_11:
            return decode_80211(bytes, packet);
        case DLT_IEEE802_11_RADIO:
        case DLT_PPI:
            return decode_80211_behind(bytes, 2, packet);
        default:
            break;
    }
}

}  // namespace

void decode_packet(const RawPacket& raw, int link_type, DecodedPacket& packet) {
    packet = {};
    packet.summary.span = raw.span;
    packet.summary.time_ns = raw.time_ns;
    packet.summary.captured = raw.captured;
    packet.summary.original = raw.original;
    packet.summary.protocol = kOther;
    decode_link({raw.data, raw.captured}, link_type, packet);
}

}  // namespace abm
