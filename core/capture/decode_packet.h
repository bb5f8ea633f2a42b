// Who sends what to whom, read from the headers of one packet. Bounds-checked, allocates nothing, never fails: what a cut or
// malformed packet does not say is left unknown.
#pragma once

#include <cstdint>

#include "core/capture/capture_file.h"
#include "core/data/packet_summary.h"

namespace abm {

/// The common header of eCPRI (eCPRI specification 2.0, 3.1.3) and what O-RAN (CUS plane, 5.1 and 7.2) puts behind it.
struct EcpriHeader {
    static constexpr std::uint8_t kIqData = 0, kBitSequence = 1, kRealTimeControl = 2;

    bool present = false;
    bool has_flow = false;       ///< message types 0 to 2: flow and sequence are known
    bool has_direction = false;  ///< O-RAN: the packet is long enough for the byte with the direction
    bool downlink = false;
    std::uint8_t type = 0;
    std::uint16_t flow = 0;      ///< PC_ID, RTC_ID; eAxC id in O-RAN
    std::uint16_t sequence = 0;  ///< SEQ_ID
};

struct DecodedPacket {
    PacketSummary summary;
    NetworkEnd mac_from, mac_to;
    EcpriHeader ecpri;
    bool opens = false;   ///< asks for something new: TCP SYN, UDP to a lower port, echo request, ARP request
    NetworkEnd contacts;  ///< when it opens: whom
};

/// link_type: libpcap's DLT_ value. Ethernet with VLAN tags, Linux cooked v1 and v2, raw IP, null and loopback are understood;
/// of 802.11 the addresses; other link types have size and time only, with the protocol "other".
void decode_packet(const RawPacket& raw, int link_type, DecodedPacket& packet);

}  // namespace abm
