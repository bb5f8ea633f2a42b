// A file that appears under its name only when it is complete.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

namespace abm {

/// Bytes go to "NAME.part" in blocks, however small the pieces they come in. Without commit() the destructor removes the part.
class PartFile {
public:
    /// Throws Error{Io} when it cannot be created.
    explicit PartFile(std::filesystem::path name);
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    /// Throws Error{Io}, for instance when the disk is full.
    void write(std::string_view bytes);
    std::int64_t bytes() const { return bytes_; }  ///< given to write() so far
    /// Ends writing; a delayed error of the disk shows here. Throws Error{Io}.
    void close();
    /// Gives the closed file its name, replacing an older one. Throws Error{Io}.
    void commit(const std::filesystem::path& final_name);

    const std::filesystem::path& part() const { return part_; }

private:
    void flush();
    [[noreturn]] void fail(std::string_view what) const;

    std::filesystem::path part_;
    std::FILE* file_ = nullptr;
    std::string block_;  ///< not written yet
    std::int64_t bytes_ = 0;
    bool committed_ = false;
};

}  // namespace abm
