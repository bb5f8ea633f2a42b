// The packets of a window, and the bytes of a packet, read again from the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/data/packet_detail.h"

namespace abm {

struct PacketListOptions {
    std::size_t most = 100'000;  ///< packets; those behind are left out
};

/// The packets whose record begins within `span`, e.g. Record::span, in the order of the file. Plain and gzip files; only the
/// header of the file and the span are read (see RandomAccessText for what gzip costs), or, of a pcapng file that describes an
/// interface in its middle, all that is before the span. Throws Error{Io} when the file cannot be read or is no longer
/// there, Error{Corrupt} when there are no packets at the span any more.
std::vector<PacketSummary> read_packets(const std::filesystem::path& path, TextSpan span, const PacketListOptions& options = {});

/// The same with a line about each.
std::vector<ListedPacket> list_packets(const std::filesystem::path& path, TextSpan span, const PacketListOptions& options = {});

/// What the headers of a packet of such a list say, and its bytes with card numbers masked: see packet_mask.h. Throws what
/// read_packets() throws.
PacketDetail packet_detail(const std::filesystem::path& path, const PacketSummary& packet);

/// The captured bytes of a packet that read_packets() gave, as they are: nothing is masked. Throws what it throws.
std::vector<std::uint8_t> packet_bytes(const std::filesystem::path& path, const PacketSummary& packet);

}  // namespace abm
