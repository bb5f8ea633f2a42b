#include "core/capture/parties.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <nss.h>
#include <pcap/pcap.h>

#include <array>
#include <cstdio>
#include <exception>

#include "core/base/error.h"

namespace abm {
namespace {

constexpr int kAnySnapLength = 65'535;  ///< it changes nothing in what a filter may say

/// libpcap takes every word it does not know for the name of a host. Nothing leaves the computer: those of its own files will do.
void look_up_names_in_files() {
    [[maybe_unused]] static const bool done =
        __nss_configure_lookup("hosts", "files") == 0 && __nss_configure_lookup("networks", "files") == 0;
}

bool is_end(const NetworkEnd& end, const NetworkEnd& sender, const NetworkEnd& sender_mac) {
    return end.kind == NetworkEnd::Kind::mac ? end == sender_mac : end == sender.host();
}

bool from(const NetworkEnd& end, const DecodedPacket& packet) { return is_end(end, packet.summary.from, packet.mac_from); }
bool to(const NetworkEnd& end, const DecodedPacket& packet) { return is_end(end, packet.summary.to, packet.mac_to); }

}  // namespace

struct PacketFilter::Program {
    Program() = default;
    ~Program() { pcap_freecode(&code); }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    bpf_program code{};
};

PacketFilter::PacketFilter(const std::string& expression, int link_type, int snap_length) {
    look_up_names_in_files();
    const auto program = std::make_shared<Program>();
    const std::unique_ptr<pcap_t, void (*)(pcap_t*)> handle(pcap_open_dead(link_type, snap_length), pcap_close);
    if (!handle) throw Error(ErrorCode::Io, "no memory for a packet filter");
    constexpr int kOptimize = 1;
    if (pcap_compile(handle.get(), &program->code, expression.c_str(), kOptimize, PCAP_NETMASK_UNKNOWN) != 0)
        throw Error(ErrorCode::Invalid, fmt::format("'{}' is no packet filter: {}", expression, pcap_geterr(handle.get())));
    program_ = program;
}

bool PacketFilter::matches(const RawPacket& packet) const {
    pcap_pkthdr header{};
    header.caplen = packet.captured;
    header.len = packet.original;
    return pcap_offline_filter(&program_->code, &header, packet.data) != 0;
}

NetworkEnd end_from_text(const std::string& text) {
    NetworkEnd end;
    if (inet_pton(AF_INET, text.c_str(), end.address.data()) == 1) {
        end.kind = NetworkEnd::Kind::ipv4;
        return end;
    }
    if (inet_pton(AF_INET6, text.c_str(), end.address.data()) == 1) {
        end.kind = NetworkEnd::Kind::ipv6;
        return end;
    }
    end.address = {};
    auto& a = end.address;
    int used = 0;
    const int fields = std::sscanf(text.c_str(), "%2hhx%*1[:-]%2hhx%*1[:-]%2hhx%*1[:-]%2hhx%*1[:-]%2hhx%*1[:-]%2hhx%n", &a[0],
                                   &a[1], &a[2], &a[3], &a[4], &a[5], &used);
    if (fields != 6 || used != static_cast<int>(text.size())) return {};
    end.kind = NetworkEnd::Kind::mac;
    return end;
}

Parties::Party Parties::parse(const std::string& text, char which, int link_type, int snap_length) {
    if (text.empty()) return std::monostate{};
    if (const NetworkEnd end = end_from_text(text); end.kind != NetworkEnd::Kind::none) return end;
    try {
        return PacketFilter(text, link_type, snap_length);
    } catch (const Error& error) {
        throw Error(error.code(), fmt::format("party {}: neither a MAC nor an IP address, and {}", which, error.what()));
    }
}

Parties Parties::given(const std::string& a, const std::string& b, int link_type, int snap_length) {
    Parties parties;
    parties.a_ = parse(a, 'A', link_type, snap_length);
    parties.b_ = parse(b, 'B', link_type, snap_length);
    return parties;
}

void Parties::check(const std::string& text, char which) {
    // Each has words of its own: Ethernet and what looks like it, 802.11, SS7, ATM.
    constexpr std::array<int, 4> kLinkTypes{DLT_EN10MB, DLT_IEEE802_11_RADIO, DLT_MTP2, DLT_SUNATM};
    std::exception_ptr first;
    for (const int link_type : kLinkTypes) {
        try {
            parse(text, which, link_type, kAnySnapLength);
            return;
        } catch (const Error&) {
            if (!first) first = std::current_exception();
        }
    }
    std::rethrow_exception(first);
}

void Parties::check(const std::string& text, char which, const std::string& link_type_name) {
    parse(text, which, pcap_datalink_name_to_val(link_type_name.c_str()), kAnySnapLength);
}

// What an address sends counts when it goes to the other's address, if that is one; what a filter matches counts as it is.
bool Parties::sends(const Party& party, const Party& other, const RawPacket& raw, const DecodedPacket& packet) const {
    if (const auto* filter = std::get_if<PacketFilter>(&party)) return filter->matches(raw);
    const auto* own = std::get_if<NetworkEnd>(&party);
    const auto* peer = std::get_if<NetworkEnd>(&other);
    if (own != nullptr) return from(*own, packet) && (peer == nullptr || to(*peer, packet));
    if (peer != nullptr) return to(*peer, packet);
    return std::holds_alternative<PacketFilter>(other);  // everyone else: called for packets the filter does not match
}

Side Parties::side_of(const RawPacket& raw, const DecodedPacket& packet) const {
    const bool a_first = !std::holds_alternative<std::monostate>(a_);
    if (a_first && sends(a_, b_, raw, packet)) return Side::a;
    if (sends(b_, a_, raw, packet)) return Side::b;
    return !a_first && sends(a_, b_, raw, packet) ? Side::a : Side::none;
}

}  // namespace abm
