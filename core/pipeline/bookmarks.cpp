#include "core/pipeline/bookmarks.h"

#include <algorithm>
#include <tuple>

#include "core/pipeline/attach_labels.h"
#include "core/store/bookmark_store.h"

namespace abm {

Bookmarks bookmarks_of(WorkspaceSession& session, std::string_view who) {
    const auto snapshot = session.snapshot()->investigation();
    Bookmarks found;
    for (const StoredBookmark& stored : BookmarkStore(session.workspace()).of(who)) {
        if (const auto record = record_of(*snapshot, session.source_ids(), stored.place.key))
            found.push_back({stored.place.kind, *record, stored.place.line, stored.set});
    }
    const auto place = [](const Bookmark& one) { return std::tie(one.record, one.line, one.kind); };
    std::sort(found.begin(), found.end(), [&](const Bookmark& a, const Bookmark& b) { return place(a) < place(b); });
    return found;
}

bool toggle_bookmark(WorkspaceSession& session, BookmarkKind kind, RecordIndex record, std::optional<std::int64_t> line,
                     std::string_view who) {
    const auto snapshot = session.snapshot()->investigation();
    const BookmarkPlace place{kind, key_of(*snapshot, session.source_ids(), record),
                              kind == BookmarkKind::flag ? std::nullopt : line};
    return BookmarkStore(session.workspace()).toggle(place, who);
}

}  // namespace abm
