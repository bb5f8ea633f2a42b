#include "core/pipeline/workspace_import.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "core/decide/rule_set.h"
#include "core/pipeline/ingest.h"
#include "core/pipeline/journal_front.h"
#include "core/store/failed_files.h"

namespace abm {
namespace {

namespace fs = std::filesystem;
using Outcome = ImportedSource::Outcome;

struct Pending {
    std::size_t result = 0;  ///< index of its ImportedSource
    fs::path path;
    std::optional<SourceId> expected;  ///< the source that was read from this path before
    bool whole = false;                ///< it did not go on where that source ends
    std::int64_t read_from = 0;        ///< it is read on from there
};

fs::path place_of(const fs::path& path) {
    std::error_code ignored;
    const fs::path found = path == "-" ? path : fs::weakly_canonical(path, ignored);
    return ignored ? path : found;
}

class Import {
public:
    Import(Workspace& workspace, const ImportOptions& options, const Progress& progress)
        : workspace_(workspace),
          store_(workspace),
          options_(options),
          progress_(progress),
          known_(store_.list()),
          out_(store_.taken_out()) {
        for (const FailedFile& file : FailedFiles(workspace_).list()) failed_.insert(file.path);
    }

    std::vector<ImportedSource> run(std::span<const fs::path> files) {
        std::vector<Pending> pending;
        for (const fs::path& file : files) {
            ImportedSource& result = results_.emplace_back();
            result.path = place_of(file);
            result.name = file == "-" ? "standard input" : file.filename().string();
            const StoredSource* const same = unchanged(result.path);
            if (same && !reads_otherwise(*same, result.path)) {
                result.outcome = Outcome::known;
                result.source = same->id;
                forget_failure(result.path);
            } else {
                pending.push_back({results_.size() - 1, result.path, source_at(result.path)});
            }
        }
        read(pending);
        // Whether a session counts depends on what was read before; where the guess was wrong, the file is read once more.
        while (!again_.empty()) {
            for (const Pending& again : std::exchange(again_, {})) read({again});
        }
        return std::move(results_);
    }

private:
    const StoredSource* find(auto&& holds) const {
        const auto found = std::find_if(known_.begin(), known_.end(), holds);
        return found == known_.end() ? nullptr : &*found;
    }

    /// Only names, sizes and times are compared: as make and git do.
    const StoredSource* unchanged(const fs::path& path) const {
        const auto stamp = stamp_of(path);
        if (!stamp) return nullptr;
        return find([&](const StoredSource& source) {
            return source.path == path && source.reader_version == kReaderVersion &&
                   FileStamp{source.file_bytes, source.file_time} == *stamp;
        });
    }

    /// The last that was read from there: files are rotated.
    std::optional<SourceId> source_at(const fs::path& path) const {
        const auto found =
            std::find_if(known_.rbegin(), known_.rend(), [&](const StoredSource& known) { return known.path == path; });
        if (found != known_.rend()) return found->id;
        const auto out = std::find_if(out_.begin(), out_.end(), [&](const StoredSource& source) { return source.path == path; });
        return out == out_.end() ? std::nullopt : std::optional(out->id);
    }

    const StoredSource* find_out(const std::string& identity) const {
        const auto found =
            std::find_if(out_.begin(), out_.end(), [&](const StoredSource& source) { return source.identity == identity; });
        return found == out_.end() ? nullptr : &*found;
    }

