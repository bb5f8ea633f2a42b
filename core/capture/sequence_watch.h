// Packets of a fronthaul link that never arrived, proven by the gaps in their sequence numbers.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "core/capture/decode_packet.h"

namespace abm {

/// eCPRI counts the messages of a flow in 16 bits; O-RAN counts in the upper 8 and uses the lower for fragments. Which of them
/// a flow does shows in its first numbers; until then nothing is said. Bounded: at most 4096 flows, others are not watched.
class SequenceWatch {
public:
    static constexpr std::size_t kMostFlows = 4096;

    struct Loss {
        std::int64_t packets = 0;  ///< how many numbers are missing; 0: none
        TextSpan before;           ///< the last packet of the flow before the gap
    };
    /// What the number of this packet says about those before it. Numbers that go back, and steps of more than half a cycle
    /// (or 1000 messages), are a restart or a packet out of order, no loss.
    Loss add(const DecodedPacket& packet);

private:
    struct Flow {
        std::uint16_t last = 0;
        TextSpan last_span;
        int whole_votes = 0, upper_votes = 0;
        bool counts_in_upper() const { return upper_votes >= 4 && upper_votes * 8 >= whole_votes; }
        bool counts_in_whole() const { return whole_votes >= 8 && !counts_in_upper(); }
    };
    struct Key {
        NetworkEnd from, to;
        std::uint16_t flow = 0;
        std::uint8_t type = 0;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };

    static std::int64_t lost_before(Flow& flow, std::uint16_t sequence);

    std::unordered_map<Key, Flow, Hash> flows_;
};

}  // namespace abm
