// Inflates gzip data (RFC 1952) of any number of members and keeps what can be had of damaged data.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace abm {

/// A place between two deflate blocks from which inflating can start (the method of zlib's examples/zran.c).
struct GzipPoint {
    std::int64_t out = 0;  ///< inflated bytes before it
    std::int64_t in = 0;   ///< compressed bytes before it, counting the byte that is used in part
    int bits = 0;          ///< how many bits of byte in - 1 belong to what follows
    std::string window;    ///< the up to 32 KiB of inflated bytes before it
};

/// Points in rising order, at least kSpacing inflated bytes apart: about 32 KiB of memory for each MiB of text.
class GzipIndex {
public:
    static constexpr std::int64_t kSpacing = std::int64_t{1} << 20;

    /// The last point at or before an inflated offset; null means the start of the data.
    std::shared_ptr<const GzipPoint> before(std::int64_t out) const;
    bool wants(std::int64_t out) const { return out - (points_.empty() ? 0 : points_.back()->out) >= kSpacing; }
    void add(GzipPoint point) { points_.push_back(std::make_shared<const GzipPoint>(std::move(point))); }
    std::size_t size() const { return points_.size(); }

private:
    std::vector<std::shared_ptr<const GzipPoint>> points_;
};

/// What stopped the inflating, in words that follow "<name>: ".
struct GzipDamage {
    std::int64_t out = 0;  ///< inflated bytes delivered before it
    std::int64_t in = 0;   ///< compressed offset at which it was noticed
    bool io = false;       ///< the compressed bytes could not be read; otherwise they are wrong or incomplete
    std::string message;   ///< e.g. "the compressed data end too early at byte 512"
};

/// One pass over gzip data. Not thread-safe; several readers may share one fetch function if that is.
class GzipReader {
public:
    /// Puts compressed bytes from an offset into the buffer, any number of them; 0 at the end. May throw Error{Io}.
    using Fetch = std::function<std::size_t(std::int64_t offset, std::span<char> into)>;

    /// From the first byte. With an index, adds points to it on the way; the index must outlive the reader.
    explicit GzipReader(Fetch fetch, GzipIndex* index = nullptr);
    /// From a point in the middle. The checksum of the member it lies in is not verified.
    GzipReader(Fetch fetch, const GzipPoint& from);
    ~GzipReader();
    GzipReader(const GzipReader&) = delete;
    GzipReader& operator=(const GzipReader&) = delete;

    /// Fills the buffer as far as possible; 0 at the end or behind damage (see damage()). Throws nothing but bad_alloc.
    std::size_t read(std::span<char> into);

    std::int64_t out_offset() const { return out_; }
    std::int64_t in_offset() const;
    bool ended() const { return ended_; }
    /// Set once all bytes before the damage were delivered.
    const std::optional<GzipDamage>& damage() const { return damage_; }

private:
    struct Stream;

    void start_at(const GzipPoint& point);
    std::size_t inflate_some(std::span<char> into);
    bool have(std::size_t bytes);
    void next_member();
    void note_point();
    void explain(int code);
    void stop(std::string message, bool io = false);

    Fetch fetch_;
    GzipIndex* index_ = nullptr;
    std::unique_ptr<Stream> stream_;
    std::vector<char> input_;
    std::int64_t fetched_ = 0;  ///< compressed bytes asked for so far
    std::int64_t out_ = 0;
    bool inside_member_without_frame_ = false;  ///< started at a point: plain deflate up to the end of this member
    bool ended_ = false;
    std::optional<GzipDamage> damage_;
};

}  // namespace abm
