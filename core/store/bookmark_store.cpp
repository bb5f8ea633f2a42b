#include "core/store/bookmark_store.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <string>

#include "core/base/error.h"
#include "core/store/label_events.h"

namespace abm {
namespace {

constexpr std::int64_t kWholeRecord = -1;  // of line_offset: part of a primary key, where NULLs would all differ

void bind_place(SQLite::Statement& statement, const BookmarkPlace& place, const std::string& who) {
    statement.bind(1, raw(place.key.source));
    statement.bind(2, static_cast<int>(place.key.kind));
    statement.bind(3, place.key.start_offset);
    statement.bind(4, place.line.value_or(kWholeRecord));
    statement.bind(5, std::string(name_of(place.kind)));
    statement.bind(6, who);
}

std::string stored_name(std::string_view who) {
    std::int64_t masked = 0;
    std::string name = storable(who, masked);
    if (name.empty()) throw Error(ErrorCode::Invalid, "a bookmark must say whose it is");
    return name;
}

}  // namespace

std::string_view name_of(BookmarkKind kind) { return kind == BookmarkKind::flag ? "flag" : "bookmark"; }

bool BookmarkStore::toggle(const BookmarkPlace& place, std::string_view who) {
    return stored(workspace_.path(), [&] {
        const std::string name = stored_name(who);
        SQLite::Transaction transaction(workspace_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement take(workspace_.database(),
                               "DELETE FROM bookmarks WHERE source_id = ? AND kind = ? AND start_offset = ? AND line_offset = ? "
                               "AND mark = ? AND who = ?");
        bind_place(take, place, name);
        const bool had = take.exec() > 0;
        if (!had) {
            SQLite::Statement set(workspace_.database(), "INSERT INTO bookmarks VALUES(?, ?, ?, ?, ?, ?, ?)");
            bind_place(set, place, name);
            set.bind(7, utc_now().time_since_epoch().count());
            set.exec();
        }
        transaction.commit();
        return !had;
    });
}

std::vector<StoredBookmark> BookmarkStore::of(std::string_view who) const {
    return stored(workspace_.path(), [&] {
        SQLite::Statement query(workspace_.database(),
                                "SELECT source_id, kind, start_offset, line_offset, mark, at FROM bookmarks WHERE who = ? "
                                "ORDER BY source_id, start_offset, kind, line_offset, mark");
        query.bind(1, stored_name(who));
        std::vector<StoredBookmark> found;
        while (query.executeStep()) {
            StoredBookmark& one = found.emplace_back();
            one.place.key = {SourceId{query.getColumn(0).getInt64()}, static_cast<RecordKind>(query.getColumn(1).getInt()),
                             query.getColumn(2).getInt64()};
            if (const std::int64_t line = query.getColumn(3).getInt64(); line != kWholeRecord) one.place.line = line;
            one.place.kind = query.getColumn(4).getString() == "flag" ? BookmarkKind::flag : BookmarkKind::bookmark;
            one.set = Time(std::chrono::microseconds(query.getColumn(5).getInt64()));
        }
        return found;
    });
}

}  // namespace abm
