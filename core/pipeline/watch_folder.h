// What lies in a watched folder, and which of it has come to rest.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/store/watch_store.h"

namespace abm {

/// A file as one look at the folder found it.
struct SeenFile {
    std::string name;            ///< below the folder
    std::filesystem::path path;  ///< absolute, links resolved
    FileStamp stamp;
    std::int64_t change_time = 0;       ///< see WatchedFile
    std::optional<WatchedFile> before;  ///< what became of it when it was last done with
};
/// As it is now; nullopt when it is gone.
std::optional<SeenFile> look_at(const std::filesystem::path& folder, const std::string& name);
bool same_file(const SeenFile& a, const SeenFile& b);  ///< nothing has changed between the two looks

/// Files nobody means to have read: hidden ones, those a program is still making (.part, .tmp, .crdownload, ~ ...), workspaces
/// and what lies beside them. name: below the folder; a hidden folder hides what is in it.
bool is_ignored(const std::filesystem::path& name);

/// All files in the folder and below but the ignored ones, by name. Folders below that cannot be listed are left out.
/// Throws Error{Io} when the folder itself cannot be listed.
std::vector<SeenFile> list_folder(const std::filesystem::path& folder);

/// Decides when a file counts: its size and time stood still from one look to the next. Files that are done with come back when
/// they change, those set aside also when their permissions do, and a journal that was growing (WatchOutcome::growing) once more
/// when it has stood still for kPatience: what goes on at its end is over then. Plain data, not thread-safe; O(files) a look.
class SettlingFiles {
public:
    /// A customer is done in less, or the machine gives the card back.
    static constexpr std::chrono::minutes kPatience{3};

    explicit SettlingFiles(std::vector<WatchedFile> known = {});

    /// Those that count now, in the order of their arrival: the look that found them first, then their time, then their name.
    /// They are told again at each look until they are done with.
    std::vector<SeenFile> look(const std::vector<SeenFile>& now, Time at = utc_now());
    std::int64_t waiting() const { return static_cast<std::int64_t>(waiting_); }  ///< that did not stand still yet

    void done(const WatchedFile& file);
    /// It is read again at the next look but one, as if it had changed.
    void again(const std::string& name);

    std::int64_t done_count() const;             ///< without those set aside
    std::vector<WatchedFile> set_aside() const;  ///< by name

private:
    struct Pending {
        SeenFile seen;
        std::uint64_t first_look = 0;
        bool still = false;
    };
    bool is_done(const SeenFile& file, Time at) const;

    std::map<std::string, WatchedFile> known_;
    std::map<std::string, Pending> pending_;
    std::uint64_t looks_ = 0;
    std::size_t waiting_ = 0;
    std::size_t failed_ = 0;
};

}  // namespace abm
