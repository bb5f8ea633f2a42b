#include "core/pipeline/watch_folder.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "core/base/error.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNanoseconds = 1'000'000'000;
constexpr std::array<std::string_view, 10> kUnfinished{".part",     ".partial",  ".tmp", ".temp", ".crdownload",
                                                       ".download", ".filepart", ".swp", ".swx",  ".lock"};

void add_files(const fs::path& folder, const fs::path& below, std::vector<SeenFile>& files, std::error_code& error) {
    for (fs::directory_iterator entry(folder / below, error), end; !error && entry != end; entry.increment(error)) {
        const fs::path name = below / entry->path().filename();
        if (is_ignored(name)) continue;
        std::error_code ignored;
        if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
            add_files(folder, name, files, ignored);
        } else if (entry->is_regular_file(ignored)) {
            if (auto seen = look_at(folder, name.string())) files.push_back(std::move(*seen));
        }
    }
}

}  // namespace

std::optional<SeenFile> look_at(const fs::path& folder, const std::string& name) {
    SeenFile seen;
    seen.name = name;
    std::error_code ignored;
    const fs::path named = folder / name;
    seen.path = fs::is_symlink(named, ignored) ? fs::weakly_canonical(named, ignored) : named;
    struct stat about {};
    if (::stat(named.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
    seen.stamp = {static_cast<std::int64_t>(about.st_size), about.st_mtim.tv_sec * kNanoseconds + about.st_mtim.tv_nsec};
    seen.change_time = about.st_ctim.tv_sec * kNanoseconds + about.st_ctim.tv_nsec;
    return seen;
}

bool same_file(const SeenFile& a, const SeenFile& b) { return a.stamp == b.stamp && a.path == b.path; }

bool is_ignored(const fs::path& name) {
    for (const fs::path& part : name) {
        if (part.string().starts_with('.')) return true;
    }
    const std::string file = name.filename().string();
    if (file.ends_with('~') || file.find(".abmw") != std::string::npos) return true;
    const std::string ending = name.extension().string();
    return std::ranges::find(kUnfinished, ending) != kUnfinished.end();
}

std::vector<SeenFile> list_folder(const fs::path& folder) {
    std::error_code error;
    const fs::path place = fs::canonical(folder, error);
    std::vector<SeenFile> files;
    if (!error && !fs::is_directory(place, error) && !error) error = std::make_error_code(std::errc::not_a_directory);
    if (!error) add_files(place, {}, files, error);
    if (error)
        throw Error(ErrorCode::Io, fmt::format("{}: the folder cannot be read ({}); what was read of it before is kept",
                                               folder.string(), error.message()));
    std::ranges::sort(files, {}, &SeenFile::name);
    return files;
}

SettlingFiles::SettlingFiles(std::vector<WatchedFile> known) {
    for (WatchedFile& file : known) {
        failed_ += file.outcome == WatchOutcome::failed ? 1U : 0U;
        known_.emplace(file.name, std::move(file));
    }
}

bool SettlingFiles::is_done(const SeenFile& file, Time at) const {
    const auto known = known_.find(file.name);
    if (known == known_.end()) return file.stamp.bytes == 0;  // nothing to read yet: somebody will write into it
    const WatchedFile& then = known->second;
    if (then.outcome == WatchOutcome::growing && at - then.at >= kPatience) return false;
    return then.stamp == file.stamp && (then.outcome != WatchOutcome::failed || then.change_time == file.change_time);
}

std::vector<SeenFile> SettlingFiles::look(const std::vector<SeenFile>& now, Time at) {
    ++looks_;
    std::map<std::string, Pending> next;
    std::vector<const Pending*> settled;
    waiting_ = 0;
    for (const SeenFile& file : now) {
        if (is_done(file, at)) continue;
        const auto before = pending_.find(file.name);
        const bool seen_before = before != pending_.end();
        Pending pending{file, seen_before ? before->second.first_look : looks_,
                        seen_before && same_file(before->second.seen, file)};
        const auto known = known_.find(file.name);
        if (known != known_.end()) pending.seen.before = known->second;
        const Pending& kept = next.emplace(file.name, std::move(pending)).first->second;
        if (kept.still) {
            settled.push_back(&kept);
        } else {
            ++waiting_;
        }
    }
    pending_ = std::move(next);  // moves no nodes
    std::ranges::sort(settled, {}, [](const Pending* one) {
        return std::tuple(one->first_look, one->seen.stamp.time, std::string_view(one->seen.name));
    });
    std::vector<SeenFile> files;
    files.reserve(settled.size());
    for (const Pending* const one : settled) files.push_back(one->seen);
    return files;
}

void SettlingFiles::done(const WatchedFile& file) {
    pending_.erase(file.name);
    WatchedFile& known = known_[file.name];
    failed_ -= known.outcome == WatchOutcome::failed ? 1U : 0U;  // a new one counts as stored
    failed_ += file.outcome == WatchOutcome::failed ? 1U : 0U;
    known = file;
}

void SettlingFiles::again(const std::string& name) {
    const auto known = known_.find(name);
    if (known != known_.end()) known->second.change_time = -1;
}

std::int64_t SettlingFiles::done_count() const { return static_cast<std::int64_t>(known_.size() - failed_); }

std::vector<WatchedFile> SettlingFiles::set_aside() const {
    std::vector<WatchedFile> failed;
    for (const auto& [name, file] : known_) {
        if (file.outcome == WatchOutcome::failed) failed.push_back(file);
    }
    return failed;
}

}  // namespace abm
