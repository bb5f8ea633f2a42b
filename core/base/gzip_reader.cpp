#include "core/base/gzip_reader.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "core/base/error.h"

namespace abm {
namespace {

constexpr std::size_t kInputBytes = 128 * 1024;
constexpr std::size_t kWindowBytes = 32 * 1024;
constexpr std::size_t kTrailerBytes = 8;
constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  // zlib counts in 32 bits
constexpr int kGzipFrame = 15 + 16;
constexpr int kNoFrame = -15;

}  // namespace

std::shared_ptr<const GzipPoint> GzipIndex::before(std::int64_t out) const {
    const auto after = std::upper_bound(points_.begin(), points_.end(), out,
                                        [](std::int64_t offset, const auto& point) { return offset < point->out; });
    return after == points_.begin() ? nullptr : *std::prev(after);
}

struct GzipReader::Stream : z_stream {
    explicit Stream(int frame) : z_stream{} {
        if (inflateInit2(this, frame) != Z_OK) throw std::bad_alloc();
    }
    ~Stream() { inflateEnd(this); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    int first_byte() const { return *next_in; }
    void skip(std::size_t bytes) {
        next_in += bytes;
        avail_in -= static_cast<uInt>(bytes);
    }
};

GzipReader::GzipReader(Fetch fetch, GzipIndex* index)
    : fetch_(std::move(fetch)), index_(index), stream_(std::make_unique<Stream>(kGzipFrame)), input_(kInputBytes) {}

GzipReader::GzipReader(Fetch fetch, const GzipPoint& from)
    : fetch_(std::move(fetch)), stream_(std::make_unique<Stream>(kNoFrame)), input_(kInputBytes) {
    start_at(from);
}

GzipReader::~GzipReader() = default;

std::int64_t GzipReader::in_offset() const { return fetched_ - stream_->avail_in; }

void GzipReader::start_at(const GzipPoint& point) {
    inside_member_without_frame_ = true;
    out_ = point.out;
    fetched_ = point.in - (point.bits > 0 ? 1 : 0);
    if (point.bits > 0) {
        if (!have(1)) {
            if (!ended_) stop(fmt::format("the compressed data end too early at byte {}", in_offset()));
            return;
        }
        const int rest = stream_->first_byte() >> (8 - point.bits);
        stream_->skip(1);
        inflatePrime(stream_.get(), point.bits, rest);
    }
    inflateSetDictionary(stream_.get(), reinterpret_cast<const Bytef*>(point.window.data()),
                         static_cast<uInt>(point.window.size()));
}

std::size_t GzipReader::read(std::span<char> into) {
    std::size_t filled = 0;
    while (filled < into.size() && !ended_) filled += inflate_some(into.subspan(filled));
    return filled;
}

std::size_t GzipReader::inflate_some(std::span<char> into) {
    const bool input_left = have(1);
    if (ended_) return 0;
    const auto room = static_cast<uInt>(std::min(into.size(), kMostAtOnce));
    stream_->next_out = reinterpret_cast<Bytef*>(into.data());
    stream_->avail_out = room;
    const int code = inflate(stream_.get(), index_ != nullptr ? Z_BLOCK : Z_NO_FLUSH);
    const std::size_t produced = room - stream_->avail_out;
    out_ += static_cast<std::int64_t>(produced);
    if (code == Z_STREAM_END) {
        next_member();
    } else if (code == Z_BUF_ERROR && !input_left && produced == 0) {  // zlib may still hold bytes when the input has ended
        stop(fmt::format("the compressed data end too early at byte {}", in_offset()));
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
        explain(code);
    } else if (index_ != nullptr) {
        note_point();
    }
    return produced;
}

/// Makes at least `bytes` compressed bytes available in one piece; false at the end of the data.
bool GzipReader::have(std::size_t bytes) {
    while (stream_->avail_in < bytes) {
        const std::size_t kept = stream_->avail_in;
        if (kept > 0) std::memmove(input_.data(), stream_->next_in, kept);
        std::size_t got = 0;
        try {
            got = fetch_(fetched_, std::span(input_).subspan(kept));
        } catch (const Error& error) {
            stop(error.what(), true);
        }
        fetched_ += static_cast<std::int64_t>(got);
        stream_->next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_->avail_in = static_cast<uInt>(kept + got);
        if (got == 0) return false;
    }
    return true;
}

/// Members may follow each other directly or behind zero bytes (padding of tapes); gzip(1) accepts the same.
void GzipReader::next_member() {
    if (inside_member_without_frame_) {
        if (!have(kTrailerBytes)) return ended_ ? void() : stop("the compressed data end before their checksum");
        stream_->skip(kTrailerBytes);
        inside_member_without_frame_ = false;
    }
    while (have(1) && stream_->first_byte() == 0) stream_->skip(1);
    if (ended_) return;
    if (!have(1)) {
        ended_ = true;
        return;
    }
    if (have(2) && stream_->next_in[0] == 0x1f && stream_->next_in[1] == 0x8b) {
        inflateReset2(stream_.get(), kGzipFrame);
    } else if (!ended_) {
        stop(fmt::format("what follows the compressed data at byte {} is not gzip and was left out", in_offset()));
    }
}

void GzipReader::note_point() {
    const int state = stream_->data_type;
    const bool between_blocks = (state & 128) != 0 && (state & 64) == 0;
    if (!between_blocks || !index_->wants(out_)) return;
    GzipPoint point{out_, in_offset(), state & 7, std::string(kWindowBytes, '\0')};
    uInt length = 0;
    if (inflateGetDictionary(stream_.get(), reinterpret_cast<Bytef*>(point.window.data()), &length) != Z_OK) return;
    point.window.resize(length);
    point.window.shrink_to_fit();
    index_->add(std::move(point));
}

void GzipReader::explain(int code) {
    const std::string_view cause = stream_->msg != nullptr ? stream_->msg : "";
    if (code == Z_MEM_ERROR) throw std::bad_alloc();
    if (cause == "incorrect data check" || cause == "incorrect length check") {
        stop(fmt::format("the checksum at compressed byte {} does not match, so some of the text before it may be wrong",
                         in_offset()));
    } else {
        stop(fmt::format("the compressed data are damaged near byte {} ({})", in_offset(), cause.empty() ? "bad data" : cause));
    }
}

void GzipReader::stop(std::string message, bool io) {
    ended_ = true;
    damage_ = GzipDamage{out_, in_offset(), io, std::move(message)};
}

}  // namespace abm
