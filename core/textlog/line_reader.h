// The lines of a source, one after another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/byte_source.h"
#include "core/ingest/line_splitter.h"

namespace abm {

/// LF, CRLF and CR end a line; a source that does not end with a line end has a last line all the same. Constant memory.
class LineReader {
public:
    static constexpr std::size_t kMostBytes = 1U << 20;  ///< of a line; a longer one comes in pieces, each as a line

    /// source outlives it.
    explicit LineReader(ByteSource& source);

    /// false at the end, or where the source breaks off: then source.problem() says why. line is valid until the next call.
    bool next(std::string_view& line);

private:
    bool refill();

    ByteSource& source_;
    std::vector<char> buffer_;
    std::size_t used_ = 0;   ///< bytes of the buffer that hold text
    std::size_t ready_ = 0;  ///< of these, whole lines
    bool ended_ = false;
    std::optional<LineSplitter> lines_;
};

}  // namespace abm
