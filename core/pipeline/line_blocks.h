// A span of a source from front to back, in blocks of whole lines.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/byte_source.h"
#include "core/data/source.h"

namespace abm {

/// One pass; memory is a block or two. Line ends are CR, LF and CRLF, mixed; a CRLF is never divided. A line longer than a block
/// comes in pieces of about a block.
class LineBlocks {
public:
    static constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

    struct Block {
        std::int64_t offset = 0;  ///< of its first byte, uncompressed
        std::string_view text;    ///< until the next call
    };

    /// Reads no further than the span and Source::bytes. Throws Error{Io} when the file cannot be opened.
    LineBlocks(const Source& source, TextSpan span, std::size_t block_bytes = kBlockBytes);

    /// The next block, never empty; false at the end. Throws Error{Io} or Error{Corrupt} when bytes are gone or damaged.
    bool next(Block& block);

private:
    void fill();
    std::size_t whole_lines() const;

    Source source_;
    TextSpan span_;                        ///< what was not read yet
    std::unique_ptr<ByteSource> through_;  ///< for gzip from its begin; else the places are read one by one
    std::size_t block_bytes_;
    std::string buffer_;
    std::size_t used_ = 0;  ///< bytes of the buffer handed out
    std::int64_t offset_;   ///< of the buffer
};

/// Where the line that holds the byte begins; looks back kLongestLine bytes at most and then says a place in the line.
inline constexpr std::int64_t kLongestLine = 64 * 1024;
std::int64_t line_begin(const Source& source, std::int64_t offset);
/// First byte behind the line that ends at or behind `offset`; looks as far ahead.
std::int64_t line_end(const Source& source, std::int64_t offset);

}  // namespace abm