    void read(std::vector<Pending> pending) {
        if (pending.empty()) return;
        std::vector<fs::path> files;
        for (const Pending& file : pending) files.push_back(file.path);
        std::vector<SourceTraces> traces;
        IngestOptions reading;
        reading.threads = options_.threads;
        reading.rules = options_.rules;
        reading.on_partial = options_.on_partial;
        reading.traces = &traces;
        take_choices(pending);
        reading.profile_of = [this](const fs::path& path) -> const LogProfile* {
            const auto found = profiles_.find(path);
            return found == profiles_.end() ? nullptr : &found->second;
        };
        reading.capture_options_of = [this](const fs::path& path) {
            const auto found = capture_options_.find(path);
            return found == capture_options_.end() ? CaptureOptions() : found->second;
        };
        for (const auto* const some : {&known_, &out_})
            for (const StoredSource& source : *some) reading.known_lengths.push_back(source.bytes);
        reading.known_sessions = sessions_outside(pending);
        for (Pending& file : pending) {
            const auto& front = reading.fronts.emplace_back(front_of(file));
            if (!front) continue;
            file.read_from = front->checkpoint.place.offset;
            reading.known_sessions.insert(reading.known_sessions.end(), front->prints.begin(), front->prints.end());
        }
        const Investigation found = ingest(files, reading, progress_);
        for (std::size_t at = 0; at < pending.size(); ++at) {
            progress_.checkpoint(static_cast<double>(at) / static_cast<double>(pending.size()), "storing");
            settle(pending[at], found, static_cast<SourceIndex>(at), traces[at]);
        }
    }

    /// What is stored of the journal the file is expected to have grown from; null: it is read from its beginning.
    std::shared_ptr<JournalFront> front_of(const Pending& file) const {
        if (!file.expected || file.whole) return nullptr;
        const StoredSource* const before = find([&](const StoredSource& source) { return source.id == *file.expected; });
        const auto stamp = stamp_of(file.path);
        if (!before || before->reader_version != kReaderVersion || !stamp || stamp->bytes <= before->file_bytes) return nullptr;
        if (before->name != file.path.filename()) return nullptr;  // it may say the machine
        const std::string checkpoint = store_.checkpoint(before->id);
        if (checkpoint.empty()) return nullptr;
        try {
            JournalCheckpoint at = checkpoint_from(checkpoint);
            Investigation stored = store_.load_one(before->id, progress_);
            const bool same = stored.sources.size() == 1 && stored.sources.front().identity == before->identity;
            if (!same || at.rules != options_.rules->fingerprint()) return nullptr;
            return journal_front(std::move(at), std::move(stored), store_.prints(before->id));
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Mismatch && error.code() != ErrorCode::Corrupt) throw;
            return nullptr;
        }
    }

    bool reads_otherwise(const StoredSource& source, const fs::path& path) const {
        return abm::reads_otherwise(workspace_, source.id, path, options_.choice);
    }

    /// What is chosen now, else what was chosen for the source the file is expected to be.
    void take_choices(const std::vector<Pending>& pending) {
        const ReadingChoice& now = options_.choice;
        profiles_.clear();
        capture_options_.clear();
        for (const Pending& file : pending) {
            const ReadingChoice before = file.expected ? chosen_reading(workspace_, *file.expected) : ReadingChoice();
            const auto& profile = now.profile || now.by_content ? now.profile : before.profile;
            const auto& captures = now.captures ? now.captures : before.captures;
            if (profile) profiles_.insert_or_assign(file.path, *profile);
            if (captures) capture_options_.insert_or_assign(file.path, *captures);
        }
    }

    /// Sessions of all sources but those that are about to be read again.
    std::vector<std::uint64_t> sessions_outside(const std::vector<Pending>& pending) const {
        std::vector<std::uint64_t> sessions;
        for (const StoredSource& source : known_) {
            if (std::any_of(pending.begin(), pending.end(), [&](const Pending& file) { return file.expected == source.id; }))
                continue;
            const std::vector<std::uint64_t> prints = store_.prints(source.id);
            sessions.insert(sessions.end(), prints.begin(), prints.end());
        }
        return sessions;
    }

    void settle(const Pending& file, const Investigation& found, SourceIndex index, const SourceTraces& traces) {
        const Source& source = found.sources[raw(index)];
        results_[file.result].as_read = source;
        if (options_.stands && !options_.stands(file.path)) {
            results_[file.result].outcome = Outcome::unsettled;
            return;
        }
        if (source.format == "unknown" || source.bytes == 0)  // failed: nothing was understood
            return note_failure(file, source);
        try {
            keep(file, found, index, traces);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Invalid) throw;
            known_ = store_.list();
            if (!find([&](const StoredSource& known) { return known.identity == source.identity; })) throw;
            keep(file, found, index, traces);  // another program stored the same content while this one was reading
        }
    }

