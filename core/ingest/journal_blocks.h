// Reads a journal in blocks that end before a START line, so that each block can be understood by itself.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/byte_source.h"
#include "core/base/progress.h"
#include "core/base/source_identity.h"

namespace abm {

/// Where a block begins, and how far reading had come by then: enough to read the same blocks from there on.
struct BlockPlace {
    std::int64_t offset = 0;
    std::int64_t bytes_read = 0;   ///< of the source, before the end of the block was looked for; at least offset
    std::int64_t forced_cuts = 0;  ///< before it, see JournalBlocks::forced_cuts()
};

class JournalBlocks {
public:
    /// A block is about this long; only a stretch without any START makes it longer, up to kMostBytes.
    static constexpr std::size_t kBlockBytes = std::size_t{4} << 20;
    static constexpr std::size_t kMostBytes = std::size_t{64} << 20;

    /// known_lengths: as SourceIdentity wants them.
    explicit JournalBlocks(ByteSource& source, std::vector<std::int64_t> known_lengths = {})
        : source_(source), identity_(std::move(known_lengths)) {}

    /// Once, before the first block: what lies before the place is read for the identity alone.
    /// Throws Error{Cancelled}.
    void go_on_at(const BlockPlace& place, const Progress& progress);
    /// The next block; false at the end. Where the blocks end depends on the bytes alone.
    bool next(std::string& text, BlockPlace& place);

    const SourceIdentity& identity() const { return identity_; }
    /// Once all blocks were taken.
    SourceIdentity take_identity() { return std::move(identity_); }
    std::int64_t forced_cuts() const { return forced_cuts_; }  ///< blocks cut elsewhere: no START in kMostBytes

private:
    void fill(std::size_t bytes);
    std::size_t cut_place();

    ByteSource& source_;
    SourceIdentity identity_;
    std::string buffer_;
    std::int64_t offset_ = 0;  ///< of buffer_ in the source
    std::int64_t forced_cuts_ = 0;
    bool ended_ = false;
};

}  // namespace abm
