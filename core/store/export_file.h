// A file of an export: complete under its name, or not there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace abm {

/// Bytes go to "NAME.part" beside it; close() makes them durable, commit() gives them the name. Without commit() the destructor
/// removes the part and an older file stays. All throw Error{Io}.
class ExportFile {
public:
    explicit ExportFile(std::filesystem::path name);
    ~ExportFile();
    ExportFile(const ExportFile&) = delete;
    ExportFile& operator=(const ExportFile&) = delete;

    void write(std::string_view text);
    void close();
    void commit();

    const std::filesystem::path& name() const { return name_; }
    std::int64_t bytes() const { return bytes_; }
    std::string xxh3_128() const;  ///< of all bytes written, 32 hex digits, as `xxhsum -H128` prints them

private:
    struct Hash;
    void pass_on();
    [[noreturn]] void fail(std::string_view what) const;

    std::filesystem::path name_, part_;
    std::unique_ptr<Hash> hash_;
    std::string buffer_;
    std::int64_t bytes_ = 0;
    int file_ = -1;
    bool committed_ = false;
};

/// Makes the names given in a folder durable, as far as its file system can.
void sync_folder(const std::filesystem::path& folder);

}  // namespace abm
