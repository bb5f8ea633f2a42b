#include "core/data/packet_summary.h"

#include <arpa/inet.h>
#include <fmt/format.h>

namespace abm {
namespace {

std::string ip_text(int family, const NetworkEnd& end) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    return inet_ntop(family, end.address.data(), text.data(), text.size()) == nullptr ? std::string() : text.data();
}

}  // namespace

std::string text_of(const NetworkEnd& end) {
    const auto& a = end.address;
    switch (end.kind) {
        case NetworkEnd::Kind::mac:
            return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", a[0], a[1], a[2], a[3], a[4], a[5]);
        case NetworkEnd::Kind::ipv4:
            return end.port == 0 ? ip_text(AF_INET, end) : fmt::format("{}:{}", ip_text(AF_INET, end), end.port);
        case NetworkEnd::Kind::ipv6:
            return end.port == 0 ? ip_text(AF_INET6, end) : fmt::format("[{}]:{}", ip_text(AF_INET6, end), end.port);
        default:
            return {};
    }
}

}  // namespace abm
