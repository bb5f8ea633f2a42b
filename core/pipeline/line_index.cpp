#include "core/pipeline/line_index.h"

#include <algorithm>

#include "core/ingest/line_splitter.h"
#include "core/pipeline/line_blocks.h"

namespace abm {

LineIndex::LineIndex(Source source) : source_(std::move(source)) {}

void LineIndex::build(const Progress& progress) {
    LineBlocks blocks(source_, {0, source_.bytes});
    LineBlocks::Block block;
    Place next;
    std::int64_t last_place = 0;
    std::vector<Place> found;
    bool open = false;  // the last line has no end yet
    while (blocks.next(block)) {
        progress.checkpoint(static_cast<double>(block.offset) / static_cast<double>(std::max<std::int64_t>(source_.bytes, 1)),
                            "counting lines");
        found.clear();
        LineSplitter splitter(block.text);
        for (LineSplitter::Line line{}; splitter.next(line);) {
            open = line.next == line.end;
            if (open) break;
            next = {block.offset + (line.next - block.text.data()), next.line + 1};
            if (next.offset - last_place < kSpacing) continue;
            last_place = next.offset;
            found.push_back(next);
        }
        const std::lock_guard lock(mutex_);
        places_.insert(places_.end(), found.begin(), found.end());
        counted_ = block.offset + static_cast<std::int64_t>(block.text.size());
    }
    const std::lock_guard lock(mutex_);
    lines_ = next.line - (open ? 0 : 1);
    complete_ = true;
}

bool LineIndex::complete() const {
    const std::lock_guard lock(mutex_);
    return complete_;
}

std::int64_t LineIndex::counted_bytes() const {
    const std::lock_guard lock(mutex_);
    return counted_;
}

std::optional<std::int64_t> LineIndex::lines() const {
    const std::lock_guard lock(mutex_);
    return complete_ ? std::optional(lines_) : std::nullopt;
}

std::optional<std::int64_t> LineIndex::line_of(std::int64_t offset) const {
    Place place;
    {
        const std::lock_guard lock(mutex_);
        if (offset < 0 || offset >= counted_) return std::nullopt;
        place = *std::prev(std::upper_bound(places_.begin(), places_.end(), offset,
                                            [](std::int64_t at, const Place& each) { return at < each.offset; }));
    }
    LineBlocks blocks(source_, {place.offset, offset + 2 - place.offset});  // with the LF of its CRLF
    LineBlocks::Block block;
    while (blocks.next(block)) {
        LineSplitter splitter(block.text);
        for (LineSplitter::Line line{}; splitter.next(line);) {
            const std::int64_t next = block.offset + (line.next - block.text.data());
            if (offset < next || line.next == line.end) break;
            ++place.line;
        }
    }
    return place.line;
}

std::optional<std::int64_t> LineIndex::offset_of(std::int64_t line) const {
    Place place;
    std::int64_t end = 0;
    {
        const std::lock_guard lock(mutex_);
        if (line < 1 || (complete_ && line > lines_)) return std::nullopt;
        const auto behind = std::upper_bound(places_.begin(), places_.end(), line,
                                             [](std::int64_t at, const Place& each) { return at < each.line; });
        place = *std::prev(behind);
        end = behind == places_.end() ? counted_ : behind->offset;
    }
    if (place.line == line) return place.offset;
    LineBlocks blocks(source_, {place.offset, end - place.offset});
    LineBlocks::Block block;
    while (blocks.next(block)) {
        LineSplitter splitter(block.text);
        for (LineSplitter::Line each{}; splitter.next(each) && each.next != each.end;) {
            if (++place.line == line) return block.offset + (each.next - block.text.data());
        }
    }
    return std::nullopt;
}

}  // namespace abm
