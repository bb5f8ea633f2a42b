// The two parties a capture compares: which packets are A's to B, and B's to A.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "core/capture/decode_packet.h"

namespace abm {

enum class Side : std::uint8_t { none, a, b };

/// A compiled filter of libpcap.
class PacketFilter {
public:
    /// Throws Error{Invalid} with the words of libpcap when the expression makes no sense for this link type.
    PacketFilter(const std::string& expression, int link_type, int snap_length);
    bool matches(const RawPacket& packet) const;

private:
    struct Program;
    std::shared_ptr<const Program> program_;
};

/// Immutable; cheap to copy.
class Parties {
public:
    Parties() = default;  ///< nobody: every packet is of neither side
    Parties(const NetworkEnd& a, const NetworkEnd& b) : a_(a), b_(b) {}

    /// As given by hand; see CaptureOptions::party_a. Throws Error{Invalid} naming the party.
    static Parties given(const std::string& a, const std::string& b, int link_type, int snap_length);

    /// Throws Error{Invalid} naming the party when the text is not empty, no address, and no filter for any link type filters
    /// know.
    static void check(const std::string& text, char which);
    /// The same for the link type of a source, as it is named there.
    static void check(const std::string& text, char which, const std::string& link_type_name);

    Side side_of(const RawPacket& raw, const DecodedPacket& packet) const;

private:
    using Party = std::variant<std::monostate, NetworkEnd, PacketFilter>;  ///< none given, an address, a filter

    static Party parse(const std::string& text, char which, int link_type, int snap_length);
    bool sends(const Party& party, const Party& other, const RawPacket& raw, const DecodedPacket& packet) const;

    Party a_, b_;
};

/// A MAC or IP address; none when it is neither.
NetworkEnd end_from_text(const std::string& text);

}  // namespace abm
