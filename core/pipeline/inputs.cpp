#include <fmt/format.h>

#include <algorithm>

#include "core/pipeline/investigate.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

// Sorted within each folder, so that the order does not depend on the file system. A folder below that cannot be listed becomes
// an input itself: reading it says why, and the others go on.
void add_folder(const fs::path& folder, std::vector<fs::path>& files) {
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        entries.push_back(*entry);
    if (error) {
        files.push_back(folder);
        return;
    }
    std::sort(entries.begin(), entries.end());
    for (const fs::directory_entry& entry : entries) {
        std::error_code ignored;
        if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
            add_folder(entry.path(), files);
        } else if (entry.is_regular_file(ignored)) {
            files.push_back(entry.path());
        }
    }
}

}  // namespace

std::vector<fs::path> expand_inputs(std::span<const fs::path> inputs) {
    std::vector<fs::path> files;
    for (const fs::path& input : inputs) {
        std::error_code error;
        const fs::file_status status = fs::status(input, error);
        if (input != "-" && fs::is_directory(status)) {
            add_folder(input, files);
            continue;
        }
        if (input != "-" && status.type() == fs::file_type::not_found) {
            throw Error(ErrorCode::Io, fmt::format("{}: no such file or folder", input.string()));
        }
        files.push_back(input);
    }
    return files;
}

}  // namespace abm
