// Who talks to whom, and how much: finds the two parties of a capture in bounded memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/capture/decode_packet.h"

namespace abm {

/// Two hosts and what went between them. `a` sent the first packet.
struct Conversation {
    NetworkEnd a, b;
    std::int64_t packets = 0;  ///< may be too low by 1/8192 of all packets of the capture (see ConversationTable)
    std::int64_t ecpri_packets = 0;
    /// O-RAN: packets only a DU sends, less those only an RU sends, counted for a. Negative: b is the DU.
    std::int64_t du_votes = 0;
};

/// The link that is looked at.
struct Link {
    NetworkEnd a, b;   ///< in fronthaul a is the DU and b the RU; elsewhere a sent the first packet
    std::string name;  ///< "DU 00:11:22:33:44:55 - RU aa:bb:cc:dd:ee:ff", "10.0.0.1 - 10.0.0.2"
};

/// Misra-Gries summary: when the table is full, the median count is taken from all, and who has none left is forgotten. So a
/// conversation with more than one in 4096 of the packets is never lost.
class ConversationTable {
public:
    void add(const DecodedPacket& packet);
    /// The fronthaul link with the most eCPRI packets, else the conversation with the most packets; a group address is no
    /// party unless there are none but those. Empty when no packet has two ends.
    std::optional<Link> busiest() const;
    std::size_t size() const { return table_.size(); }

    static constexpr std::size_t kMost = 8192;

private:
    struct Key {
        NetworkEnd low, high;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    using Table = std::unordered_map<Key, Conversation, Hash>;

    Conversation& find(const NetworkEnd& from, const NetworkEnd& to);
    void forget_small();

    Table table_;
    Conversation* last_ = nullptr;  ///< packets come in runs: the conversation of the last one
};

/// Sent to many: a multicast or broadcast address.
bool is_group(const NetworkEnd& end);

}  // namespace abm
