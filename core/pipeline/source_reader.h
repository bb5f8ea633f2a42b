// The files of an investigation as one sequence of blocks.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/data/source.h"
#include "core/ingest/journal_blocks.h"

namespace abm {

struct Block {
    std::size_t source = 0;
    std::string text;
    BlockPlace place;
    bool ends_source = false;  ///< nothing of this source follows; text may be empty
    double read = 0;  ///< share of the bytes of all sources that was read so far, this block and one ahead; a guess when a length
                      ///< is unknown
};

/// Not thread-safe; the caller takes one block at a time.
class SourceReader {
public:
    /// sources[i] is filled with what opening and reading file i shows. known_lengths: see SourceIdentity. begin_at: empty, or
    /// where the first block of each file begins; its encoding is known then.
    SourceReader(std::span<const std::filesystem::path> files, std::vector<Source>& sources,
                 std::vector<std::int64_t> known_lengths, std::vector<BlockPlace> begin_at, const Progress& progress);

    /// The next block into `block`, whose memory is used again; false at the end of all sources.
    bool next(Block& block);
    /// By source; those that could not be opened, or are not read to their end yet, know no byte.
    std::vector<SourceIdentity>& identities() { return identities_; }

private:
    bool take(Block& block);
    double fraction() const;
    void open(Source& source);
    void close(Source& source);

    std::span<const std::filesystem::path> files_;
    std::vector<Source>& sources_;
    std::vector<std::int64_t> known_lengths_;
    std::vector<BlockPlace> begin_at_;
    const Progress& progress_;
    std::vector<SourceIdentity> identities_;
    std::size_t at_ = 0;
    std::unique_ptr<ByteSource> bytes_;
    std::unique_ptr<JournalBlocks> blocks_;
    Block ahead_;
    bool has_ahead_ = false;
    std::int64_t total_bytes_ = 0, done_bytes_ = 0;
};

}  // namespace abm
