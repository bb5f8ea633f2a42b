// Sources with everything that was read from them, and the scores last shown.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/investigation.h"
#include "core/store/workspace.h"

namespace abm {

/// What is known of a source before it is read again.
struct StoredSource {
    SourceId id{};
    std::string identity, name;
    std::filesystem::path path;
    std::int64_t bytes = 0;       ///< uncompressed
    std::int64_t file_bytes = 0;  ///< on the disk
    std::int64_t file_time = 0;   ///< nanoseconds since 1970
    int reader_version = 0;
    std::int64_t read_at = 0;  ///< microseconds since 1970, UTC: when its records were written
};

/// A file on the disk as it is now; nullopt when it is gone.
struct FileStamp {
    std::int64_t bytes = 0, time = 0;
    bool operator==(const FileStamp&) const = default;
};
std::optional<FileStamp> stamp_of(const std::filesystem::path& file);

/// All that was read, without scores of a model: records carry what the findings say.
struct StoredInvestigation {
    Investigation investigation;
    std::vector<SourceId> ids;  ///< parallel to investigation.sources; rising
};

struct StoredScores {
    ModelId model{};
    std::int64_t last_event = 0;
};

/// What a record was given when models first saw it.
struct FirstScore {
    ModelId model{};
    Time at = kUnknownTime;  ///< UTC; unknown: stored by a version that did not keep it
    float score = 0;
    bool operator==(const FirstScore&) const = default;
};

/// What reading a source leaves for the next time.
struct ReadingTraces {
    std::vector<std::uint64_t> prints;  ///< fingerprints of the sessions and intervals that count here
    std::string checkpoint;             ///< where reading can go on when the source has grown; empty: at its beginning
};

class SourceStore {
public:
    explicit SourceStore(Workspace& workspace) : workspace_(workspace) {}

    std::vector<StoredSource> list() const;       ///< those that are in
    std::vector<StoredSource> taken_out() const;  ///< see take_out()
    std::optional<StoredSource> find(SourceId id) const;
    /// Stores source `index` of the investigation in one transaction: a new row, or in the place of `replaces`, whose id and
    /// labels stay. On an error or Error{Cancelled} the workspace is as before.
    SourceId put(const Investigation& read, SourceIndex index, const ReadingTraces& traces, std::optional<SourceId> replaces,
                 int reader_version, std::string_view who, const Progress& progress);
    /// The same content was found elsewhere: notes where. Nothing happens when it is known there.
    void moved(SourceId id, const std::filesystem::path& path, std::string_view who);
    std::vector<std::uint64_t> prints(SourceId id) const;
    std::string checkpoint(SourceId id) const;  ///< empty: none

    /// Sources in the order of their ids. `first`, when given, is called from the calling thread as soon as records and findings
    /// are there (partial = true, no movements, no features), so that views can be filled. Uses up to two connections at a time.
    StoredInvestigation load(const Progress& progress, const std::function<void(StoredInvestigation)>& first = {}) const;

    /// The same of one source.
    Investigation load_one(SourceId id, const Progress& progress) const;

    /// The scores of all records of `shown`, in one transaction; those of other models stay, and so do first scores.
    void put_scores(const Investigation& shown, const std::vector<SourceId>& ids, const StoredScores& made_by);
    /// Sets score, tail, type, severity and provisional of the records of every source that has scores of this model.
    /// nullopt when a source has none: then those records are as they were.
    std::optional<StoredScores> load_scores(Investigation& into, const std::vector<SourceId>& ids, ModelId model) const;
    /// The first score a record of the source ever had; nullopt when none was stored.
    std::optional<FirstScore> first_score(SourceId id, RecordKind kind, std::int64_t start_offset) const;

private:
    StoredInvestigation load(std::optional<SourceId> only, const Progress& progress,
                             const std::function<void(StoredInvestigation)>& first) const;

    Workspace& workspace_;
};

}  // namespace abm
