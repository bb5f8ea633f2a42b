// What an expert wants to come back to: a bookmark on a record or one of its lines, a flag on a record for later.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace abm {

enum class BookmarkKind : std::uint8_t { bookmark, flag };
std::string_view name_of(BookmarkKind kind);  ///< "bookmark", "flag"

struct Bookmark {
    BookmarkKind kind = BookmarkKind::bookmark;
    RecordIndex record{};
    std::optional<std::int64_t> line;  ///< offset of the line in its source; nullopt: the record as a whole, as for every flag
    Time set = kUnknownTime;           ///< UTC
    bool operator==(const Bookmark&) const = default;
};

/// Those of one expert that stand, by record, then by line.
using Bookmarks = std::vector<Bookmark>;

}  // namespace abm
