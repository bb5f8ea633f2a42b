// IP and what it carries in words.
#include "core/capture/dissector.h"
#include "core/capture/protocol_numbers.h"

namespace abm {
namespace {

std::string flag_text(std::uint8_t flags) {
    constexpr std::pair<std::uint8_t, std::string_view> kNames[] = {{0x02, "SYN"}, {0x10, "ACK"}, {0x08, "PSH"}, {0x01, "FIN"},
                                                                    {0x04, "RST"}, {0x20, "URG"}, {0x40, "ECE"}, {0x80, "CWR"}};
    std::string text;
    for (const auto& [bit, name] : kNames) {
        if ((flags & bit) == 0) continue;
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

std::string icmp_text(std::uint8_t type) {
    switch (type) {
        case 0:
            return "echo reply";
        case 3:
            return "destination unreachable";
        case 5:
            return "redirect";
        case 8:
            return "echo request";
        case 11:
            return "time exceeded";
        case 12:
            return "parameter problem";
        default:
            return fmt::format("type {}", type);
    }
}

std::string icmp6_text(std::uint8_t type) {
    switch (type) {
        case 1:
            return "destination unreachable";
        case 2:
            return "packet too big";
        case 3:
            return "time exceeded";
        case 128:
            return "echo request";
        case 129:
            return "echo reply";
        case 133:
            return "router solicitation";
        case 134:
            return "router advertisement";
        case 135:
            return "neighbour solicitation";
        case 136:
            return "neighbour advertisement";
        case 143:
            return "multicast listener report";
        default:
            return fmt::format("type {}", type);
    }
}

}  // namespace

void Dissector::ip(std::size_t at) {
    if (!has(at, 1)) return;
    if (u8(at) >> 4 == 4) ipv4(at);
    if (u8(at) >> 4 == 6) ipv6(at);
}

void Dissector::ipv4(std::size_t at) {
    if (!has(at, 20)) return header("IPv4", at, 20);
    const std::size_t length = static_cast<std::size_t>(u8(at) & 0x0F) * 4;
    header("IPv4", at, std::max<std::size_t>(length, 20));
    field("Source", at + 12, 4, "{}", four(at + 12));
    field("Destination", at + 16, 4, "{}", four(at + 16));
    field("Header length", at, 1, "{}", length);
    field("Service", at + 1, 1, "0x{:02x}", u8(at + 1));
    field("Total length", at + 2, 2, "{}", u16(at + 2));
    field("Identification", at + 4, 2, "0x{:04x}", u16(at + 4));
    const int offset = (u16(at + 6) & 0x1FFF) * 8;
    const bool more = (u16(at + 6) & 0x2000) != 0;
    field("Fragment", at + 6, 2, "offset {}{}{}", offset, more ? ", more follow" : "",
          (u16(at + 6) & 0x4000) != 0 ? ", must not be cut" : "");
    field("Time to live", at + 8, 1, "{}", u8(at + 8));
    field("Protocol", at + 9, 1, "{}", u8(at + 9));
    field("Checksum", at + 10, 2, "0x{:04x}", u16(at + 10));
    if (u16(at + 2) >= length) end_ = at + u16(at + 2);  // 0 where the network card cuts it into packets
    if (offset > 0) {
        info_ = fmt::format("fragment from byte {} of packet 0x{:04x}{}", offset, u16(at + 4), more ? "" : ", the last");
    } else if (length >= 20) {
        transport(u8(at + 9), at + length);
    }
}

void Dissector::ipv6(std::size_t at) {
    header("IPv6", at, 40);
    if (!has(at, 40)) return;
    field("Source", at + 8, 16, "{}", six(at + 8));
    field("Destination", at + 24, 16, "{}", six(at + 24));
    field("Payload length", at + 4, 2, "{}", u16(at + 4));
    field("Next header", at + 6, 1, "{}", u8(at + 6));
    field("Hop limit", at + 7, 1, "{}", u8(at + 7));
    std::uint8_t next = u8(at + 6);
    at += 40;
    if (u16(at - 36) > 0) end_ = at + u16(at - 36);
    for (int i = 0; i < kMostExtensions && is_extension(next) && has(at, 8); ++i) {
        const bool fragment = next == kFragmentHeader;
        const std::size_t length = fragment ? 8 : (static_cast<std::size_t>(u8(at + 1)) + 1) * 8;
        header(fragment ? "Fragment" : "Extension", at, length);
        field("Next header", at, 1, "{}", u8(at));
        const int offset = fragment ? u16(at + 2) & 0xFFF8 : 0;
        if (fragment) field("Offset", at + 2, 2, "{}", offset);
        next = u8(at);
        at += length;
        if (offset > 0) {
            info_ = fmt::format("fragment from byte {}", offset);
            return;
        }
    }
    transport(next, at);
}

void Dissector::transport(std::uint8_t protocol, std::size_t at) {
    switch (protocol) {
        case kTcp:
            return tcp(at);
        case kUdp:
            return udp(at, "UDP");
        case kUdpLite:
            return udp(at, "UDP-Lite");
        case kSctp:
            return sctp(at);
        case kIcmp:
        case kIcmp6:
            return icmp(at, protocol == kIcmp6);
        default:
            info_ = fmt::format("IP protocol {}, {} bytes", protocol, data_from(at));
    }
}

void Dissector::tcp(std::size_t at) {
    if (!has(at, 4)) return;
    const bool whole = has(at, 20);
    const std::size_t length = whole ? std::max<std::size_t>(static_cast<std::size_t>(u8(at + 12) >> 4) * 4, 20) : 20;
    header("TCP", at, length);
    field("Source port", at, 2, "{}", u16(at));
    field("Destination port", at + 2, 2, "{}", u16(at + 2));
    info_ = fmt::format("{} → {}", u16(at), u16(at + 2));
    if (!whole) return;
    const std::string flags = flag_text(u8(at + 13));
    field("Sequence", at + 4, 4, "{}", u32(at + 4));
    field("Acknowledged", at + 8, 4, "{}", u32(at + 8));
    field("Header length", at + 12, 1, "{}", length);
    field("Flags", at + 13, 1, "{}", flags);
    field("Window", at + 14, 2, "{}", u16(at + 14));
    field("Checksum", at + 16, 2, "0x{:04x}", u16(at + 16));
    if (length > 20 && has(at, length)) field("Options", at + 20, length - 20, "{} bytes", length - 20);
    info_ += fmt::format(" [{}] seq {} ack {} win {}, {} bytes", flags, u32(at + 4), u32(at + 8), u16(at + 14),
                         data_from(at + length));
}

void Dissector::udp(std::size_t at, std::string_view name) {
    if (!has(at, 4)) return;
    header(name, at, 8);
    field("Source port", at, 2, "{}", u16(at));
    field("Destination port", at + 2, 2, "{}", u16(at + 2));
    info_ = fmt::format("{} → {}", u16(at), u16(at + 2));
    if (!has(at, 8)) return;
    field("Length", at + 4, 2, "{}", u16(at + 4));
    field("Checksum", at + 6, 2, "0x{:04x}", u16(at + 6));
    info_ += fmt::format(", {} bytes", data_from(at + 8));
}

void Dissector::sctp(std::size_t at) {
    if (!has(at, 12)) return header("SCTP", at, 12);
    header("SCTP", at, 12);
    field("Source port", at, 2, "{}", u16(at));
    field("Destination port", at + 2, 2, "{}", u16(at + 2));
    field("Verification tag", at + 4, 4, "0x{:08x}", u32(at + 4));
    info_ = fmt::format("{} → {}", u16(at), u16(at + 2));
    if (has(at, 13)) info_ += fmt::format(", chunk {}", u8(at + 12));
}

void Dissector::icmp(std::size_t at, bool of_six) {
    header(of_six ? "ICMPv6" : "ICMP", at, 8);
    if (!has(at, 2)) return;
    const std::string type = of_six ? icmp6_text(u8(at)) : icmp_text(u8(at));
    field("Type", at, 1, "{}: {}", u8(at), type);
    field("Code", at + 1, 1, "{}", u8(at + 1));
    info_ = u8(at + 1) == 0 ? type : fmt::format("{}, code {}", type, u8(at + 1));
    const bool echo = of_six ? u8(at) == 128 || u8(at) == 129 : u8(at) == 8 || u8(at) == 0;
    if (!echo || !has(at, 8)) return;
    field("Identifier", at + 4, 2, "{}", u16(at + 4));
    field("Sequence", at + 6, 2, "{}", u16(at + 6));
    info_ += fmt::format(" id {} seq {}", u16(at + 4), u16(at + 6));
}

}  // namespace abm
