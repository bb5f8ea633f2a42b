#include "core/capture/packet_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>

#include "core/base/byte_source.h"
#include "core/base/error.h"
#include "core/base/random_access_text.h"
#include "core/capture/decode_packet.h"
#include "core/capture/dissect.h"
#include "core/capture/packet_mask.h"

namespace abm {
namespace {

/// Return false to stop.
using Visit = std::function<bool(const RawPacket&, const CaptureFile&)>;

constexpr std::int64_t kReadAtOnce = 256 * 1024;

std::unique_ptr<CaptureFile> open_sequential(const std::filesystem::path& path) {
    const std::shared_ptr<ByteSource> bytes = ByteSource::open(path);
    return std::make_unique<CaptureFile>([bytes](std::span<char> into) { return bytes->read(into); });
}

// Where the first packet begins: all before it is the header that explains the others.
std::int64_t header_bytes(const std::filesystem::path& path) {
    const auto file = open_sequential(path);
    RawPacket first;
    return file->next(first) ? first.span.offset : 0;
}

// The header of the file with the span right behind it: to libpcap a capture of its own.
CaptureFile::Read header_and(const std::filesystem::path& path, std::int64_t header, TextSpan span) {
    return [path, header, span, at = std::int64_t{0}](std::span<char> into) mutable {
        std::size_t given = 0;
        while (given < into.size() && at < header + span.bytes) {
            const bool in_header = at < header;
            const std::int64_t left = in_header ? header - at : header + span.bytes - at;
            const std::int64_t room = static_cast<std::int64_t>(into.size() - given);
            const std::int64_t some = std::min({left, room, kReadAtOnce});
            const std::string text = read_range(path, {in_header ? at : span.offset + at - header, some});
            std::memcpy(into.data() + given, text.data(), text.size());
            given += text.size();
            at += some;
        }
        return given;
    };
}

// Whether every record of the span could be read this way.
bool visit_span(const std::filesystem::path& path, TextSpan span, const Visit& visit) {
    const std::int64_t header = header_bytes(path);
    if (header <= 0 || span.offset < header) return false;
    if (span.bytes > 0) read_range(path, {span.end() - 1, 1});  // says in clear words when the bytes are no longer there
    CaptureFile file(header_and(path, header, span));
    RawPacket packet;
    while (file.next(packet)) {
        packet.span.offset += span.offset - header;
        if (!visit(packet, file)) return true;
    }
    return !file.problem();
}

void visit_from_start(const std::filesystem::path& path, TextSpan span, const Visit& visit) {
    const auto file = open_sequential(path);
    RawPacket packet;
    while (file->next(packet) && packet.span.offset < span.end()) {
        if (packet.span.offset >= span.offset && !visit(packet, *file)) return;
    }
}

void nothing_there(const std::filesystem::path& path, TextSpan span) {
    throw Error(ErrorCode::Corrupt,
                fmt::format("{}: there is no packet at byte {}; the file has changed since it was read. Import "
                            "it again",
                            path.filename().string(), span.offset));
}

template <class Packet, class Make>
std::vector<Packet> packets_in(const std::filesystem::path& path, TextSpan span, const PacketListOptions& options,
                               const Make& make) {
    if (span.offset < 0 || span.bytes < 0) throw Error(ErrorCode::Invalid, "a span of packets must not be negative");
    std::vector<Packet> packets;
    const Visit take = [&](const RawPacket& raw, const CaptureFile& file) {
        if (packets.size() >= options.most) return false;
        packets.push_back(make(raw, file));
        return true;
    };
    if (!visit_span(path, span, take)) {
        packets.clear();
        visit_from_start(path, span, take);
    }
    if (packets.empty() && span.bytes > 0) nothing_there(path, span);
    return packets;
}

void visit_packet(const std::filesystem::path& path, const PacketSummary& packet, const Visit& visit) {
    bool found = false;
    const Visit take = [&](const RawPacket& raw, const CaptureFile& file) {
        found = raw.captured == packet.captured;
        return found && visit(raw, file);
    };
    if (!visit_span(path, packet.span, take)) visit_from_start(path, packet.span, take);
    if (!found) nothing_there(path, packet.span);
}

}  // namespace

std::vector<PacketSummary> read_packets(const std::filesystem::path& path, TextSpan span, const PacketListOptions& options) {
    return packets_in<PacketSummary>(path, span, options, [](const RawPacket& raw, const CaptureFile& file) {
        DecodedPacket packet;
        decode_packet(raw, file.link_type(), packet);
        return packet.summary;
    });
}

std::vector<ListedPacket> list_packets(const std::filesystem::path& path, TextSpan span, const PacketListOptions& options) {
    return packets_in<ListedPacket>(path, span, options, [](const RawPacket& raw, const CaptureFile& file) {
        DecodedPacket packet;
        decode_packet(raw, file.link_type(), packet);
        return ListedPacket{packet.summary, dissect({raw.data, raw.captured}, file.link_type(), DissectDepth::line).info};
    });
}

PacketDetail packet_detail(const std::filesystem::path& path, const PacketSummary& packet) {
    PacketDetail detail;
    visit_packet(path, packet, [&](const RawPacket& raw, const CaptureFile& file) {
        detail.bytes.assign(raw.data, raw.data + raw.captured);
        Dissection headers = dissect(detail.bytes, file.link_type(), DissectDepth::fields);
        PacketMask mask = card_numbers_in(detail.bytes, headers.payload_at);
        for (std::size_t at = 0; at < detail.bytes.size(); ++at) {
            if (mask.masked[at]) detail.bytes[at] = '*';
        }
        detail.masked = std::move(mask.masked);
        detail.card_numbers = mask.card_numbers;
        detail.fields = std::move(headers.fields);
        return false;
    });
    return detail;
}

std::vector<std::uint8_t> packet_bytes(const std::filesystem::path& path, const PacketSummary& packet) {
    std::vector<std::uint8_t> bytes;
    visit_packet(path, packet, [&](const RawPacket& raw, const CaptureFile&) {
        bytes.assign(raw.data, raw.data + raw.captured);
        return false;
    });
    return bytes;
}

}  // namespace abm
