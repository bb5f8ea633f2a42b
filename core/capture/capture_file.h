// Packets of a capture one after another, by libpcap, from any source of bytes: a file, gzip data, a part of a file.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/ids.h"

struct pcap;

namespace abm {

/// What the first bytes of a capture say: "pcap", "pcap-ns" (nanoseconds), "pcapng"; empty when they are no capture's.
/// first_bytes: the first four bytes of the uncompressed source, or more.
std::string_view sniff_capture(std::string_view first_bytes);

struct RawPacket {
    TextSpan span;                       ///< of the whole record, header and captured bytes
    std::int64_t time_ns = 0;            ///< since 1970; clamped to the years 1824 .. 2115
    std::uint32_t captured = 0;          ///< bytes at `data`
    std::uint32_t original = 0;          ///< bytes on the wire
    const std::uint8_t* data = nullptr;  ///< valid until the next call of next()
};

struct CaptureProblem {
    std::int64_t offset = 0;  ///< first byte of the record that could not be read
    std::string message;      ///< in the words of libpcap
};

/// Not thread-safe; one pass. Memory: a block of 256 KiB and the largest packet (libpcap refuses those above 16 MiB).
class CaptureFile {
public:
    /// Fills the buffer as far as possible; fewer bytes only at the end.
    using Read = std::function<std::size_t(std::span<char>)>;

    /// Reads the file header. Throws Error{Corrupt} in the words of libpcap when it is not that of a capture, or incomplete.
    explicit CaptureFile(Read read);
    ~CaptureFile();
    CaptureFile(const CaptureFile&) = delete;
    CaptureFile& operator=(const CaptureFile&) = delete;

    /// The next packet; false at the end, or where nothing can be read any more: see problem().
    bool next(RawPacket& packet);

    std::string_view format() const;  ///< see sniff_capture()
    int link_type() const;            ///< libpcap's DLT_ value
    std::string link_type_name() const;
    int snap_length() const;
    const std::optional<CaptureProblem>& problem() const { return problem_; }

private:
    struct Stream;  // what libpcap reads from

    std::unique_ptr<Stream> stream_;
    pcap* pcap_ = nullptr;
    std::int64_t good_until_ = 0;  ///< end of the last packet
    std::optional<CaptureProblem> problem_;
};

}  // namespace abm
