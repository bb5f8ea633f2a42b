// Bookmarks of an open workspace, on the records of its snapshot.
#pragma once

#include <optional>
#include <string_view>

#include "core/data/bookmark.h"
#include "core/pipeline/workspace_session.h"

namespace abm {

/// Those of one expert. Bookmarks on records that are not in the snapshot are kept in the workspace and left out here.
Bookmarks bookmarks_of(WorkspaceSession& session, std::string_view who);
/// line: of a bookmark, see Bookmark::line. True: it stands now. Throws Error; then nothing was changed.
bool toggle_bookmark(WorkspaceSession& session, BookmarkKind kind, RecordIndex record, std::optional<std::int64_t> line,
                     std::string_view who);

}  // namespace abm
