// The lines of a source, one after another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/byte_source.h"
#include "core/base/ids.h"
#include "core/base/source_identity.h"
#include "core/ingest/line_splitter.h"

namespace abm {

/// LF, CRLF and CR end a line; a source that does not end with a line end has a last line all the same. Constant memory.
class LineReader {
public:
    static constexpr std::size_t kMostBytes = 1U << 20;  ///< of a line; a longer one comes in pieces, each as a line

    /// source outlives it; so does identity, which, when given, is fed with every byte.
    explicit LineReader(ByteSource& source, SourceIdentity* identity = nullptr);

    /// The first bytes of the source, up to kMostBytes, for those who look before they read; before the first next() only.
    std::string_view head();
    /// false at the end, or where the source breaks off: then source.problem() says why. line is valid until the next call.
    bool next(std::string_view& line);
    /// Of the line next() gave last: its bytes in the source without the line end, and how it ended ("", "\r", "\n", "\r\n").
    TextSpan span() const { return span_; }
    std::string_view line_end() const { return line_end_; }

private:
    bool refill();

    ByteSource& source_;
    SourceIdentity* identity_;
    std::vector<char> buffer_;
    std::size_t used_ = 0;     ///< bytes of the buffer that hold text
    std::size_t ready_ = 0;    ///< of these, whole lines
    std::int64_t offset_ = 0;  ///< of the first byte of the buffer
    TextSpan span_;
    std::string_view line_end_;
    bool ended_ = false;
    std::optional<LineSplitter> lines_;
};

}  // namespace abm
