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
        std::int64_t packets = 0;  ///< how many numbers are missing before this packet; -1: it is one that was missed before
        TextSpan before;           ///< the last packet of the flow before the gap
        std::int64_t window = 0;   ///< of the packet behind the gap
    };
    /// What the number of this packet, in this window, says about those before it. A number that was missing and comes late
    /// takes back its loss. Steps of more than half a cycle (or 1000 messages) are a restart of the counter, no loss.
    Loss add(const DecodedPacket& packet, std::int64_t window);

private:
    struct Flow {
        std::uint16_t last = 0;
        TextSpan last_span;
        int whole_votes = 0, upper_votes = 0;
        std::int64_t missing = 0, missing_window = 0;  ///< of the last gap
        int behind = 0;                                ///< packets in a row with a number before the last
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

    static void vote(Flow& flow, std::uint16_t sequence);
    static std::int64_t step_of(const Flow& flow, std::uint16_t sequence);

    std::unordered_map<Key, Flow, Hash> flows_;
};

}  // namespace abm
