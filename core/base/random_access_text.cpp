#include "core/base/random_access_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <vector>

#include "core/base/byte_source.h"

namespace abm {
namespace {

constexpr std::size_t kScratchBytes = 256 * 1024;
constexpr std::size_t kFilesKeptOpen = 8;

std::size_t at_most(std::int64_t wanted, std::size_t most) {
    return static_cast<std::size_t>(std::min<std::int64_t>(wanted, static_cast<std::int64_t>(most)));
}

/// Inflates and drops bytes until the reader stands at `offset`; false when the data end before.
bool skip_to(GzipReader& reader, std::int64_t offset) {
    std::vector<char> scratch(at_most(std::max<std::int64_t>(0, offset - reader.out_offset()), kScratchBytes));
    while (reader.out_offset() < offset) {
        if (reader.read(std::span(scratch).first(at_most(offset - reader.out_offset(), scratch.size()))) == 0) return false;
    }
    return true;
}

}  // namespace

std::shared_ptr<RandomAccessText> RandomAccessText::open(const std::filesystem::path& path) {
    const Stamp stamp = stamp_of(path);  // before opening: a change in between then counts as outdated
    return std::shared_ptr<RandomAccessText>(new RandomAccessText(FileHandle::open(path), stamp));
}

RandomAccessText::RandomAccessText(std::shared_ptr<const FileHandle> file, Stamp stamp)
    : file_(std::move(file)), stamp_(stamp), gzip_(looks_like_gzip(*file_)) {
    if (gzip_) indexer_ = std::make_unique<GzipReader>(fetch_from(file_), &index_);
}

RandomAccessText::Stamp RandomAccessText::stamp_of(const std::filesystem::path& path) {
    std::error_code ignored;  // pipes and vanished files have no stamp; opening reports what is wrong with them
    Stamp stamp;
    if (!std::filesystem::is_regular_file(path, ignored)) return stamp;
    stamp.size = std::filesystem::file_size(path, ignored);
    stamp.changed = std::filesystem::last_write_time(path, ignored);
    return stamp;
}

bool RandomAccessText::outdated(const std::filesystem::path& path) const { return !(stamp_of(path) == stamp_); }

std::string RandomAccessText::read(TextSpan span) {
    if (span.offset < 0 || span.bytes < 0 || span.bytes > INT64_MAX - span.offset) {
        throw Error(ErrorCode::Invalid, fmt::format("{}: no such span: {} bytes at {}", file_->name(), span.bytes, span.offset));
    }
    if (span.bytes == 0) return {};
    return gzip_ ? read_gzip(span) : read_plain(span);
}

std::string RandomAccessText::read_plain(TextSpan span) const {
    const std::int64_t size = file_->size_now();
    std::string text;
    if (span.end() <= size) {  // checked first: a wrong span must not allocate what no file holds
        text.resize(static_cast<std::size_t>(span.bytes));
        if (file_->read_at(span.offset, text) == text.size()) return text;
    }
    throw Error(ErrorCode::Io, fmt::format("{}: the file became shorter: bytes {} to {} are gone, it has {} now; open it again",
                                           file_->name(), span.offset, span.end(), size));
}

std::string RandomAccessText::read_gzip(TextSpan span) {
    const auto reader = reader_before(span.offset);
    std::string text;
    if (!skip_to(*reader, span.offset)) fail_behind(span, *reader);
    while (static_cast<std::int64_t>(text.size()) < span.bytes) {
        const std::size_t have = text.size();
        text.resize(have + at_most(span.bytes - static_cast<std::int64_t>(have), kScratchBytes));
        if (reader->read(std::span(text).subspan(have)) < text.size() - have) fail_behind(span, *reader);
    }
    return text;
}

/// A reader at or before an inflated offset, after extending the index up to it.
std::unique_ptr<GzipReader> RandomAccessText::reader_before(std::int64_t offset) {
    std::shared_ptr<const GzipPoint> point;
    {
        const std::lock_guard lock(mutex_);
        if (!indexer_->ended()) skip_to(*indexer_, offset);
        point = index_.before(offset);
    }
    return point ? std::make_unique<GzipReader>(fetch_from(file_), *point) : std::make_unique<GzipReader>(fetch_from(file_));
}

void RandomAccessText::fail_behind(TextSpan span, const GzipReader& reader) const {
    const auto& damage = reader.damage();
    if (damage && !damage->io && file_->size_now() >= file_->size()) {
        throw Error(ErrorCode::Corrupt,
                    fmt::format("{}: {}; bytes {} to {} cannot be shown. Get the file once more from where it "
                                "was made",
                                file_->name(), damage->message, span.offset, span.end()));
    }
    throw Error(ErrorCode::Io, fmt::format("{}: the file became shorter: bytes {} to {} are gone; open it again", file_->name(),
                                           span.offset, span.end()));
}

namespace {

struct OpenFile {
    std::filesystem::path path;
    std::shared_ptr<RandomAccessText> text;
};

/// The open file of a path, most recently used first; a changed file is opened anew.
std::shared_ptr<RandomAccessText> open_cached(const std::filesystem::path& path) {
    static std::mutex mutex;
    static std::list<OpenFile> files;
    const std::lock_guard lock(mutex);
    const auto known = std::find_if(files.begin(), files.end(), [&](const OpenFile& file) { return file.path == path; });
    if (known != files.end() && !known->text->outdated(path)) {
        files.splice(files.begin(), files, known);
        return files.front().text;
    }
    if (known != files.end()) files.erase(known);
    files.push_front({path, RandomAccessText::open(path)});
    if (files.size() > kFilesKeptOpen) files.pop_back();
    return files.front().text;
}

}  // namespace

std::string read_range(const std::filesystem::path& path, TextSpan span) { return open_cached(path)->read(span); }

}  // namespace abm
