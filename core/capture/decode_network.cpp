#include "core/capture/decode_network.h"

#include "core/capture/protocol_numbers.h"

namespace abm {
namespace {

std::string_view ip_protocol_name(std::uint8_t protocol, std::string_view fallback) {
    switch (protocol) {
        case kIcmp:
            return "ICMP";
        case 2:
            return "IGMP";
        case 4:
            return "IPIP";
        case kTcp:
            return "TCP";
        case kUdp:
            return "UDP";
        case 47:
            return "GRE";
        case 50:
            return "ESP";
        case 51:
            return "AH";
        case kIcmp6:
            return "ICMPv6";
        case 88:
            return "EIGRP";
        case 89:
            return "OSPF";
        case 103:
            return "PIM";
        case 112:
            return "VRRP";
        case 115:
            return "L2TP";
        case kSctp:
            return "SCTP";
        case kUdpLite:
            return "UDP-Lite";
        default:
            return fallback;
    }
}

bool opens_something(std::uint8_t protocol, PacketBytes bytes, const PacketSummary& packet) {
    constexpr std::uint8_t kSyn = 0x02, kAck = 0x10;
    switch (protocol) {
        case kTcp:
            return bytes.size() >= 14 && (bytes[13] & (kSyn | kAck)) == kSyn;
        case kUdp:
            return packet.to.port < packet.from.port;
        case kIcmp:
            return !bytes.empty() && bytes[0] == 8;
        case kIcmp6:
            return !bytes.empty() && bytes[0] == 128;
        default:
            return false;
    }
}

void decode_transport(std::uint8_t protocol, PacketBytes bytes, DecodedPacket& packet) {
    const bool has_ports = protocol == kTcp || protocol == kUdp || protocol == kSctp || protocol == kUdpLite;
    if (has_ports && bytes.size() >= 4) {
        packet.summary.from.port = be16(bytes, 0);
        packet.summary.to.port = be16(bytes, 2);
    }
    packet.opens = opens_something(protocol, bytes, packet.summary);
    if (packet.opens) packet.contacts = packet.summary.to;
}

void decode_ipv4(PacketBytes bytes, DecodedPacket& packet) {
    packet.summary.protocol = "IPv4";
    if (bytes.size() < 20 || bytes[0] >> 4 != 4) return;
    packet.summary.from = {address_at<4>(bytes, 12), 0, NetworkEnd::Kind::ipv4};
    packet.summary.to = {address_at<4>(bytes, 16), 0, NetworkEnd::Kind::ipv4};
    const std::uint8_t protocol = bytes[9];
    packet.summary.protocol = ip_protocol_name(protocol, "IPv4");
    const std::size_t header = static_cast<std::size_t>(bytes[0] & 0x0F) * 4;
    const bool later_fragment = (be16(bytes, 6) & 0x1FFF) != 0;
    if (header >= 20 && !later_fragment) decode_transport(protocol, behind(bytes, header), packet);
}

void decode_ipv6(PacketBytes bytes, DecodedPacket& packet) {
    packet.summary.protocol = "IPv6";
    if (bytes.size() < 40 || bytes[0] >> 4 != 6) return;
    packet.summary.from = {address_at<16>(bytes, 8), 0, NetworkEnd::Kind::ipv6};
    packet.summary.to = {address_at<16>(bytes, 24), 0, NetworkEnd::Kind::ipv6};
    std::uint8_t next = bytes[6];
    bool later_fragment = false;
    bytes = bytes.subspan(40);
    for (int i = 0; i < kMostExtensions && is_extension(next) && bytes.size() >= 8; ++i) {
        const bool fragment = next == kFragmentHeader;
        if (fragment) later_fragment = (be16(bytes, 2) & 0xFFF8) != 0;
        next = bytes[0];
        bytes = behind(bytes, fragment ? 8 : (static_cast<std::size_t>(bytes[1]) + 1) * 8);
    }
    packet.summary.protocol = ip_protocol_name(next, "IPv6");
    if (!later_fragment) decode_transport(next, bytes, packet);
}

void decode_arp(PacketBytes bytes, DecodedPacket& packet) {
    packet.summary.protocol = "ARP";
    constexpr std::uint16_t kRequest = 1;
    if (bytes.size() < 28 || bytes[5] != 4 || bytes[4] != 6 || be16(bytes, 6) != kRequest) return;
    packet.opens = true;
    packet.contacts = {address_at<4>(bytes, 24), 0, NetworkEnd::Kind::ipv4};
}

void decode_ecpri(PacketBytes bytes, DecodedPacket& packet) {
    packet.summary.protocol = "eCPRI";
    EcpriHeader& header = packet.ecpri;
    header.present = true;
    if (bytes.size() < 4) return;
    header.type = bytes[1];
    if (header.type > EcpriHeader::kRealTimeControl || bytes.size() < 8) return;
    header.has_flow = true;
    header.flow = be16(bytes, 4);
    header.sequence = be16(bytes, 6);
    if (header.type == EcpriHeader::kBitSequence || bytes.size() < 9) return;
    header.has_direction = true;
    header.downlink = (bytes[8] & 0x80) != 0;
}

std::string_view ethertype_name(std::uint16_t ethertype) {
    switch (ethertype) {
        case 0x8035:
            return "RARP";
        case 0x8809:
            return "slow protocols";
        case 0x8847:
        case 0x8848:
            return "MPLS";
        case 0x8863:
        case 0x8864:
            return "PPPoE";
        case 0x888E:
            return "EAPOL";
        case 0x88CC:
            return "LLDP";
        case 0x88F7:
            return "PTP";
        default:
            return "Ethernet";
    }
}

}  // namespace

void decode_ethertype(std::uint16_t ethertype, PacketBytes payload, DecodedPacket& packet) {
    switch (ethertype) {
        case 0x0800:
            return decode_ipv4(payload, packet);
        case 0x86DD:
            return decode_ipv6(payload, packet);
        case 0x0806:
            return decode_arp(payload, packet);
        case 0xAEFE:
            return decode_ecpri(payload, packet);
        default:
            packet.summary.protocol = ethertype_name(ethertype);
    }
}

void decode_ip(PacketBytes bytes, DecodedPacket& packet) {
    packet.summary.protocol = "IP";
    if (bytes.empty()) return;
    if (bytes[0] >> 4 == 4) decode_ipv4(bytes, packet);
    if (bytes[0] >> 4 == 6) decode_ipv6(bytes, packet);
}

}  // namespace abm
