#include "core/ingest/journal_blocks.h"

#include <algorithm>

#include "core/ingest/journal_lexer.h"

namespace abm {
namespace {

constexpr std::string_view kMarker = "TRANSACTION START*";

// First byte of the last START line that is complete in `text` and does not begin it; npos when there is none.
std::size_t last_start_line(std::string_view text) {
    std::size_t search = text.size();
    while (search > 0) {
        const std::size_t marker = text.rfind(kMarker, search - 1);
        if (marker == std::string_view::npos) return std::string_view::npos;
        const std::size_t line_end = text.find_first_of("\r\n", marker);
        const std::size_t before = marker == 0 ? std::string_view::npos : text.find_last_of("\r\n", marker - 1);
        const std::size_t line_begin = before == std::string_view::npos ? 0 : before + 1;
        if (line_begin == 0) return std::string_view::npos;
        if (line_end != std::string_view::npos && is_start_line(text.substr(line_begin, line_end - line_begin)))
            return line_begin;
        search = line_begin;
    }
    return std::string_view::npos;
}

}  // namespace

void JournalBlocks::fill(std::size_t bytes) {
    const std::size_t had = buffer_.size();
    buffer_.resize(had + bytes);
    const std::size_t got = source_.read(std::span(buffer_.data() + had, bytes));
    buffer_.resize(had + got);
    identity_.update(std::span<const char>(buffer_.data() + had, got));
    ended_ = got < bytes;
}

std::size_t JournalBlocks::cut_place() {
    while (!ended_) {
        if (const std::size_t start = last_start_line(buffer_); start != std::string_view::npos) return start;
        if (buffer_.size() >= kMostBytes) {
            ++forced_cuts_;
            const std::size_t line_end = buffer_.find_last_of("\r\n");
            // Never between the CR and the LF of one line end.
            const bool whole = line_end != std::string::npos && line_end + 1 < buffer_.size();
            return whole ? line_end + 1 : buffer_.size();
        }
        fill(kBlockBytes);
    }
    return buffer_.size();
}

void JournalBlocks::go_on_at(const BlockPlace& place, const Progress& progress) {
    while (!ended_ && offset_ + static_cast<std::int64_t>(buffer_.size()) < place.bytes_read) {
        progress.checkpoint(-1.0, "reading");
        const std::int64_t left = place.bytes_read - offset_ - static_cast<std::int64_t>(buffer_.size());
        fill(static_cast<std::size_t>(std::min<std::int64_t>(left, kBlockBytes)));
        const auto before = std::min(place.offset - offset_, static_cast<std::int64_t>(buffer_.size()));
        buffer_.erase(0, static_cast<std::size_t>(before));
        offset_ += before;
    }
    forced_cuts_ = place.forced_cuts;
}

bool JournalBlocks::next(std::string& text, BlockPlace& place) {
    place = {offset_, offset_ + static_cast<std::int64_t>(buffer_.size()), forced_cuts_};
    if (buffer_.size() < kBlockBytes && !ended_) fill(kBlockBytes);
    const std::size_t cut = cut_place();
    if (cut == 0) return false;
    text.swap(buffer_);  // the memory of the last block becomes the buffer of the next
    buffer_.assign(text, cut);
    text.resize(cut);
    offset_ += static_cast<std::int64_t>(cut);
    return true;
}

}  // namespace abm
