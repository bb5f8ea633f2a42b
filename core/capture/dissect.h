// The headers of one packet in words, for somebody who looks at it. See decode_packet.h for what the windows are made of.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/capture/packet_bytes.h"
#include "core/data/packet_detail.h"

namespace abm {

struct Dissection {
    std::vector<PacketField> fields;  ///< empty when only the line was asked for
    std::string info;                 ///< "443 → 51234 [SYN, ACK] seq 1 ack 2, 0 bytes"
    std::size_t payload_at = 0;       ///< first byte behind the headers that were understood
};

enum class DissectDepth { line, fields };

/// The same link types and headers as decode_packet(). Bounds-checked, never fails: headers that are cut or malformed end the
/// list, with as much of them as there is. What the payload says is not looked at.
Dissection dissect(PacketBytes frame, int link_type, DissectDepth depth);

}  // namespace abm
