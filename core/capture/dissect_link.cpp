// Link layers, ARP and eCPRI in words.
#include <pcap/dlt.h>

#include <array>

#include "core/capture/dissector.h"
#include "core/capture/protocol_numbers.h"

namespace abm {
namespace {

std::string_view ecpri_type(std::uint8_t type) {
    constexpr std::array<std::string_view, 8> kNames{
        "IQ data",      "bit sequence", "real-time control", "generic data", "remote memory access", "one-way delay",
        "remote reset", "event"};
    return type < kNames.size() ? kNames[type] : "reserved";
}

}  // namespace

Dissection dissect(PacketBytes frame, int link_type, DissectDepth depth) {
    Dissector dissector(frame, depth);
    dissector.link(link_type);
    return dissector.take();
}

Dissection Dissector::take() { return {std::move(fields_), tags_ + info_, payload_at_}; }

void Dissector::link(int link_type) {
    switch (link_type) {
        case DLT_EN10MB:
            return ethernet(0);
        case DLT_LINUX_SLL:
            return cooked(16, 14);
        case DLT_LINUX_SLL2:
            return cooked(20, 0);
        case DLT_RAW:
        case DLT_IPV4:
        case DLT_IPV6:
            return ip(0);
        case DLT_NULL:
        case DLT_LOOP:
            return loopback();
        case DLT_PPP:
        case DLT_PPP_SERIAL:
            return ppp();
        case DLT_C_HDLC:
            return hdlc();
        case DLT_IEEE802_11:
            return wlan(0);
        case DLT_IEEE802_11_RADIO:
        case DLT_PPI:
            if (has(0, 4)) wlan(u8(2) | static_cast<std::size_t>(u8(3)) << 8);
            return;
        default:
            break;
    }
}

void Dissector::ethernet(std::size_t at) {
    header("Ethernet", at, 14);
    if (!has(at, 12)) return;
    field("Destination", at, 6, "{}", mac(at));
    field("Source", at + 6, 6, "{}", mac(at + 6));
    typed(at + 12);
}

// `at`: an Ethernet type field, which may be that of a tag.
void Dissector::typed(std::size_t at) {
    for (std::size_t tags = 0; tags < kMostTags && has(at, 4) && is_vlan_tag(u16(at)); ++tags, at += 4) {
        const int vlan = u16(at + 2) & 0x0FFF;
        header("VLAN tag", at, 4);
        field("VLAN", at + 2, 2, "{}", vlan);
        field("Priority", at + 2, 1, "{}", u8(at + 2) >> 5);
        tags_ += fmt::format("VLAN {} · ", vlan);
    }
    if (!has(at, 2)) return;
    const std::uint16_t type = u16(at);
    payload_at_ = at + 2;
    if (type < kLeastEthertype) {
        field("Length", at, 2, "{}", type);
        return;
    }
    field("Type", at, 2, "0x{:04x}", type);
    ether_type(type, at + 2);
}

void Dissector::cooked(std::size_t bytes, std::size_t type_at) {
    header("Linux cooked", 0, bytes);
    if (!has(0, bytes)) return;
    const std::size_t address = type_at == 0 ? 12 : 6, length = type_at == 0 ? 11 : 5;
    if (u8(length) == 6) field("Source", address, 6, "{}", mac(address));
    field("Type", type_at, 2, "0x{:04x}", u16(type_at));
    type_at == 0 ? ether_type(u16(0), bytes) : typed(type_at);
}

void Dissector::loopback() {
    header("Loopback", 0, 4);
    if (has(0, 5)) ip(4);
}

// Behind the address and control bytes of HDLC, where they are sent; the protocol may be compressed to one byte (RFC 1661).
void Dissector::ppp() {
    const std::size_t at = has(0, 2) && u16(0) == 0xFF03 ? 2 : 0;
    const bool compressed = has(at, 1) && (u8(at) & 1) != 0;
    const std::size_t count = compressed ? 1 : 2;
    header("PPP", 0, at + count);
    if (!has(at, 3)) return;
    const std::uint16_t protocol = compressed ? u8(at) : u16(at);
    field("Protocol", at, count, "0x{:04x}", protocol);
    if (is_ppp_of_ip(protocol)) ip(at + count);
}

void Dissector::hdlc() {
    header("Cisco HDLC", 0, 4);
    if (!has(0, 4)) return;
    field("Type", 2, 2, "0x{:04x}", u16(2));
    ether_type(u16(2), 4);
}

void Dissector::wlan(std::size_t at) {
    header("802.11", at, 24);
    if (!has(at, 10)) return;
    field("Frame control", at, 2, "0x{:04x}", u16(at));
    field("Receiver", at + 4, 6, "{}", mac(at + 4));
    if (has(at, 16)) field("Transmitter", at + 10, 6, "{}", mac(at + 10));
}

void Dissector::ether_type(std::uint16_t type, std::size_t at) {
    switch (type) {
        case 0x0800:
        case 0x86DD:
            return ip(at);
        case 0x0806:
            return arp(at);
        case 0xAEFE:
            return ecpri(at);
        default:
            info_ = fmt::format("type 0x{:04x}, {} bytes", type, behind(at));
    }
}

void Dissector::arp(std::size_t at) {
    header("ARP", at, 28);
    if (!has(at, 28) || u8(at + 4) != 6 || u8(at + 5) != 4) return;
    const int operation = u16(at + 6);
    field("Operation", at + 6, 2, "{}", operation == 1 ? "request" : operation == 2 ? "reply" : std::to_string(operation));
    field("Sender", at + 8, 10, "{} at {}", four(at + 14), mac(at + 8));
    field("Target", at + 18, 10, "{} at {}", four(at + 24), mac(at + 18));
    if (operation == 1) info_ = fmt::format("who has {}? tell {}", four(at + 24), four(at + 14));
    if (operation == 2) info_ = fmt::format("{} is at {}", four(at + 14), mac(at + 8));
}

void Dissector::ecpri(std::size_t at) {
    header("eCPRI", at, 4);
    if (!has(at, 4)) return;
    const std::uint8_t type = u8(at + 1);
    field("Revision", at, 1, "{}", u8(at) >> 4);
    field("Message", at + 1, 1, "{}: {}", type, ecpri_type(type));
    field("Payload size", at + 2, 2, "{}", u16(at + 2));
    info_ = fmt::format("{}, {} bytes", ecpri_type(type), u16(at + 2));
    if (type > 2 || !has(at, 8)) return;
    header(type == 2 ? "Real-time control" : "Flow", at + 4, 4);
    field("Flow", at + 4, 2, "0x{:04x}", u16(at + 4));
    field("Sequence", at + 6, 2, "{} (part {})", u8(at + 6), u8(at + 7) & 0x7F);
    info_ = fmt::format("{} flow 0x{:04x} seq {}, {} bytes", ecpri_type(type), u16(at + 4), u8(at + 6), u16(at + 2));
    if (type != 1 && has(at, 12)) oran(at + 8);
}

// The application header of O-RAN's C- and U-plane (CUS 7.5.2.1 ...): when the symbols are for the air.
void Dissector::oran(std::size_t at) {
    header("O-RAN timing", at, 4);
    const bool downlink = (u8(at) & 0x80) != 0;
    field("Direction", at, 1, "{}", downlink ? "downlink" : "uplink");
    field("Frame", at + 1, 1, "{}", u8(at + 1));
    field("Subframe", at + 2, 1, "{}", u8(at + 2) >> 4);
    field("Slot", at + 2, 2, "{}", (u8(at + 2) & 0x0F) << 2 | u8(at + 3) >> 6);
    field("Symbol", at + 3, 1, "{}", u8(at + 3) & 0x3F);
    info_ += downlink ? " downlink" : " uplink";
}

}  // namespace abm
