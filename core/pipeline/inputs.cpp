#include <fmt/format.h>

#include <algorithm>

#include "core/pipeline/investigate.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

void add_folder(const fs::path& folder, std::vector<fs::path>& files) {
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    std::vector<fs::path> found;
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored)) found.push_back(entry->path());
    }
    if (error) {
        throw Error(ErrorCode::Io, fmt::format("{}: the folder cannot be listed ({}); check that you may read it", folder.string(), error.message()));
    }
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
}

}  // namespace

std::vector<fs::path> expand_inputs(std::span<const fs::path> inputs) {
    std::vector<fs::path> files;
    for (const fs::path& input : inputs) {
        std::error_code error;
        const fs::file_status status = fs::status(input, error);
        if (input == "-") {
            files.push_back(input);
        } else if (fs::is_directory(status)) {
            add_folder(input, files);
        } else if (status.type() == fs::file_type::not_found) {
            throw Error(ErrorCode::Io, fmt::format("{}: no such file or folder", input.string()));
        } else {
            files.push_back(input);
        }
    }
    return files;
}

}  // namespace abm
