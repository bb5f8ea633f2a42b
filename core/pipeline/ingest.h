// Reads files of any kind into an investigation without scores.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/source_identity.h"
#include "core/capture/capture_options.h"
#include "core/data/investigation.h"

namespace abm {

class RuleSet;
struct JournalFront;
struct LogProfile;

/// How a source is known again.
struct SourceTraces {
    SourceIdentity identity;              ///< knows its front at IngestOptions::known_lengths
    std::vector<std::uint64_t> sessions;  ///< fingerprints of its sessions and intervals that count here
    std::string checkpoint;               ///< of a journal that can be followed from there: JournalCheckpoint; else empty
};

struct IngestOptions {
    int threads = 1;
    const RuleSet* rules = nullptr;                                        ///< not null
    std::function<void(std::shared_ptr<const Investigation>)> on_partial;  ///< may be empty
    std::vector<std::int64_t> known_lengths;    ///< bytes of sources known before: to see which have grown
    std::vector<std::uint64_t> known_sessions;  ///< fingerprints of sessions and intervals read before: they count once
    /// The profile of text logs a file is to be read by; null, or empty: its content says. Outlives the call. Text that is no
    /// journal is read by it, whatever else it looks like.
    std::function<const LogProfile*(const std::filesystem::path&)> profile_of;
    /// How a capture is cut and whom it compares; empty: as by default. Options its link type has no filter for are a problem of
    /// the source.
    std::function<CaptureOptions(const std::filesystem::path&)> capture_options_of;
    /// What is known of the fronts of journals, which are then not read again: empty, or parallel to the files, null: nothing.
    /// They are used up, their sessions are among the known ones, and that a front is the same, the caller makes sure of by the
    /// identity among the traces.
    std::vector<std::shared_ptr<JournalFront>> fronts;
    std::vector<SourceTraces>* traces = nullptr;  ///< when given, filled in parallel to the sources
};

/// What a file is, its content says, whatever its name. Records, findings, movements and features of all files, in the order of
/// the files and of their bytes; the same for any number of threads. A file that cannot be read is kept as a source with its
/// problem. Throws Error{Cancelled}.
Investigation ingest(std::span<const std::filesystem::path> files, const IngestOptions& options, const Progress& progress);

}  // namespace abm
