// Sequential reading of one source: plain or gzip, a file, a pipe or standard input.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/base/error.h"
#include "core/base/file_handle.h"
#include "core/base/gzip_reader.h"

namespace abm {

/// Why a source ended before its end. All bytes before `offset` were delivered.
struct ReadProblem {
    std::int64_t offset = 0;  ///< uncompressed offset of the first byte that is missing
    ErrorCode code = ErrorCode::Io;
    std::string message;  ///< names the file, the place, what was kept and what to do
};

/// Not thread-safe: one reader, one pass. Damage never costs the bytes before it: they are delivered, then read() gives 0
/// and problem() says why.
class ByteSource {
public:
    /// gzip is recognised by its first two bytes, whatever the name. A file that grows while it is open is read up to the
    /// size it had at opening, so that every consumer sees one state of it; a file that shrinks ends early with a problem.
    /// Throws Error{Io} when it cannot be opened (see FileHandle::open), naming the file.
    static std::unique_ptr<ByteSource> open(const std::filesystem::path& path);

    /// Fills the buffer as far as possible; fewer bytes only at the end, 0 from then on. Never throws Error.
    std::size_t read(std::span<char> into);

    bool is_gzip() const { return gzip_ != nullptr; }
    /// Bytes on disk at opening (compressed bytes for gzip).
    std::int64_t size_hint() const { return file_->size(); }
    std::int64_t offset() const { return offset_; }  ///< uncompressed bytes delivered so far
    double position_fraction() const;                ///< 0..1 of the bytes on disk
    /// Known once read() has returned 0; empty when the source was read to its end.
    const std::optional<ReadProblem>& problem() const { return problem_; }

private:
    explicit ByteSource(std::shared_ptr<const FileHandle> file);
    std::size_t read_plain(std::span<char> into);
    std::size_t read_gzip(std::span<char> into);
    void report(ErrorCode code, const std::string& what, const std::string& advice);
    void report_device(const std::string& message);

    std::shared_ptr<const FileHandle> file_;
    std::unique_ptr<GzipReader> gzip_;  ///< null for plain files
    std::int64_t offset_ = 0;
    std::optional<ReadProblem> problem_;
};

/// Whether the first bytes of the file are those of gzip. Throws Error{Io}.
bool looks_like_gzip(const FileHandle& file);
/// Compressed bytes of the file up to the size it had at opening.
GzipReader::Fetch fetch_from(std::shared_ptr<const FileHandle> file);

}  // namespace abm
