#include "core/base/file_handle.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <utility>

#include "core/base/error.h"
#include "core/base/spool.h"

namespace abm {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;

[[noreturn]] void fail(const std::string& name, const std::string& what) { throw Error(ErrorCode::Io, name + ": " + what); }

/// Owns a descriptor until it is released.
class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ > STDIN_FILENO) ::close(value_);  // standard input stays open
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }
    int release() { return std::exchange(value_, -1); }

private:
    int value_;
};

/// A descriptor of the copy of a pipe; the first call makes the copy. The copies live as long as the program.
int open_spooled(const std::string& key, int pipe, const std::string& name) {
    static std::mutex mutex;
    static std::map<std::string, int> copies;
    const std::lock_guard lock(mutex);
    auto known = copies.find(key);
    if (known == copies.end()) known = copies.emplace(key, spool_to_temporary(pipe, name)).first;
    const int descriptor = ::fcntl(known->second, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (descriptor < 0) fail(name, fmt::format("cannot be opened again: {}", std::strerror(errno)));
    return descriptor;
}

std::int64_t size_of(int descriptor) {
    struct stat about {};
    return ::fstat(descriptor, &about) == 0 ? static_cast<std::int64_t>(about.st_size) : -1;
}

/// The descriptor of something that can be read at any position.
int open_seekable(const std::string& path, const std::string& name) {
    const bool standard_input = path == "-";
    Descriptor file(standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) fail(name, fmt::format("cannot be opened: {}. Check the path and the permissions", std::strerror(errno)));
    struct stat about {};
    if (::fstat(file.get(), &about) != 0) fail(name, fmt::format("cannot be examined: {}", std::strerror(errno)));
    if (S_ISDIR(about.st_mode)) fail(name, "is a folder, not a file. Open the files in it");
    if (standard_input || S_ISFIFO(about.st_mode) || S_ISSOCK(about.st_mode)) return open_spooled(path, file.get(), name);
    if (!S_ISREG(about.st_mode)) fail(name, "is a device, not a file. Save its data to a file and open that");
    return file.release();
}

}  // namespace

std::shared_ptr<const FileHandle> FileHandle::open(const std::filesystem::path& path) {
    std::string name = path == "-" ? "standard input" : path.string();
    const int descriptor = open_seekable(path.string(), name);
    return std::shared_ptr<const FileHandle>(new FileHandle(descriptor, std::move(name), size_of(descriptor)));
}

FileHandle::FileHandle(int descriptor, std::string name, std::int64_t size)
    : descriptor_(descriptor), name_(std::move(name)), size_(size) {}

FileHandle::~FileHandle() { ::close(descriptor_); }

std::int64_t FileHandle::size_now() const { return size_of(descriptor_); }

void FileHandle::expect_sequential_reading() const { ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL); }

std::size_t FileHandle::read_at(std::int64_t offset, std::span<char> into) const {
    std::size_t filled = 0;
    while (filled < into.size()) {
        const auto at = static_cast<off_t>(offset) + static_cast<off_t>(filled);
        const ssize_t got = ::pread(descriptor_, into.data() + filled, std::min(into.size() - filled, kBlock), at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            fail(name_, fmt::format("reading failed at byte {}: {}. Check the disk or the network drive and open the file again",
                                    at, std::strerror(errno)));
        }
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    return filled;
}

}  // namespace abm
