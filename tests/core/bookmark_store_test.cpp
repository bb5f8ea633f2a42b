// Bookmarks: rows that come and go, of one expert each, on records and lines that outlive the reader.
#include "core/store/bookmark_store.h"

#include "tests/core/label_workspace.h"

namespace abm {
namespace {

using test::LabelWorkspace;

TEST(BookmarkStore, TogglesEachPlaceForEachExpertAlone) {
    LabelWorkspace w;
    BookmarkStore store(w.workspace);
    const BookmarkPlace record{BookmarkKind::bookmark, w.key(0), std::nullopt};
    const BookmarkPlace line{BookmarkKind::bookmark, w.key(0), 0};  // the first line is not the record
    const BookmarkPlace flag{BookmarkKind::flag, w.key(1), std::nullopt};
    for (const BookmarkPlace& place : {record, line, flag}) EXPECT_TRUE(store.toggle(place, "ada"));
    EXPECT_TRUE(store.toggle(record, "bob"));
    std::vector<BookmarkPlace> places;
    for (const StoredBookmark& one : store.of("ada")) {
        places.push_back(one.place);
        EXPECT_TRUE(known(one.set));
    }
    EXPECT_EQ(places, (std::vector{record, line, flag}));
    EXPECT_FALSE(store.toggle(record, "ada"));
    EXPECT_EQ(store.of("ada").size(), 2U);
    EXPECT_EQ(store.of("bob").size(), 1U);
    test::invalid([&] { store.toggle(record, ""); });
}

}  // namespace
}  // namespace abm
