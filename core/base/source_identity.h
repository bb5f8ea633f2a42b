// Who a source is: chained hashes of its 64 KiB blocks (XXH3-128), so that a moved or grown file is known again.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace abm {

/// Fed with every (uncompressed) byte of a source in order, in pieces of any size. Not thread-safe.
/// Memory: 16 bytes for each 64 KiB. The identity says who a file is, not that nobody forged it: XXH3 is no secure hash.
///
/// A source has grown from an older one when the older one's identity is what this one had after as many bytes:
///     SourceIdentity now({older.bytes});   // the lengths of known sources, before reading
///     ... now.update(...) ...
///     now.starts_with(older.bytes, older.hex)
class SourceIdentity {
public:
    static constexpr std::int64_t kBlockBytes = 64 * 1024;

    /// `known_lengths`: places within a block at which the identity will be asked for later; in any order, thousands are fine.
    explicit SourceIdentity(std::vector<std::int64_t> known_lengths = {});
    ~SourceIdentity();
    SourceIdentity(SourceIdentity&&) noexcept;
    SourceIdentity& operator=(SourceIdentity&&) noexcept;

    void update(std::span<const char> bytes);

    std::int64_t bytes() const { return bytes_; }
    /// 32 lower-case hex digits for all bytes so far; may be asked at any time.
    std::string hex() const;
    /// The same after the first `length` bytes: for every multiple of the block size, every known length and bytes().
    /// nullopt for other places and behind the end.
    std::optional<std::string> hex_at(std::int64_t length) const;
    /// Whether the first `length` bytes were those of a source with this identity. nullopt when hex_at() cannot tell.
    std::optional<bool> starts_with(std::int64_t length, const std::string& hex) const;

    /// Bytes at the front, in whole blocks, that both sources share.
    std::int64_t common_blocks(const SourceIdentity& other) const;

private:
    struct Hash {
        std::uint64_t low = 0, high = 0;
        bool operator==(const Hash&) const = default;
    };
    struct Known {
        std::int64_t length = 0;
        Hash hash;
    };
    struct Block;  // the hash state of the block that is not complete yet

    static Hash link(const Hash& before, const Hash& block);
    static std::string text(const Hash& hash);
    Hash last() const { return chain_.empty() ? Hash{} : chain_.back(); }
    Hash current() const;
    void update_within_block(std::span<const char> bytes);
    std::int64_t next_stop() const;

    std::vector<Hash> chain_;   ///< after each whole block
    std::vector<Known> known_;  ///< rising; those before next_known_ carry their hash
    std::size_t next_known_ = 0;
    std::unique_ptr<Block> block_;
    std::int64_t bytes_ = 0;
};

/// Of a file, uncompressed; reading stops soon behind `enough` bytes. Throws Error{Io} when it cannot be opened.
SourceIdentity identity_of(const std::filesystem::path& file, std::vector<std::int64_t> known_lengths,
                           std::int64_t enough = INT64_MAX);

/// The longest of these sources, each with `bytes` and `identity`, that `now` begins with and is longer than; null: none.
template <class OneSource>
const OneSource* grown_from(const std::vector<OneSource>& sources, const SourceIdentity& now) {
    const OneSource* longest = nullptr;
    for (const OneSource& one : sources) {
        if (one.bytes == 0 || one.bytes >= now.bytes() || (longest && one.bytes <= longest->bytes)) continue;
        if (now.starts_with(one.bytes, one.identity).value_or(false)) longest = &one;
    }
    return longest;
}

}  // namespace abm
