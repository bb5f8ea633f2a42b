#include "core/textlog/profile_library.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/base/user_folder.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestProfileName = 60;
constexpr std::string_view kEnding = ".json";

bool is_plain_name(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return !name.empty() && name.size() <= kLongestProfileName && std::ranges::all_of(name, plain);
}

bool is_shipped(std::string_view name) {
    return std::ranges::any_of(shipped_log_profiles(), [&](const LogProfile& p) { return p.name == name; });
}

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw Error(ErrorCode::Io, fmt::format("{}: the profile cannot be opened; check that you may read it", file.string()));
    return {std::istreambuf_iterator<char>(in), {}};
}

ListedProfile listed(const fs::path& file) {
    ListedProfile profile{file.stem().string(), {}, file, {}, {}};
    try {
        profile.text = content_of(file);
        const LogProfile read = parse_log_profile(profile.text, file.filename().string());
        profile.title = read.title;
        if (read.name != profile.name)
            profile.problem =
                fmt::format("{}: it calls itself \"{}\"; name the file after it", file.filename().string(), read.name);
    } catch (const Error& error) {
        profile.problem = error.what();
    }
    return profile;
}

[[noreturn]] void not_written(const fs::path& file) {
    throw Error(ErrorCode::Io, fmt::format("{}: the profile could not be written; nothing was changed. Make room there, or see "
                                           "that you may write",
                                           file.string()));
}

void write_whole(const fs::path& file, std::string_view text) {
    std::error_code failed;
    fs::create_directories(file.parent_path(), failed);
    const fs::path part = file.parent_path() / fmt::format(".{}.{}.part", file.filename().string(), ::getpid());
    {
        std::ofstream out(part, std::ios::binary | std::ios::trunc);
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
        out.close();
        if (!out) {
            fs::remove(part, failed);
            not_written(file);
        }
    }
    fs::rename(part, file, failed);
    if (!failed) return;
    std::error_code ignored;
    fs::remove(part, ignored);
    not_written(file);
}

// Where the value of the name of the profile stands: the first member "name" that is no event's.
std::pair<std::size_t, std::size_t> name_place(std::string_view text) {
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.substr(at, 2) == "//") {
            at = std::min(text.find('\n', at), text.size());
        } else if (text.substr(at, 2) == "/*") {
            at = std::min(text.find("*/", at), text.size() - 1) + 1;
        } else if (text[at] == '{' || text[at] == '[') {
            ++depth;
        } else if (text[at] == '}' || text[at] == ']') {
            --depth;
        } else if (text[at] == '"') {
            std::size_t end = at + 1;
            while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
            const bool key = depth == 1 && text.substr(at, end + 1 - at) == "\"name\"";
            at = end;
            if (!key) continue;
            const std::size_t value = text.find('"', end + 1);
            if (value == std::string_view::npos) break;
            return {value + 1, text.find('"', value + 1)};
        }
    }
    return {0, 0};
}

}  // namespace

fs::path log_profile_folder() { return user_data_folder() / "profiles"; }

std::vector<ListedProfile> list_log_profiles(const fs::path& folder) {
    std::vector<ListedProfile> profiles;
    for (const LogProfile& shipped : shipped_log_profiles())
        profiles.push_back({shipped.name, shipped.title, {}, shipped.text, {}});
    std::vector<fs::path> files;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
        if (entry->path().extension() == kEnding && !entry->path().filename().string().starts_with('.'))
            files.push_back(entry->path());
    }
    std::ranges::sort(files);
    for (const fs::path& file : files) profiles.push_back(listed(file));
    return profiles;
}

LogProfile find_log_profile(std::string_view name_or_file, const fs::path& folder) {
    if (is_shipped(name_or_file)) return shipped_log_profile(name_or_file);
    std::error_code ignored;
    if (is_plain_name(name_or_file)) {
        const fs::path kept = folder / fmt::format("{}{}", name_or_file, kEnding);
        if (fs::is_regular_file(kept, ignored)) return read_log_profile(kept);
    }
    if (fs::is_regular_file(fs::path(name_or_file), ignored)) return read_log_profile(fs::path(name_or_file));
    std::vector<std::string> names;
    for (const ListedProfile& profile : list_log_profiles(folder)) names.push_back(profile.name);
    const std::vector<std::string_view> views(names.begin(), names.end());
    throw Error(ErrorCode::Invalid,
                fmt::format("no profile and no file is called \"{}\"{}", name_or_file, hint_for(name_or_file, views)));
}

std::string renamed_profile(std::string_view text, std::string_view name) {
    const auto [begin, end] = name_place(text);
    if (end <= begin || end == std::string_view::npos) return std::string(text);
    return fmt::format("{}{}{}", text.substr(0, begin), name, text.substr(end));
}

std::string free_profile_name(std::string_view like, const std::vector<ListedProfile>& taken) {
    for (int number = 2;; ++number) {
        std::string name = fmt::format("{}-{}", like, number);
        if (std::ranges::none_of(taken, [&](const ListedProfile& profile) { return profile.name == name; })) return name;
    }
}

LogProfile keep_log_profile(std::string_view text, const fs::path& folder) {
    LogProfile profile = parse_log_profile(text, "profile");
    if (!is_plain_name(profile.name))
        throw Error(ErrorCode::Invalid,
                    fmt::format("the name \"{}\" cannot be that of a file; use letters, digits, - and _", profile.name));
    if (is_shipped(profile.name))
        throw Error(ErrorCode::Invalid, fmt::format("\"{}\" is a profile of the program; give yours another name", profile.name));
    write_whole(folder / fmt::format("{}{}", profile.name, kEnding), text);
    return profile;
}

void remove_log_profile(const ListedProfile& profile) {
    std::error_code failed;
    if (profile.shipped() || (!fs::remove(profile.file, failed) && failed))
        throw Error(ErrorCode::Io, fmt::format("{}: the profile could not be removed", profile.file.string()));
}

}  // namespace abm
