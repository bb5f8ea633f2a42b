#include "core/base/byte_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace abm {

bool looks_like_gzip(const FileHandle& file) {
    std::array<char, 2> magic{};
    return file.read_at(0, magic) == magic.size() && magic[0] == '\x1f' && magic[1] == '\x8b';
}

GzipReader::Fetch fetch_from(std::shared_ptr<const FileHandle> file) {
    return [file = std::move(file)](std::int64_t offset, std::span<char> into) -> std::size_t {
        const std::int64_t left = std::max<std::int64_t>(0, file->size() - offset);
        const auto most = static_cast<std::size_t>(std::min(left, static_cast<std::int64_t>(into.size())));
        return file->read_at(offset, into.first(most));
    };
}

std::unique_ptr<ByteSource> ByteSource::open(const std::filesystem::path& path) {
    return std::unique_ptr<ByteSource>(new ByteSource(FileHandle::open(path)));
}

ByteSource::ByteSource(std::shared_ptr<const FileHandle> file) : file_(std::move(file)) {
    file_->expect_sequential_reading();
    if (looks_like_gzip(*file_)) gzip_ = std::make_unique<GzipReader>(fetch_from(file_));
}

std::size_t ByteSource::read(std::span<char> into) {
    if (problem_ || into.empty()) return 0;
    return gzip_ ? read_gzip(into) : read_plain(into);
}

std::size_t ByteSource::read_plain(std::span<char> into) {
    const std::int64_t left = file_->size() - offset_;
    const auto wanted = static_cast<std::size_t>(std::min(left, static_cast<std::int64_t>(into.size())));
    std::size_t got = 0;
    try {
        got = file_->read_at(offset_, into.first(wanted));
    } catch (const Error& error) {
        report_device(error.what());
        return 0;
    }
    offset_ += static_cast<std::int64_t>(got);
    if (got < wanted) {
        report(ErrorCode::Io,
               fmt::format("the file became shorter while it was read: it had {} bytes and ends at byte {} now", file_->size(),
                           offset_),
               "open it again when nothing writes to it any more");
    }
    return got;
}

std::size_t ByteSource::read_gzip(std::span<char> into) {
    const std::size_t got = gzip_->read(into);
    offset_ += static_cast<std::int64_t>(got);
    if (const auto& damage = gzip_->damage()) {
        if (damage->io) {
            report_device(damage->message);
        } else if (file_->size_now() < file_->size()) {
            report(ErrorCode::Io, "the file became shorter while it was read",
                   "open it again when nothing writes to it any more");
        } else {
            report(ErrorCode::Corrupt, damage->message, "get the file once more from where it was made");
        }
    }
    return got;
}

void ByteSource::report(ErrorCode code, const std::string& what, const std::string& advice) {
    problem_ =
        ReadProblem{offset_, code, fmt::format("{}: {}. The first {} bytes were read; {}", file_->name(), what, offset_, advice)};
}

/// `message` comes from FileHandle: it names the file and says what to do.
void ByteSource::report_device(const std::string& message) {
    problem_ = ReadProblem{offset_, ErrorCode::Io, fmt::format("{}. The first {} bytes were read", message, offset_)};
}

double ByteSource::position_fraction() const {
    if (file_->size() <= 0) return 1.0;
    const std::int64_t at = gzip_ ? gzip_->in_offset() : offset_;
    return std::min(1.0, static_cast<double>(at) / static_cast<double>(file_->size()));
}

}  // namespace abm
