#include "widgets/selection.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "tests/widgets/synthetic_investigation.h"

namespace abm {
namespace {

TEST(Selection, GoesBackAndForthThroughRecordsWithTheirLines) {
    Selection selection;
    selection.selectRecord(RecordIndex(3));
    selection.selectLine(120);
    selection.selectRecord(RecordIndex(9), 500);
    selection.selectRecord(RecordIndex(4));
    selection.goBack();
    EXPECT_EQ(selection.record(), RecordIndex(9));
    EXPECT_EQ(selection.line(), 500);
    selection.goBack();
    EXPECT_EQ(selection.record(), RecordIndex(3));
    EXPECT_EQ(selection.line(), 120);
    EXPECT_FALSE(selection.canGoBack());
    selection.goForward();
    EXPECT_EQ(selection.record(), RecordIndex(9));
    selection.selectRecord(RecordIndex(1));  // a new step drops what lay ahead
    EXPECT_FALSE(selection.canGoForward());
}

TEST(Selection, SaysNothingWhenNothingChanges) {
    Selection selection;
    selection.selectRecord(RecordIndex(3), 10);
    QSignalSpy records(&selection, &Selection::recordChanged);
    QSignalSpy lines(&selection, &Selection::lineChanged);
    selection.selectRecord(RecordIndex(3), 10);
    selection.selectLine(10);
    EXPECT_EQ(records.count() + lines.count(), 0);
    selection.selectRecord(RecordIndex(3), 20);
    EXPECT_EQ(records.count(), 0);
    EXPECT_EQ(lines.count(), 1);
}

TEST(Selection, FollowsItsRecordsIntoANewerSnapshot) {
    const auto before = test::synthetic_case({2, 50});
    auto after = *before.investigation;  // records of another source appear in front, as they do while loading
    Source first;
    first.path = "/journals/another.txt";
    after.sources.insert(after.sources.begin(), first);
    for (Record& record : after.records) record.source = SourceIndex(raw(record.source) + 1);
    Record extra;
    extra.span = {0, 10};
    after.records.insert(after.records.begin(), extra);

    Selection selection;
    selection.selectRecord(RecordIndex(7));
    selection.selectRecord(RecordIndex(120), 77);
    selection.rebase(*before.investigation, after);
    EXPECT_EQ(selection.record(), RecordIndex(121));
    EXPECT_EQ(selection.line(), 77);
    selection.goBack();
    EXPECT_EQ(selection.record(), RecordIndex(8));
}

TEST(RecordAt, FindsTheRecordThatHoldsAByteAndNoneBehindTheEnd) {
    const auto made = test::synthetic_case({2, 30});
    const auto& records = made.investigation->records;
    for (std::uint32_t at = 0; at < records.size(); ++at) {
        EXPECT_EQ(record_at(*made.investigation, records[at].source, records[at].span.offset), RecordIndex(at));
        EXPECT_EQ(record_at(*made.investigation, records[at].source, records[at].span.end() - 1), RecordIndex(at));
    }
    EXPECT_EQ(record_at(*made.investigation, SourceIndex(0), made.investigation->sources[0].bytes), std::nullopt);
    EXPECT_EQ(record_at(*made.investigation, SourceIndex(9), 0), std::nullopt);
}

}  // namespace
}  // namespace abm
