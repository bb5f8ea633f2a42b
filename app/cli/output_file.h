// Where a verb writes its result: standard output, or a file that appears under its name only when it is complete.
#pragma once

#include <filesystem>
#include <fstream>
#include <ostream>

namespace abm::cli {

class OutputFile {
public:
    /// Empty or "-": standard output. Else writes to "PATH.part" beside the file; devices and pipes are written directly.
    /// Throws Error{Io} when it cannot be created.
    explicit OutputFile(const std::filesystem::path& path);
    /// Without commit() the part is removed and an older file keeps its content.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    std::ostream& stream();
    /// Whether a person reads along.
    bool is_terminal() const;

    /// Throws Error{Io} when not everything could be written, for instance on a full disk.
    void commit();

private:
    [[noreturn]] void fail() const;

    std::filesystem::path path_;  ///< empty: standard output
    std::filesystem::path part_;  ///< empty: written directly
    std::ofstream file_;
};

}  // namespace abm::cli
