#include "core/base/source_identity.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <new>
#include <utility>

#include "core/base/byte_source.h"

namespace abm {

struct SourceIdentity::Block {
    Block() : state(XXH3_createState()) {
        if (state == nullptr) throw std::bad_alloc();
        clear();
    }
    ~Block() { XXH3_freeState(state); }
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    void clear() {
        XXH3_128bits_reset(state);
        bytes = 0;
    }
    XXH3_state_t* state;
    std::int64_t bytes = 0;
};

SourceIdentity::SourceIdentity(std::vector<std::int64_t> known_lengths) : block_(std::make_unique<Block>()) {
    std::sort(known_lengths.begin(), known_lengths.end());
    known_lengths.erase(std::unique(known_lengths.begin(), known_lengths.end()), known_lengths.end());
    for (const std::int64_t length : known_lengths) {
        if (length % kBlockBytes != 0 && length > 0) known_.push_back({length, {}});  // the chain knows the others
    }
}

SourceIdentity::~SourceIdentity() = default;
SourceIdentity::SourceIdentity(SourceIdentity&&) noexcept = default;
SourceIdentity& SourceIdentity::operator=(SourceIdentity&&) noexcept = default;

SourceIdentity::Hash SourceIdentity::link(const Hash& before, const Hash& block) {
    const std::uint64_t both[4] = {before.low, before.high, block.low, block.high};
    const XXH128_hash_t hash = XXH3_128bits(both, sizeof both);
    return {hash.low64, hash.high64};
}

std::string SourceIdentity::text(const Hash& hash) { return fmt::format("{:016x}{:016x}", hash.high, hash.low); }

void SourceIdentity::update(std::span<const char> bytes) {
    while (!bytes.empty()) {
        const auto piece = static_cast<std::size_t>(std::min(next_stop() - bytes_, static_cast<std::int64_t>(bytes.size())));
        update_within_block(bytes.first(piece));
        bytes = bytes.subspan(piece);
    }
}

/// The next end of a block or known length.
std::int64_t SourceIdentity::next_stop() const {
    const std::int64_t block_end = (bytes_ / kBlockBytes + 1) * kBlockBytes;
    return next_known_ < known_.size() ? std::min(block_end, known_[next_known_].length) : block_end;
}

void SourceIdentity::update_within_block(std::span<const char> bytes) {
    bytes_ += static_cast<std::int64_t>(bytes.size());
    if (bytes.size() == static_cast<std::size_t>(kBlockBytes)) {  // a whole block in one piece needs no state
        const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
        chain_.push_back(link(last(), {hash.low64, hash.high64}));
        return;
    }
    XXH3_128bits_update(block_->state, bytes.data(), bytes.size());
    block_->bytes += static_cast<std::int64_t>(bytes.size());
    if (block_->bytes == kBlockBytes) {
        chain_.push_back(current());
        block_->clear();
    }
    if (next_known_ < known_.size() && known_[next_known_].length == bytes_) known_[next_known_++].hash = current();
}

SourceIdentity::Hash SourceIdentity::current() const {
    if (block_->bytes == 0) return last();
    const XXH128_hash_t hash = XXH3_128bits_digest(block_->state);
    return link(last(), {hash.low64, hash.high64});
}

std::string SourceIdentity::hex() const { return text(current()); }

std::optional<std::string> SourceIdentity::hex_at(std::int64_t length) const {
    if (length < 0 || length > bytes_) return std::nullopt;
    if (length == bytes_) return hex();
    if (length == 0) return text(Hash{});
    if (length % kBlockBytes == 0) return text(chain_[static_cast<std::size_t>(length / kBlockBytes) - 1]);
    const auto known = std::lower_bound(known_.begin(), known_.end(), length,
                                        [](const Known& entry, std::int64_t wanted) { return entry.length < wanted; });
    if (known == known_.end() || known->length != length) return std::nullopt;
    return text(known->hash);
}

std::optional<bool> SourceIdentity::starts_with(std::int64_t length, const std::string& hex) const {
    if (length > bytes_) return false;
    const auto mine = hex_at(length);
    return mine ? std::optional(*mine == hex) : std::nullopt;
}

std::int64_t SourceIdentity::common_blocks(const SourceIdentity& other) const {
    const auto ends = std::mismatch(chain_.begin(), chain_.end(), other.chain_.begin(), other.chain_.end());
    return (ends.first - chain_.begin()) * kBlockBytes;
}

SourceIdentity identity_of(const std::filesystem::path& file, std::vector<std::int64_t> known_lengths, std::int64_t enough) {
    SourceIdentity identity(std::move(known_lengths));
    const auto bytes = ByteSource::open(file);
    std::vector<char> block(std::size_t{1} << 20U);
    while (identity.bytes() < enough) {
        const std::size_t got = bytes->read(block);
        if (got == 0) break;
        identity.update(std::span(block).first(got));
    }
    return identity;
}

}  // namespace abm
