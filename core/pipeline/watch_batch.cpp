#include "core/pipeline/watch_batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <unordered_map>

#include "core/pipeline/watch_report.h"

namespace abm {
namespace {

namespace fs = std::filesystem;
using Imported = ImportedSource::Outcome;

class WatchedRead {
public:
    WatchedRead(WorkspaceSession& session, const ReadingChoice& choice, const Progress& progress)
        : session_(session), choice_(choice), progress_(progress) {
        const auto before = session.snapshot()->investigation();
        for (std::size_t at = 0; at < before->sources.size(); ++at)
            bytes_before_[raw(session.source_ids()[at])] = before->sources[at].bytes;
    }

    std::vector<WatchReport> run(std::span<const SeenFile> files) {
        std::vector<const SeenFile*> to_read;
        for (const SeenFile& file : files) {
            if (auto left_out = report_without_reading(file)) {
                reports_.push_back(std::move(*left_out));
            } else {
                to_read.push_back(&file);
            }
        }
        read(to_read);
        std::ranges::stable_sort(reports_, {}, [&](const WatchReport& report) {
            return std::ranges::find(files, report.file.name, &SeenFile::name) - files.begin();
        });
        return std::move(reports_);
    }

private:
    void read(const std::vector<const SeenFile*>& files) {
        if (files.empty()) return;
        try {
            import(files);
        } catch (const Error& error) {
            if (error.code() == ErrorCode::Cancelled || is_of_workspace(error)) throw;
            one_by_one(files, error.what());
        } catch (const std::bad_alloc&) {
            one_by_one(files, "not enough memory to read it");
        } catch (const std::exception& error) {
            one_by_one(files, error.what());
        }
    }

    /// What one file does to its reader shall not cost the others.
    void one_by_one(const std::vector<const SeenFile*>& files, const std::string& reason) {
        if (files.size() > 1) {
            for (const SeenFile* const file : files) read({file});
        } else if (stamp_of(files.front()->path)) {
            reports_.push_back(failed_report(*files.front(), reason));
        }
    }

    /// Errors of the workspace name it first.
    bool is_of_workspace(const Error& error) const {
        return std::string_view(error.what()).starts_with(session_.path().string() + ":");
    }

    void import(const std::vector<const SeenFile*>& files) {
        std::vector<fs::path> paths;
        std::unordered_map<std::string, const SeenFile*> by_path;
        for (const SeenFile* const file : files) {
            if (!stamp_of(file->path)) continue;  // gone: the next look says so
            paths.push_back(file->path);
            by_path.emplace(file->path.string(), file);
        }
        const auto stands = [&](const fs::path& path) {
            const auto meant = by_path.find(path.string());
            return meant == by_path.end() || stamp_of(path) == meant->second->stamp;
        };
        const std::vector<ImportedSource> imported = session_.import(paths, progress_, choice_, stands);
        const auto shown = session_.snapshot()->investigation();
        for (const ImportedSource& source : imported) {
            const auto meant = by_path.find(source.path.string());
            if (meant == by_path.end() || source.outcome == Imported::unsettled) continue;
            reports_.push_back(report(*meant->second, source, *shown));
            by_path.erase(meant);
        }
        for (const SeenFile* const file : files) {
            const auto twin = std::ranges::find_if(imported, [&](const ImportedSource& one) { return one.path == file->path; });
            const bool reported =
                std::ranges::any_of(reports_, [&](const WatchReport& one) { return one.file.name == file->name; });
            if (twin != imported.end() && !reported && twin->outcome != Imported::unsettled)
                reports_.push_back(report_of(*file, WatchOutcome::known, "the same file by another name"));
        }
    }

