// Bookmarks and flags of a workspace: rows that come and go, each expert's own. Why not events: docs/workspace-format.md.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/data/bookmark.h"
#include "core/store/label_store.h"

namespace abm {

/// A bookmark for good: a newer parser may cut other records, it stays where the expert put it.
struct BookmarkPlace {
    BookmarkKind kind = BookmarkKind::bookmark;
    RecordKey key;
    std::optional<std::int64_t> line;  ///< as in Bookmark
    auto operator<=>(const BookmarkPlace&) const = default;
};

struct StoredBookmark {
    BookmarkPlace place;
    Time set = kUnknownTime;  ///< UTC
};

/// All throw Error; then nothing was changed.
class BookmarkStore {
public:
    explicit BookmarkStore(Workspace& workspace) : workspace_(workspace) {}

    /// Sets it, or takes it away when this expert has it there already; true: it stands now. Stored when it returns.
    /// Throws Error{Invalid} for an empty `who`.
    bool toggle(const BookmarkPlace& place, std::string_view who);
    /// Those of one expert, by source, record and line.
    std::vector<StoredBookmark> of(std::string_view who) const;

private:
    Workspace& workspace_;
};

}  // namespace abm
