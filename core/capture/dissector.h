// What dissect() is made of: one packet, walked header by header.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <utility>

#include "core/capture/dissect.h"

namespace abm {

class Dissector {
public:
    Dissector(PacketBytes frame, DissectDepth depth) : frame_(frame), end_(frame.size()), keeps_(depth == DissectDepth::fields) {}

    void link(int link_type);  ///< dissect_link.cpp
    Dissection take();

private:
    // dissect_link.cpp; `at`: where the header begins
    void ethernet(std::size_t at);
    void typed(std::size_t at);
    void cooked(std::size_t bytes, std::size_t type_at);
    void loopback();
    void ppp();
    void hdlc();
    void wlan(std::size_t at);
    void ether_type(std::uint16_t type, std::size_t at);
    void arp(std::size_t at);
    void ecpri(std::size_t at);
    void oran(std::size_t at);
    // dissect_network.cpp
    void ip(std::size_t at);
    void ipv4(std::size_t at);
    void ipv6(std::size_t at);
    void transport(std::uint8_t protocol, std::size_t at);
    void tcp(std::size_t at);
    void udp(std::size_t at, std::string_view name);
    void sctp(std::size_t at);
    void icmp(std::size_t at, bool six);

    bool has(std::size_t at, std::size_t count) const { return at <= frame_.size() && frame_.size() - at >= count; }
    std::uint8_t u8(std::size_t at) const { return frame_[at]; }
    std::uint16_t u16(std::size_t at) const { return be16(frame_, at); }
    std::uint32_t u32(std::size_t at) const { return static_cast<std::uint32_t>(u16(at)) << 16 | u16(at + 2); }
    std::size_t behind(std::size_t at) const { return frame_.size() - std::min(at, frame_.size()); }
    /// Of the packet, as its network header says: neither padding of the link nor what the capture left out changes it.
    std::size_t data_from(std::size_t at) const { return end_ - std::min(at, end_); }
    std::string mac(std::size_t at) const { return text_of(NetworkEnd{address_at<6>(frame_, at), 0, NetworkEnd::Kind::mac}); }
    std::string four(std::size_t at) const { return text_of(NetworkEnd{address_at<4>(frame_, at), 0, NetworkEnd::Kind::ipv4}); }
    std::string six(std::size_t at) const { return text_of(NetworkEnd{address_at<16>(frame_, at), 0, NetworkEnd::Kind::ipv6}); }

    /// A header of `count` bytes from `at`, as far as it was captured; what follows are its fields.
    void header(std::string_view name, std::size_t at, std::size_t count) {
        at = std::min(at, frame_.size());
        count = std::min(count, behind(at));
        payload_at_ = at + count;
        if (keeps_) keep(0, name, {}, at, count);
    }
    template <class... Args>
    void field(std::string_view name, std::size_t at, std::size_t count, fmt::format_string<Args...> form, Args&&... args) {
        if (keeps_) keep(1, name, fmt::format(form, std::forward<Args>(args)...), at, count);
    }
    void keep(int depth, std::string_view name, std::string value, std::size_t at, std::size_t count) {
        fields_.push_back(
            {depth, std::string(name), std::move(value), static_cast<std::int32_t>(at), static_cast<std::int32_t>(count)});
    }

    PacketBytes frame_;
    std::size_t end_;
    bool keeps_;
    std::vector<PacketField> fields_;
    std::string tags_, info_;
    std::size_t payload_at_ = 0;
};

}  // namespace abm
