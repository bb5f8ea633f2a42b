// A text log as a source of entities or windows. docs/text-logs.md says what is read, counted and found.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/byte_source.h"
#include "core/base/progress.h"
#include "core/data/source_reading.h"
#include "core/textlog/log_profile.h"

namespace abm {

struct TextLogOptions {
    std::string profile;                 ///< name of a shipped profile; empty: sniffed by the first bytes
    const LogProfile* custom = nullptr;  ///< instead, when given; outlives the call
    double window_s = 0;                 ///< > 0: instead of what the profile says, where records are windows
    std::int64_t most_findings = 1'000;  ///< kept of each type; those beyond are counted in a problem
};

/// Reads the log once, from front to back. Records are entities (in the order in which they first appear; entities interleave,
/// so their spans overlap) or windows of one entity, ordinals from 1; spans reach from the first byte of the first line to the
/// end of the last. Offsets count uncompressed bytes. features and sequences have a row for each record.
/// A source that is empty, no text, cannot be opened or breaks off is a reading of what came before, with the problem.
/// Memory: 4 bytes a line and some hundred a record, a few MB besides. Deterministic.
/// Throws Error{Invalid} for an unknown profile or a window out of range, Error{Cancelled}.
SourceReading read_text_log(const std::filesystem::path& path, const TextLogOptions& options, const Progress& progress);
/// The same from an open source; source.path and the name are `name`.
SourceReading read_text_log(ByteSource& bytes, const std::filesystem::path& name, const TextLogOptions& options,
                            const Progress& progress);

}  // namespace abm
