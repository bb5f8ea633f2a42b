// A file opened for reading at any position. Never mapped: a journal truncated while mapped would be a SIGBUS.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace abm {

/// Immutable and thread-safe after opening. Keeps the file it opened, also when another takes over its name.
class FileHandle {
public:
    /// Opens a regular file. "-" (standard input) and pipes are first copied to a temporary file that has no name
    /// (in $TMPDIR, else /tmp); the copy is kept until the program ends and opening the same name again reads it again,
    /// because a pipe gives its bytes only once.
    /// Throws Error{Io} when it does not exist, is a folder or a device, cannot be read or cannot be copied.
    static std::shared_ptr<const FileHandle> open(const std::filesystem::path& path);

    ~FileHandle();
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;

    const std::string& name() const { return name_; }  ///< as given; "standard input" for "-"
    std::int64_t size() const { return size_; }        ///< bytes, seen at opening
    std::int64_t size_now() const;                     ///< bytes at this moment, -1 when that cannot be told

    /// Tells the system that the file will be read from front to back.
    void expect_sequential_reading() const;

    /// Fills the buffer from `offset`; fewer bytes come back only at the end of the file as it is now.
    /// Throws Error{Io} when the device fails.
    std::size_t read_at(std::int64_t offset, std::span<char> into) const;

private:
    FileHandle(int descriptor, std::string name, std::int64_t size);

    int descriptor_;
    std::string name_;
    std::int64_t size_;
};

}  // namespace abm
