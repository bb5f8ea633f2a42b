// A packet as a list and a hex pane show it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/packet_summary.h"

namespace abm {

struct ListedPacket {
    PacketSummary summary;
    std::string info;  ///< one line of what its headers say; nothing of its payload
    bool cut() const { return summary.captured < summary.original; }
};

/// A field of a header: "Source port", "443", and the bytes it was read from.
struct PacketField {
    int depth = 0;  ///< 0: the name of a header, 1: a field of it
    std::string name, value;
    std::int32_t first = 0, count = 0;  ///< bytes of the packet
};

struct PacketDetail {
    std::vector<std::uint8_t> bytes;  ///< as captured; those that are masked are '*'
    std::vector<bool> masked;         ///< [bytes] part of a card number
    std::int64_t card_numbers = 0;    ///< masked
    std::vector<PacketField> fields;  ///< of the headers that are understood, outermost first
};

}  // namespace abm
