#include "core/textlog/line_reader.h"

#include <cstring>

namespace abm {

LineReader::LineReader(ByteSource& source, SourceIdentity* identity)
    : source_(source), identity_(identity), buffer_(kMostBytes) {}

std::string_view LineReader::head() {
    if (!lines_) refill();
    return {buffer_.data(), used_};
}

bool LineReader::next(std::string_view& line) {
    LineSplitter::Line found{};
    while (!lines_ || !lines_->next(found)) {
        if (!refill()) return false;
    }
    line = {found.begin, static_cast<std::size_t>(found.end - found.begin)};
    line_end_ = {found.end, static_cast<std::size_t>(found.next - found.end)};
    span_ = {offset_ + (found.begin - buffer_.data()), found.end - found.begin};
    return true;
}

// A CR at the end of what is known may be the first half of CRLF: it waits for the next bytes.
bool LineReader::refill() {
    lines_.reset();
    std::memmove(buffer_.data(), buffer_.data() + ready_, used_ - ready_);
    used_ -= ready_;
    offset_ += static_cast<std::int64_t>(ready_);
    ready_ = 0;
    if (!ended_) {
        const std::size_t read = source_.read({buffer_.data() + used_, buffer_.size() - used_});
        if (identity_ != nullptr) identity_->update({buffer_.data() + used_, read});
        ended_ = read == 0;
        used_ += read;
    }
    const std::string_view text(buffer_.data(), used_);
    const std::size_t search = !ended_ && !text.empty() && text.back() == '\r' ? text.size() - 1 : text.size();
    const std::size_t end = text.substr(0, search).find_last_of("\r\n");
    ready_ = ended_ || (end == std::string_view::npos && used_ == buffer_.size()) ? used_
             : end == std::string_view::npos                                      ? 0
                                                                                  : end + 1;
    if (ended_ && used_ == 0) return false;
    lines_.emplace(text.substr(0, ready_));
    return true;
}

}  // namespace abm
