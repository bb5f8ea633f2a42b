// Headers from the network layer up: IP, TCP, UDP, ICMP, SCTP, ARP, eCPRI.
#pragma once

#include "core/capture/decode_packet.h"
#include "core/capture/packet_bytes.h"

namespace abm {

/// What follows an Ethernet type field.
void decode_ethertype(std::uint16_t ethertype, PacketBytes payload, DecodedPacket& packet);
/// IPv4 or IPv6 by the version in the first byte.
void decode_ip(PacketBytes bytes, DecodedPacket& packet);

}  // namespace abm