    WatchReport report(const SeenFile& file, const ImportedSource& source, const Investigation& shown) const {
        if (source.outcome == Imported::failed) return failed_report(file, problems_of(source.as_read));
        const auto index = session_.index_of(source.source);
        const Source* const now = index ? &shown.sources[raw(*index)] : nullptr;
        WatchReport report = report_of(file, outcome_of(file, source, now));
        WatchOutcome& outcome = report.file.outcome;
        ReportedPart part;
        part.behind = told_before(file, source, outcome, now);
        part.held_back = file.before && file.before->outcome == WatchOutcome::growing;
        // Of a session that goes on everything may look wrong: nobody has taken the notes yet.
        part.without_last = index && outcome == WatchOutcome::grown && ends_in_session(shown, *index);
        if (outcome == WatchOutcome::grown) report.file.reason = reason_of_grown(source, part);
        if (part.without_last) outcome = WatchOutcome::growing;
        if (outcome == WatchOutcome::stopped) report.file.reason = "stands still, and the session at its end never ended";
        if (report.file.reason.empty()) report.file.reason = reason_of_new(file, outcome);
        if (report.file.reason.empty()) report.file.reason = problems_of(source.as_read);
        if (index) sum_up(report, shown, *index, part);
        return report;
    }

    static std::string reason_of_grown(const ImportedSource& source, const ReportedPart& part) {
        std::string words = fmt::format("grown from {} bytes; ", part.behind);
        words +=
            source.read_from > 0 ? fmt::format("read on from byte {}, labels stay", source.read_from) : "read again, labels stay";
        return part.without_last ? words + "; the session at its end goes on" : words;
    }

    static WatchOutcome outcome_of(const SeenFile& file, const ImportedSource& source, const Source* now) {
        switch (source.outcome) {
            case Imported::grown:
                return WatchOutcome::grown;
            case Imported::known:
                return outcome_of_known(file, now);
            case Imported::moved:
                return WatchOutcome::moved;
            default:
                return outcome_of_new(file);
        }
    }

    static WatchOutcome outcome_of_known(const SeenFile& file, const Source* now) {
        if (!file.before || !now || now->path != file.path) return WatchOutcome::known;
        if (file.before->stamp == file.stamp)
            return file.before->outcome == WatchOutcome::growing ? WatchOutcome::stopped : WatchOutcome::known;
        // Stored by a program that was killed before it told of it.
        const bool untold = is_news(file.before->outcome) && file.before->stamp.bytes < file.stamp.bytes && !now->gzip;
        return untold ? WatchOutcome::grown : WatchOutcome::known;
    }

    /// Up to which byte of the source everything was told.
    std::int64_t told_before(const SeenFile& file, const ImportedSource& source, WatchOutcome outcome, const Source* now) const {
        if (outcome == WatchOutcome::stopped) return now->bytes;
        if (outcome != WatchOutcome::grown) return 0;
        const auto known = bytes_before_.find(raw(source.source));
        if (source.outcome == Imported::known) return file.before->stamp.bytes;
        return known == bytes_before_.end() ? 0 : known->second;
    }

    WorkspaceSession& session_;
    const ReadingChoice& choice_;
    const Progress& progress_;
    std::unordered_map<std::int64_t, std::int64_t> bytes_before_;  ///< of sources, by id
    std::vector<WatchReport> reports_;
};

}  // namespace

std::span<const SeenFile> next_batch(std::span<const SeenFile> settled, const BatchLimits& limits) {
    std::size_t count = 0;
    std::int64_t bytes = 0;
    while (count < std::min(settled.size(), limits.most_files) && (count == 0 || bytes < limits.most_bytes))
        bytes += settled[count++].stamp.bytes;
    return settled.first(count);
}

std::vector<WatchReport> read_watched(WorkspaceSession& session, WatchId watch, std::span<const SeenFile> files,
                                      const Progress& progress, const ReadingChoice& choice) {
    std::vector<WatchReport> reports = WatchedRead(session, choice, progress).run(files);
    std::vector<WatchedFile> done;
    done.reserve(reports.size());
    for (const WatchReport& report : reports) done.push_back(report.file);
    WatchStore(session.workspace()).mark(watch, done);
    return reports;
}

}  // namespace abm
