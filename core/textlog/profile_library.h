// The profiles of text logs a user has: those of the program, and copies he has changed, a JSON file each in a folder of his.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/textlog/log_profile.h"

namespace abm {

/// $XDG_DATA_HOME/abm-workbench/profiles; ~/.local/share when that is not set. It need not exist.
std::filesystem::path log_profile_folder();

struct ListedProfile {
    std::string name, title;
    std::filesystem::path file;  ///< empty: it is part of the program
    std::string text;            ///< its JSON
    std::string problem;         ///< why it cannot be used, with the line; empty: it can
    bool shipped() const { return file.empty(); }
};

/// Those of the program first, then the *.json of the folder by name. Files that cannot be read are listed with their problem.
std::vector<ListedProfile> list_log_profiles(const std::filesystem::path& folder = log_profile_folder());

/// As the command line names one: a profile of the program, one of the folder, or else a file. Throws Error{Invalid} with the
/// names there are, or with file and line of a mistake, Error{Io}.
LogProfile find_log_profile(std::string_view name_or_file, const std::filesystem::path& folder = log_profile_folder());

/// The text of a profile under another name; comments and layout stay. The text is one that parse_log_profile() takes.
std::string renamed_profile(std::string_view text, std::string_view name);
/// "syslog-2": a name nobody has yet.
std::string free_profile_name(std::string_view like, const std::vector<ListedProfile>& taken);

/// Writes the profile to NAME.json in the folder, whole or not at all; one of that name is replaced. Throws Error{Invalid} for a
/// mistake in it ("NAME.json:line: ..."), a name that is taken by the program or is not made of letters, digits, - and _,
/// Error{Io}.
LogProfile keep_log_profile(std::string_view text, const std::filesystem::path& folder = log_profile_folder());
void remove_log_profile(const ListedProfile& profile);  ///< of the folder

}  // namespace abm
