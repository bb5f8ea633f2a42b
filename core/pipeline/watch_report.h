// Within core/pipeline: what is said of a file of a watched folder.
#pragma once

#include <optional>
#include <string>

#include "core/pipeline/watch_batch.h"

namespace abm {

/// What of a source a report is about.
struct ReportedPart {
    std::int64_t behind = 0;    ///< records that end behind this byte
    bool held_back = false;     ///< and the one that ends there: nothing was told of it yet
    bool without_last = false;  ///< but not the last: it goes on
};
/// Counts the records, and finds the worst of them.
void sum_up(WatchReport& report, const Investigation& investigation, SourceIndex source, const ReportedPart& part);
/// Whether the source is a journal that ends within a session.
bool ends_in_session(const Investigation& investigation, SourceIndex source);

/// As it is when it could not be read.
WatchReport failed_report(const SeenFile& file, std::string reason);
WatchReport report_of(const SeenFile& file, WatchOutcome outcome, std::string reason = {});
/// The problems of a source in one line: the first, and how many more; empty when there is none.
std::string problems_of(const Source& source);

/// What is said of content that is new in a place: stored, or in the place of something else.
WatchOutcome outcome_of_new(const SeenFile& file);
std::string reason_of_new(const SeenFile& file, WatchOutcome outcome);

/// Of a file that is not read: it is empty, or a table about other files: labels, truth, what this program wrote about them.
std::optional<WatchReport> report_without_reading(const SeenFile& file);

}  // namespace abm
