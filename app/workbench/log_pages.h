// Pages of a journal for the log view: lines with their evidence and the records they belong to; and the way to a place in it.
#pragma once

#include <memory>
#include <stop_token>

#include "core/pipeline/line_index.h"
#include "widgets/log_place.h"
#include "widgets/log_view.h"
#include "widgets/snapshot.h"

namespace abm {

/// What a page is read of.
struct LogOrigin {
    Snapshot snapshot;
    SourceIndex source{};
    std::optional<RecordIndex> selected;
    std::shared_ptr<const LineIndex> index;

    const Source& file() const { return snapshot->sources[raw(source)]; }
};

/// Reads from the file at this moment. Throws Error{Io}, Error{Corrupt}.
ShownPage read_shown_page(const LogOrigin& origin, const LogRequest& request);

/// Where a place is, or why there is none.
struct FoundPlace {
    std::optional<std::int64_t> offset;
    QString words;  ///< "session 7 of 812", "no line 99: the file has 45 lines"
};
/// May read; a transaction is searched for from front to back until `stop`. Throws as reading does.
FoundPlace find_place(const LogOrigin& origin, const LogPlace& place, std::stop_token stop);

}  // namespace abm