    void keep(const Pending& file, const Investigation& found, SourceIndex index, const SourceTraces& traces) {
        const Source& source = found.sources[raw(index)];
        ImportedSource& result = results_[file.result];
        const StoredSource* same = find([&](const StoredSource& known) { return known.identity == source.identity; });
        if (same != nullptr && same->reader_version == kReaderVersion && !reads_otherwise(*same, file.path)) {
            result.source = same->id;
            result.outcome = same->path == file.path || stamp_of(same->path) ? Outcome::known : Outcome::moved;
            if (same->path == file.path || result.outcome == Outcome::moved) note_place(*same, file.path);
            return forget_failure(file.path);
        }
        const StoredSource* grown = same != nullptr ? nullptr : longest_front(traces.identity);
        const StoredSource* back = same != nullptr ? nullptr : find_out(source.identity);
        const StoredSource* before = same != nullptr ? same : back != nullptr ? back : grown;
        const std::optional<SourceId> replaces = before ? std::optional(before->id) : std::nullopt;
        const bool followed = file.read_from > 0;
        if (replaces != file.expected && (followed || guessed_.insert(file.result).second)) {
            again_.push_back({file.result, file.path, replaces, file.whole || followed, 0});
            return;
        }
        result.read_from = file.read_from;
        result.source =
            store_.put(found, index, {traces.sessions, traces.checkpoint}, replaces, kReaderVersion, options_.who, progress_);
        keep_choice(workspace_, result.source, file.path, options_.choice, options_.who);
        result.outcome = same ? Outcome::read_again : before != nullptr && before == grown ? Outcome::grown : Outcome::added;
        learn(result.source);
        std::erase_if(out_, [&](const StoredSource& one) { return one.id == result.source; });
        forget_failure(file.path);
    }

    void note_failure(const Pending& file, const Source& source) {
        if (file.path == "-") return;
        FailedFiles(workspace_).note({file.path, source.name, source.problems});
        failed_.insert(file.path);
    }

    /// Not before it is stored: a failure on the way would take the note of the last one along.
    void forget_failure(const fs::path& path) {
        if (failed_.erase(path) > 0) FailedFiles(workspace_).forget(path);
    }

    /// Of this one only: to list all of them again for each of ten thousand would cost more than reading them.
    void learn(SourceId id) {
        const auto stored_now = store_.find(id);
        const auto place = std::ranges::find(known_, id, &StoredSource::id);
        if (!stored_now) {
            known_ = store_.list();
        } else if (place != known_.end()) {
            *place = *stored_now;
        } else {
            known_.push_back(*stored_now);
        }
    }

    void note_place(const StoredSource& source, const fs::path& path) {
        const SourceId id = source.id;
        store_.moved(id, path, options_.who);
        learn(id);
    }

    /// The longest known source this one begins with, those that were taken out among them.
    const StoredSource* longest_front(const SourceIdentity& identity) const {
        const StoredSource* const here = grown_from(known_, identity);
        const StoredSource* const out = grown_from(out_, identity);
        return out && (!here || out->bytes > here->bytes) ? out : here;
    }

    Workspace& workspace_;
    SourceStore store_;
    const ImportOptions& options_;
    const Progress& progress_;
    std::vector<StoredSource> known_;
    std::vector<StoredSource> out_;  ///< were taken out: they come back into their own place
    std::set<fs::path> failed_;      ///< of which nothing could be read when last tried
    std::vector<ImportedSource> results_;
    std::vector<Pending> again_;
    std::map<fs::path, LogProfile> profiles_;             ///< of the files being read
    std::map<fs::path, CaptureOptions> capture_options_;  ///< of the files being read
    std::set<std::size_t> guessed_;                       ///< results read a second time
};

}  // namespace

std::string_view name_of(Outcome outcome) {
    constexpr std::array<std::string_view, 7> kNames{"added", "grown", "read again", "known", "moved", "failed", "unsettled"};
    return kNames[static_cast<std::size_t>(outcome)];
}

std::vector<ImportedSource> import_files(Workspace& workspace, std::span<const fs::path> files, const ImportOptions& options,
                                         const Progress& progress) {
    return Import(workspace, options, progress).run(files);
}

}  // namespace abm
