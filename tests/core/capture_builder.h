// Small captures made in memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace abm::test {

template <class Number>
void put_little(std::string& out, Number value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
}

inline void put_big16(std::string& out, unsigned value) {
    out += static_cast<char>(value >> 8 & 0xFF);
    out += static_cast<char>(value & 0xFF);
}

/// The bytes of a pcap file, little endian.
class PcapBuilder {
public:
    explicit PcapBuilder(std::uint32_t link_type = 1, bool nanoseconds = false) {
        put_little(bytes_, nanoseconds ? 0xA1B23C4DU : 0xA1B2C3D4U, 4);
        put_little(bytes_, 2, 2);
        put_little(bytes_, 4, 2);
        put_little(bytes_, 0, 8);
        put_little(bytes_, 65'535, 4);
        put_little(bytes_, link_type, 4);
    }

    /// fraction: micro- or nanoseconds, as the file counts. on_wire 0: as many as `frame` has.
    PcapBuilder& add(std::int64_t seconds, std::int64_t fraction, std::string_view frame, std::size_t on_wire = 0) {
        put_little(bytes_, seconds, 4);
        put_little(bytes_, fraction, 4);
        put_little(bytes_, frame.size(), 4);
        put_little(bytes_, on_wire == 0 ? frame.size() : on_wire, 4);
        bytes_ += frame;
        return *this;
    }
    /// At so many microseconds after a moment in 2026.
    PcapBuilder& at(std::int64_t us, std::string_view frame) {
        return add(1'773'446'400 + us / 1'000'000, us % 1'000'000, frame);
    }

    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

inline std::string mac(unsigned last) { return std::string("\x02\0\0\0\0", 5) + static_cast<char>(last); }

inline std::string ethernet(unsigned from, unsigned to, unsigned ethertype, std::string_view payload) {
    std::string frame = mac(to) + mac(from);
    put_big16(frame, ethertype);
    return frame.append(payload);
}

/// 10.0.x.y from the lower 16 bits.
inline std::string ipv4_address(unsigned host) {
    std::string out("\x0A\0", 2);
    put_big16(out, host);
    return out;
}

inline std::string ipv4(unsigned from, unsigned to, unsigned protocol, std::string_view payload, unsigned fragment = 0) {
    std::string out("\x45\0", 2);
    put_big16(out, static_cast<unsigned>(20 + payload.size()));
    put_big16(out, 1);
    put_big16(out, fragment);
    out += '\x40';
    out += static_cast<char>(protocol);
    put_big16(out, 0);
    return out.append(ipv4_address(from)).append(ipv4_address(to)).append(payload);
}

inline std::string udp(unsigned from, unsigned to, std::string_view data = "data") {
    std::string out;
    put_big16(out, from);
    put_big16(out, to);
    put_big16(out, static_cast<unsigned>(8 + data.size()));
    put_big16(out, 0);
    return out.append(data);
}

inline std::string tcp(unsigned from, unsigned to, unsigned flags) {
    std::string out;
    put_big16(out, from);
    put_big16(out, to);
    out.append(8, '\0');
    out += '\x50';
    out += static_cast<char>(flags);
    return out.append(6, '\0');
}

inline std::string udp_frame(unsigned from, unsigned to, unsigned from_port, unsigned to_port) {
    return ethernet(from & 0xFF, to & 0xFF, 0x0800, ipv4(from, to, 17, udp(from_port, to_port)));
}

/// type 2 is the C-plane, 0 the U-plane; direction: 0x90 downlink, 0x10 uplink.
inline std::string ecpri(unsigned type, unsigned flow, unsigned sequence, unsigned direction) {
    std::string out("\x10", 1);
    out += static_cast<char>(type);
    put_big16(out, 8);
    put_big16(out, flow);
    put_big16(out, sequence);
    return out.append(1, static_cast<char>(direction)).append(20, 'x');
}

}  // namespace abm::test
