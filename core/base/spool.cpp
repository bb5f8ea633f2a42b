#include "core/base/spool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "core/base/error.h"

namespace abm {
namespace {

std::string temporary_folder() {
    const char* folder = std::getenv("TMPDIR");
    return folder != nullptr && *folder != '\0' ? folder : "/tmp";
}

[[noreturn]] void fail(const std::string& name, const char* what, int cause) {
    throw Error(ErrorCode::Io,
                fmt::format("{}: {} in {}: {}. Nothing was kept; set TMPDIR to a folder with room, or save the data "
                            "to a file and open that",
                            name, what, temporary_folder(), std::strerror(cause)));
}

int open_nameless_file(const std::string& name) {
    std::string pattern = temporary_folder() + "/abm-spool-XXXXXX";
    const int descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
    if (descriptor < 0) fail(name, "no temporary file can be made", errno);
    ::unlink(pattern.c_str());  // the data of a bank must not stay behind when the program ends in any way
    return descriptor;
}

bool write_all(int descriptor, const char* data, std::size_t bytes) {
    while (bytes > 0) {
        const ssize_t done = ::write(descriptor, data, bytes);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return false;
        data += done;
        bytes -= static_cast<std::size_t>(done);
    }
    return true;
}

}  // namespace

int spool_to_temporary(int descriptor, const std::string& name) {
    const int copy = open_nameless_file(name);
    std::vector<char> block(256 * 1024);
    while (true) {
        const ssize_t got = ::read(descriptor, block.data(), block.size());
        if (got == 0) return copy;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 || !write_all(copy, block.data(), static_cast<std::size_t>(got))) {
            const int cause = errno;
            ::close(copy);
            fail(name,
                 got < 0 ? "reading failed while it was copied to a temporary file" : "the temporary copy cannot be written",
                 cause);
        }
    }
}

}  // namespace abm
