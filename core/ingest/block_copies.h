// Journals print a block a second time, header and all. What a copy says was said before: it must not count twice.
#pragma once

#include <algorithm>
#include <array>
#include <optional>

#include "core/ingest/journal_chunk.h"

namespace abm {

/// Follows the lines of one session. A header that comes back with the same number and minute begins a copy; it lasts as long as
/// its lines repeat those behind the first one.
class BlockCopies {
public:
    explicit BlockCopies(const JournalChunk& chunk) : chunk_(chunk) {}

    /// Whether the event repeats one before it. Call for every event of the session, in order.
    bool repeats(std::uint32_t index) {
        if (event(index).kind == EventKind::header) return begins_copy(index);
        if (!original_) return false;
        if (*original_ < copy_ && same(*original_, index)) {
            ++*original_;
            return true;
        }
        original_.reset();
        return false;
    }

private:
    const Event& event(std::uint32_t index) const { return chunk_.lexed.events[index]; }
    bool same(std::uint32_t a, std::uint32_t b) const {
        return event(a).kind == event(b).kind && event(a).second == event(b).second &&
               chunk_.words_of(event(a)) == chunk_.words_of(event(b));
    }

    bool begins_copy(std::uint32_t index) {
        original_.reset();
        const std::size_t known = std::min(seen_, headers_.size());
        for (std::size_t i = 0; i < known; ++i) {
            if (same(headers_[i], index)) original_ = headers_[i] + 1;
        }
        copy_ = index;
        headers_[seen_++ % headers_.size()] = index;
        return original_.has_value();
    }

    const JournalChunk& chunk_;
    std::array<std::uint32_t, 16> headers_{};  ///< the last ones: copies stand close to what they repeat
    std::size_t seen_ = 0;
    std::optional<std::uint32_t> original_;  ///< the line the next line of the copy would repeat
    std::uint32_t copy_ = 0;                 ///< header of the copy
};

}  // namespace abm
