#include "core/capture/capture_file.h"

#include <fmt/format.h>
#include <pcap/pcap.h>
#include <stdio_ext.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "core/base/error.h"

namespace abm {
namespace {

constexpr std::size_t kBlock = 256 * 1024;
constexpr std::int64_t kSecond = 1'000'000'000;

std::uint32_t little_endian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
    return value;
}

std::int64_t nanoseconds_of(const timeval& time) {
    constexpr std::int64_t kMost = 4'600'000'000;  // so that the difference of two times fits 64 bits
    const std::int64_t seconds = std::clamp<std::int64_t>(time.tv_sec, -kMost, kMost);
    return seconds * kSecond + std::clamp<std::int64_t>(time.tv_usec, -4 * kSecond, 4 * kSecond);
}

}  // namespace

std::string_view sniff_capture(std::string_view first_bytes) {
    if (first_bytes.size() < 4) return {};
    switch (little_endian(first_bytes)) {
        case 0xA1B2C3D4:
        case 0xD4C3B2A1:
        case 0xA1B2CD34:  // the header of a patched Linux libpcap of the nineties
        case 0x34CDB2A1:
            return "pcap";
        case 0xA1B23C4D:
        case 0x4D3CB2A1:
            return "pcap-ns";
        case 0x0A0D0D0A:
            return "pcapng";
        default:
            return {};
    }
}

// What libpcap reads from: a FILE over our bytes. The place of a record is what the FILE was given less what it still holds.
struct CaptureFile::Stream {
    explicit Stream(Read bytes) : read(std::move(bytes)), block(new char[kCarry + kBlock]) {}

    static constexpr std::size_t kCarry = 4;  ///< bytes of the block before that are kept in front of this one

    Read read;
    std::unique_ptr<char[]> block;  ///< not filled with zeros: small captures touch little of it
    std::int64_t block_offset = 0;
    std::size_t at = 0, filled = 0;
    bool ended = false;
    std::array<char, 12> head{};  ///< the first bytes of all
    FILE* file = nullptr;

    std::int64_t position() const {
        return block_offset + static_cast<std::int64_t>(at) - (file->_IO_read_end - file->_IO_read_ptr);
    }

    // Never across the end of a block: all that the FILE holds is then in the block we have.
    std::size_t give(std::span<char> into) {
        if (at == filled && !refill()) return 0;
        const std::size_t some = std::min(into.size(), filled - at);
        std::memcpy(into.data(), block.get() + kCarry + at, some);
        at += some;
        return some;
    }

    bool refill() {
        if (ended) return false;
        if (filled >= kCarry) std::memcpy(block.get(), block.get() + filled, kCarry);
        block_offset += static_cast<std::int64_t>(filled);
        at = 0;
        filled = read({block.get() + kCarry, kBlock});
        ended = filled < kBlock;
        if (block_offset == 0) std::copy_n(block.get() + kCarry, std::min(filled, head.size()), head.begin());
        return filled > 0;
    }

    bool is_pcapng() const { return head[0] == '\x0a'; }

    /// A block of pcapng ends with its length, which libpcap has compared with that at its start. Before the block of a packet
    /// may be others, from `from` on. In the byte order of the first section, or else in the other one.
    std::int64_t block_start(std::int64_t from) const {
        const std::int64_t end = position();
        const std::uint32_t little = little_endian({block.get() + (end - block_offset), kCarry});
        const std::uint32_t big = __builtin_bswap32(little);
        const bool is_little = head[8] == '\x4d';
        const std::int64_t likely = end - (is_little ? little : big), other = end - (is_little ? big : little);
        return likely >= from ? likely : std::max(from, other);
    }

    static ssize_t on_read(void* stream, char* into, std::size_t bytes) {
        try {
            return static_cast<ssize_t>(static_cast<Stream*>(stream)->give({into, bytes}));
        } catch (...) {
            return -1;  // no exception may cross libpcap
        }
    }
};

CaptureFile::CaptureFile(Read read) : stream_(std::make_unique<Stream>(std::move(read))) {
    cookie_io_functions_t functions{};
    functions.read = &Stream::on_read;
    FILE* const file = fopencookie(stream_.get(), "r", functions);
    if (file == nullptr) throw Error(ErrorCode::Io, "no memory for reading a capture");
    stream_->file = file;
    __fsetlocking(file, FSETLOCKING_BYCALLER);
    std::array<char, PCAP_ERRBUF_SIZE> reason{};
    pcap_ = pcap_fopen_offline_with_tstamp_precision(file, PCAP_TSTAMP_PRECISION_NANO, reason.data());
    if (pcap_ == nullptr) {
        std::fclose(file);
        throw Error(ErrorCode::Corrupt, reason.data());
    }
    good_until_ = stream_->position();
}

CaptureFile::~CaptureFile() { pcap_close(pcap_); }

bool CaptureFile::next(RawPacket& packet) {
    if (problem_) return false;
    pcap_pkthdr* header = nullptr;
    const int outcome = pcap_next_ex(pcap_, &header, &packet.data);
    if (outcome != 1) {
        if (outcome == PCAP_ERROR) problem_ = CaptureProblem{good_until_, pcap_geterr(pcap_)};
        return false;
    }
    const std::int64_t start = stream_->is_pcapng() ? stream_->block_start(good_until_) : good_until_;
    const std::int64_t end = stream_->position();
    packet.span = {start, end - start};
    packet.time_ns = nanoseconds_of(header->ts);
    packet.captured = header->caplen;
    packet.original = header->len;
    good_until_ = end;
    return true;
}

std::string_view CaptureFile::format() const { return sniff_capture({stream_->head.data(), stream_->head.size()}); }

int CaptureFile::link_type() const { return pcap_datalink(pcap_); }

std::string CaptureFile::link_type_name() const {
    const char* const name = pcap_datalink_val_to_name(link_type());
    return name != nullptr ? name : fmt::format("unknown ({})", link_type());
}

int CaptureFile::snap_length() const { return pcap_snapshot(pcap_); }

}  // namespace abm
