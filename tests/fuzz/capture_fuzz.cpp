// Any bytes as a capture: no crash, windows hold every packet, spans lie within the file and follow one another.
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/error.h"
#include "core/capture/capture_file.h"
#include "core/capture/decode_packet.h"
#include "core/capture/dissect.h"
#include "core/capture/packet_list.h"
#include "core/capture/packet_mask.h"
#include "core/capture/read_capture.h"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

// The same header with every link type that is decoded, so that all decoders see the packets.
void decode_as_every_link(const abm::RawPacket& raw) {
    for (const int link_type : {0, 1, 12, 101, 105, 108, 113, 127, 192, 228, 229, 276}) {
        abm::DecodedPacket packet;
        abm::decode_packet(raw, link_type, packet);
        require(!packet.summary.protocol.empty());
        abm::text_of(packet.summary.from);
        const abm::PacketBytes bytes{raw.data, raw.captured};
        const abm::Dissection shown = abm::dissect(bytes, link_type, abm::DissectDepth::fields);
        require(shown.payload_at <= bytes.size());
        for (const abm::PacketField& field : shown.fields)
            require(field.first >= 0 && field.first + field.count <= static_cast<std::int64_t>(bytes.size()));
        require(abm::card_numbers_in(bytes, shown.payload_at).masked.size() == bytes.size());
    }
}

std::int64_t packets_of(const std::uint8_t* data, std::size_t size) {
    std::int64_t packets = 0, end = 0;
    try {
        abm::CaptureFile file([=, at = std::size_t{0}](std::span<char> into) mutable {
            const std::size_t some = std::min(into.size(), size - at);
            if (some > 0) std::memcpy(into.data(), data + at, some);
            at += some;
            return some;
        });
        for (abm::RawPacket raw; file.next(raw); ++packets) {
            require(raw.span.offset >= end && raw.span.end() <= static_cast<std::int64_t>(size));
            end = raw.span.end();
            decode_as_every_link(raw);
        }
    } catch (const abm::Error&) {
        return 0;
    }
    return packets;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::int64_t packets = packets_of(data, size);
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("abm-capture-fuzz-" + std::to_string(::getpid()));
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const abm::SourceReading reading = abm::read_capture(path, {}, abm::Progress());
    if (!reading.source.gzip) require(reading.source.packets == packets);
    double in_windows = 0;
    for (Eigen::Index row = 0; row < reading.features.rows(); ++row) in_windows += reading.features.values(row, 15);
    require(in_windows == static_cast<double>(reading.source.packets));
    for (const abm::Finding& finding : reading.findings) require(abm::raw(finding.record) < reading.records.size());
    if (!reading.records.empty()) abm::read_packets(path, reading.records.back().span);
    return 0;
}
