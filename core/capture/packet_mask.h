// Card numbers in the payload of a packet, in whatever way terminals and hosts write them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace abm {

struct PacketMask {
    std::vector<bool> masked;  ///< [bytes] the digits between the first six and the last four of a card number
    std::int64_t card_numbers = 0;
};

/// What a card number is, core/base/card_mask.h says. It is looked for in ASCII, EBCDIC, UTF-16 and packed decimal (two digits a
/// byte; there a byte of which either digit is to be hidden is masked, and plain text is not taken for it), from the first byte
/// of the packet and from payload_at, so that a header does not adjoin; and behind its own length in two digits, as ISO 8583
/// writes field 2 amid other digits. A number that one packet begins and the next one ends is not seen. Linear in the bytes.
PacketMask card_numbers_in(std::span<const std::uint8_t> bytes, std::size_t payload_at);

}  // namespace abm
