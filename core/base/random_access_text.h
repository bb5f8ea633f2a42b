// A few kilobytes from anywhere in a source, as the log view needs them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/file_handle.h"
#include "core/base/gzip_reader.h"
#include "core/base/ids.h"

namespace abm {

/// Thread-safe. Plain files are read in place. For gzip a seek index is built as far as the farthest place asked for:
/// the first look at the end of a file inflates all of it once, later ones at most a few MiB.
class RandomAccessText {
public:
    /// Throws Error{Io} when the file cannot be opened.
    static std::shared_ptr<RandomAccessText> open(const std::filesystem::path& path);

    /// Exactly span.bytes bytes from span.offset (uncompressed). Throws Error{Io} when the bytes are no longer there
    /// (names the file and what to do), Error{Corrupt} when the compressed data are damaged before the end of the span,
    /// Error{Invalid} for a negative span.
    std::string read(TextSpan span);

    bool is_gzip() const { return gzip_; }
    /// Whether the path names another file or another state of it (size, time of change) than the one opened.
    bool outdated(const std::filesystem::path& path) const;

private:
    struct Stamp {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type changed{};
        bool operator==(const Stamp&) const = default;
    };
    explicit RandomAccessText(std::shared_ptr<const FileHandle> file, Stamp stamp);
    static Stamp stamp_of(const std::filesystem::path& path);
    std::string read_plain(TextSpan span) const;
    std::string read_gzip(TextSpan span);
    std::unique_ptr<GzipReader> reader_before(std::int64_t offset);
    [[noreturn]] void fail_behind(TextSpan span, const GzipReader& reader) const;

    std::shared_ptr<const FileHandle> file_;
    Stamp stamp_;
    bool gzip_ = false;
    std::mutex mutex_;  ///< guards what is below
    GzipIndex index_;
    std::unique_ptr<GzipReader> indexer_;  ///< stands where the index ends
};

/// RandomAccessText::read on the file as it is now. The last few files stay open with their index, so that paging through a
/// gzip file is quick. Thread-safe. Throws what open and read throw.
std::string read_range(const std::filesystem::path& path, TextSpan span);

}  // namespace abm
