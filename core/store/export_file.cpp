#include "core/store/export_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <system_error>

#include "core/base/error.h"

namespace abm {

namespace {
constexpr std::size_t kBufferBytes = 256 * 1024;
}

struct ExportFile::Hash {
    struct Free {
        void operator()(XXH3_state_t* used) const { XXH3_freeState(used); }
    };
    std::unique_ptr<XXH3_state_t, Free> state{XXH3_createState()};
    Hash() { XXH3_128bits_reset(state.get()); }
};

ExportFile::ExportFile(std::filesystem::path name) : name_(std::move(name)), part_(name_), hash_(std::make_unique<Hash>()) {
    part_ += ".part";
    file_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file_ < 0) fail("cannot be created");
}

ExportFile::~ExportFile() {
    if (file_ >= 0) ::close(file_);
    std::error_code ignored;
    if (!committed_) std::filesystem::remove(part_, ignored);
}

void ExportFile::write(std::string_view text) {
    XXH3_128bits_update(hash_->state.get(), text.data(), text.size());
    bytes_ += static_cast<std::int64_t>(text.size());
    buffer_ += text;
    if (buffer_.size() >= kBufferBytes) pass_on();
}

void ExportFile::pass_on() {
    for (std::string_view left = buffer_; !left.empty();) {
        const ssize_t written = ::write(file_, left.data(), left.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("cannot be written");
        left.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
}

void ExportFile::close() {
    pass_on();
    if (::fsync(file_) != 0) fail("cannot be written");
    const int closing = file_;
    file_ = -1;
    if (::close(closing) != 0) fail("cannot be written");  // some file systems tell of a full disk only now
}

void ExportFile::commit() {
    if (::rename(part_.c_str(), name_.c_str()) != 0) fail("cannot get its name");
    committed_ = true;
}

std::string ExportFile::xxh3_128() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(hash_->state.get());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

void ExportFile::fail(std::string_view what) const {
    throw Error(ErrorCode::Io,
                fmt::format("{}: {} ({}); an older export was kept. Choose a folder with free space that may be written.",
                            name_.string(), what, std::generic_category().message(errno)));
}

void sync_folder(const std::filesystem::path& folder) {
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) return;
    ::fsync(handle);  // not every file system can; the names are there, only not yet for good
    ::close(handle);
}

}  // namespace abm
