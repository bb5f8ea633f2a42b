#include "app/cli/output_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

#include "app/cli/interrupt.h"
#include "core/base/error.h"

namespace abm::cli {
namespace {

namespace fs = std::filesystem;

bool is_device_or_pipe(const fs::path& path) {
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

// Renaming onto a symbolic link would replace the link, not the file it names.
fs::path behind_links(const fs::path& path) {
    std::error_code error;
    fs::path target = fs::weakly_canonical(path, error);
    return error ? path : target;
}

}  // namespace

OutputFile::OutputFile(const fs::path& path) {
    if (path.empty() || path == "-") return;
    path_ = behind_links(path);
    std::error_code ignored;
    if (fs::is_directory(path_, ignored)) {
        throw Error(ErrorCode::Io, fmt::format("{}: is a folder; name a file to write to", path.string()));
    }
    if (!is_device_or_pipe(path_)) part_ = path_.string() + ".part";
    errno = 0;
    file_.open(part_.empty() ? path_ : part_, std::ios::binary | std::ios::trunc);
    if (!file_) {
        throw Error(ErrorCode::Io,
                    fmt::format("{}: cannot be written ({}); nothing was changed", path.string(), std::strerror(errno)));
    }
    Interrupt::remove_when_given_up(part_);
}

OutputFile::~OutputFile() {
    if (part_.empty()) return;
    file_.close();
    std::error_code ignored;
    fs::remove(part_, ignored);
    Interrupt::remove_when_given_up({});
}

std::ostream& OutputFile::stream() { return path_.empty() ? std::cout : file_; }

bool OutputFile::is_terminal() const { return path_.empty() && ::isatty(STDOUT_FILENO) == 1; }

void OutputFile::commit() {
    errno = 0;
    stream().flush();
    if (!stream()) fail();
    if (path_.empty()) return;
    file_.close();
    if (!file_) fail();
    if (part_.empty()) return;
    std::error_code error;
    fs::rename(part_, path_, error);
    if (error)
        throw Error(ErrorCode::Io,
                    fmt::format("{}: cannot be replaced ({}); the older file was kept", path_.string(), error.message()));
    part_.clear();
    Interrupt::remove_when_given_up({});
}

void OutputFile::fail() const {
    const std::string reason = errno != 0 ? std::strerror(errno) : "the device refused it";
    if (path_.empty()) throw Error(ErrorCode::Io, fmt::format("standard output: not everything could be written ({})", reason));
    throw Error(ErrorCode::Io,
                fmt::format("{}: not everything could be written ({}); an older file was kept", path_.string(), reason));
}

}  // namespace abm::cli
