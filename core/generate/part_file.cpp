#include "core/generate/part_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include "core/base/error.h"

namespace abm {
namespace {

constexpr std::size_t kBlock = 256 * 1024;

}  // namespace

PartFile::PartFile(std::filesystem::path name) : part_(std::move(name)) {
    part_ += ".part";
    file_ = std::fopen(part_.string().c_str(), "wb");
    if (file_ == nullptr) fail("cannot create");
    std::setvbuf(file_, nullptr, _IONBF, 0);
}

PartFile::~PartFile() {
    if (file_ != nullptr) std::fclose(file_);
    std::error_code ignored;
    if (!committed_) std::filesystem::remove(part_, ignored);
}

void PartFile::write(std::string_view bytes) {
    block_ += bytes;
    bytes_ += static_cast<std::int64_t>(bytes.size());
    if (block_.size() >= kBlock) flush();
}

void PartFile::flush() {
    if (std::fwrite(block_.data(), 1, block_.size(), file_) != block_.size()) fail("cannot write to");
    block_.clear();
}

void PartFile::close() {
    flush();
    std::FILE* const closing = file_;
    file_ = nullptr;
    if (std::fclose(closing) != 0) fail("cannot finish");
}

void PartFile::commit(const std::filesystem::path& final_name) {
    std::error_code error;
    std::filesystem::rename(part_, final_name, error);
    if (error)
        throw Error(ErrorCode::Io,
                    fmt::format("cannot rename {} to {}: {}", part_.string(), final_name.string(), error.message()));
    committed_ = true;
}

void PartFile::fail(std::string_view what) const {
    const std::string reason = std::generic_category().message(errno);
    throw Error(ErrorCode::Io,
                fmt::format("{} {}: {}; nothing of this run is kept. Choose a folder with free space that may be written.", what,
                            part_.string(), reason));
}

}  // namespace abm
