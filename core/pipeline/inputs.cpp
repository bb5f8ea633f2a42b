#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/pipeline/investigate.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

/// A workspace among the journals it was made of, its log or a copy of it: nobody means that as an input.
bool is_workspace_file(const fs::path& file) { return file.filename().string().find(".abmw") != std::string::npos; }

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
        } else if (entry.is_regular_file(ignored) && !is_workspace_file(entry.path())) {
            files.push_back(entry.path());
        }
    }
}

/// Labels, truth and lists of incidents lie beside the journals they are about.
bool is_named_table(const fs::path& file) {
    const fs::path plain = file.extension() == ".gz" ? file.stem() : file;
    const std::string ending = plain.extension().string();
    return ending == ".csv" || ending == ".tsv" || ending == ".jsonl";
}

/// Tables are what a folder is about only when there is nothing else in it.
void drop_companions(std::vector<fs::path>& files, std::vector<fs::path>* left_out) {
    if (std::ranges::all_of(files, is_named_table)) return;
    const auto tables =
        std::stable_partition(files.begin(), files.end(), [](const fs::path& file) { return !is_named_table(file); });
    if (left_out) left_out->insert(left_out->end(), tables, files.end());
    files.erase(tables, files.end());
}

}  // namespace

void drop_repeated(std::vector<fs::path>& files) {
    std::set<fs::path> seen;
    std::erase_if(files, [&](const fs::path& file) {
        std::error_code unresolved;
        const fs::path place = file == "-" ? file : fs::weakly_canonical(file, unresolved);
        return !seen.insert(unresolved ? file : place).second;
    });
}

std::vector<fs::path> expand_inputs(std::span<const fs::path> inputs, std::vector<fs::path>* left_out) {
    std::vector<fs::path> files;
    for (const fs::path& input : inputs) {
        std::error_code error;
        const fs::file_status status = fs::status(input, error);
        if (input != "-" && fs::is_directory(status)) {
            std::vector<fs::path> found;
            add_folder(input, found);
            drop_companions(found, left_out);
            files.insert(files.end(), found.begin(), found.end());
            continue;
        }
        if (input != "-" && status.type() == fs::file_type::not_found) {
            throw Error(ErrorCode::Io, fmt::format("{}: no such file or folder", input.string()));
        }
        files.push_back(input);
    }
    drop_repeated(files);
    return files;
}

}  // namespace abm
