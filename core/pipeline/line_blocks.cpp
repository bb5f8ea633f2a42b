#include "core/pipeline/line_blocks.h"

#include <algorithm>

#include "core/base/random_access_text.h"

namespace abm {
namespace {

TextSpan clipped(const Source& source, TextSpan span) {
    const std::int64_t begin = std::clamp<std::int64_t>(span.offset, 0, source.bytes);
    return {begin, std::clamp<std::int64_t>(span.end(), begin, source.bytes) - begin};
}

}  // namespace

LineBlocks::LineBlocks(const Source& source, TextSpan span, std::size_t block_bytes)
    : source_(source), span_(clipped(source, span)), block_bytes_(block_bytes), offset_(span_.offset) {
    // From a seek point each place is inflated twice; one pass from the begin does it once.
    if (source.gzip && span_.offset == 0) through_ = ByteSource::open(source.path);
}

void LineBlocks::fill() {
    buffer_.erase(0, used_);
    offset_ += static_cast<std::int64_t>(used_);
    used_ = 0;
    const auto wanted = std::min<std::int64_t>(span_.bytes, static_cast<std::int64_t>(block_bytes_));
    if (through_) {
        const std::size_t have = buffer_.size();
        buffer_.resize(have + static_cast<std::size_t>(wanted));
        const std::size_t got = through_->read(std::span(buffer_).subspan(have));
        buffer_.resize(have + got);
        if (static_cast<std::int64_t>(got) < wanted) {
            const auto& problem = through_->problem();
            throw Error(problem ? problem->code : ErrorCode::Io,
                        problem ? problem->message : source_.path.string() + ": the file became shorter; open it again");
        }
    } else {
        buffer_ += read_range(source_.path, {span_.offset, wanted});
    }
    span_ = {span_.offset + wanted, span_.bytes - wanted};
}

// Bytes of the buffer up to its last complete line end; a CR at the very end may be half of one.
std::size_t LineBlocks::whole_lines() const {
    const std::string_view text = buffer_;
    if (span_.bytes == 0) return text.size();
    const std::size_t surely = text.ends_with('\r') ? text.size() - 1 : text.size();
    const std::size_t mark = text.substr(0, surely).find_last_of("\r\n");
    if (mark != std::string_view::npos) return mark + 1;
    return text.size() >= block_bytes_ ? surely : 0;
}

bool LineBlocks::next(Block& block) {
    do {
        if (span_.bytes > 0) {
            fill();
        } else {
            buffer_.erase(0, used_);
            offset_ += static_cast<std::int64_t>(used_);
            used_ = 0;
        }
        used_ = whole_lines();
    } while (used_ == 0 && span_.bytes > 0);
    block = {offset_, std::string_view(buffer_).substr(0, used_)};
    return used_ > 0;
}

std::int64_t line_begin(const Source& source, std::int64_t offset) {
    offset = std::clamp<std::int64_t>(offset, 0, source.bytes);
    const std::int64_t from = std::max<std::int64_t>(offset - kLongestLine, 0);
    const std::string text = read_range(source.path, {from, std::min(offset + 1, source.bytes) - from});
    auto at = static_cast<std::size_t>(offset - from);
    if (at > 0 && at < text.size() && text[at] == '\n' && text[at - 1] == '\r') --at;  // inside a CRLF: still its line
    while (at > 0 && text[at - 1] != '\r' && text[at - 1] != '\n') --at;
    // No line end in sight: places every kLongestLine bytes, so that it is cut alike from wherever one comes.
    return at > 0 || from == 0 ? from + static_cast<std::int64_t>(at) : offset / kLongestLine * kLongestLine;
}

std::int64_t line_end(const Source& source, std::int64_t offset) {
    offset = std::clamp<std::int64_t>(offset, 0, source.bytes);
    const std::string text = read_range(source.path, {offset, std::min(kLongestLine, source.bytes - offset)});
    const std::size_t mark = text.find_first_of("\r\n");
    if (mark == std::string::npos) return offset + static_cast<std::int64_t>(text.size());
    const bool both = text[mark] == '\r' && mark + 1 < text.size() && text[mark + 1] == '\n';
    return offset + static_cast<std::int64_t>(mark) + (both ? 2 : 1);
}

}  // namespace abm
