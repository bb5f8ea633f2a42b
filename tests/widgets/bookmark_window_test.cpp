// Bookmarks and flags in the real window: set by key, stored, found again after a restart, one expert's own.
#include <QLineEdit>
#include <algorithm>

#include "app/workbench/bookmark_desk.h"
#include "app/workbench/label_mode.h"
#include "tests/widgets/expert_window.h"
#include "widgets/filter_bar.h"
#include "widgets/log_panel.h"
#include "widgets/overview_strip.h"
#include "widgets/queue_panel.h"
#include "widgets/score_chart.h"

namespace abm::test {
namespace {

class BookmarkWindow : public ExpertWindow {
protected:
    const Bookmarks& marks() { return window_->bookmarkDesk().bookmarks(); }
    void toggle(Qt::Key key) {
        press(key);
        ASSERT_TRUE(settle());
    }
    void selectAnomaly(int steps) {
        for (int at = 0; at < steps; ++at) press(Qt::Key_BracketRight);
        ASSERT_TRUE(settle());
    }
};

TEST_F(BookmarkWindow, SetByKeyTheySurviveARestartAndTheSameKeyTakesThemAway) {
    open();
    const RecordIndex first = selected();
    toggle(Qt::Key_M);
    ASSERT_EQ(marks().size(), 1U);
    EXPECT_EQ(marks()[0].record, first);
    EXPECT_EQ(marks()[0].line, std::nullopt);
    EXPECT_EQ(window_->triage()->overview()->pins().size(), 1U);
    press(Qt::Key_J);  // a line
    const auto line = window_->triage()->selection().line();
    ASSERT_TRUE(line);
    toggle(Qt::Key_M);
    toggle(Qt::Key_F);
    EXPECT_EQ(count("SELECT count(*) FROM bookmarks"), 3);
    picture("bookmarks");

    open();
    ASSERT_EQ(marks().size(), 3U);
    EXPECT_EQ(std::count_if(marks().begin(), marks().end(), [&](const Bookmark& one) { return one.line == line; }), 1);
    EXPECT_EQ(std::count_if(marks().begin(), marks().end(), [](const Bookmark& one) { return one.kind == BookmarkKind::flag; }),
              1);
    window_->triage()->selection().selectRecord(first);
    ASSERT_TRUE(settle());
    ASSERT_FALSE(window_->triage()->selection().line());
    toggle(Qt::Key_M);
    EXPECT_EQ(count("SELECT count(*) FROM bookmarks WHERE mark = 'bookmark'"), 1) << "the one on the line stays";
}

TEST_F(BookmarkWindow, TheApostropheGoesFromOneToTheNextAndRound) {
    open();
    press(Qt::Key_Apostrophe);
    std::vector<RecordIndex> set;
    window_->triage()->selection().selectRecord(RecordIndex(0));
    for (int at = 0; at < 3; ++at) {
        selectAnomaly(2);
        toggle(Qt::Key_M);
        set.push_back(selected());
    }
    press(Qt::Key_Apostrophe);
    EXPECT_EQ(selected(), set[0]) << "behind the last comes the first";
    press(Qt::Key_Apostrophe);
    EXPECT_EQ(selected(), set[1]);
    press(Qt::Key_Apostrophe);
    EXPECT_EQ(selected(), set[2]);
}

TEST_F(BookmarkWindow, AFlaggedRecordStandsFirstInTheQueueUntilItIsLabelled) {
    open();
    window_->triage()->selection().selectRecord(RecordIndex(0));
    selectAnomaly(3);
    const RecordIndex flagged = selected();
    toggle(Qt::Key_F);
    EXPECT_EQ(selected(), flagged) << "a flag is no verdict: nothing moves";
    const QueueModel& queue = *window_->triage()->queue()->model();
    ASSERT_EQ(queue.recordAt(0), flagged);
    EXPECT_EQ(queue.data(queue.index(0, QueueModel::reason), Qt::DisplayRole).toString(), "flagged");
    EXPECT_EQ(std::count_if(queue.entries().begin(), queue.entries().end(),
                            [&](const ShownQueueEntry& one) { return one.record == flagged; }),
              1);
    press(Qt::Key_0);
    ASSERT_TRUE(settle());
    EXPECT_EQ(labelOf(flagged), LabelClass::normal);
    EXPECT_EQ(queue.rowOf(flagged), -1);
    EXPECT_EQ(count("SELECT count(*) FROM bookmarks WHERE mark = 'flag'"), 1) << "it stays on the chart";
}

TEST_F(BookmarkWindow, KeysAreLettersInTextFieldsAndWorkInLabelMode) {
    open();
    window_->triage()->focusFilter();
    QTest::keyClicks(QApplication::focusWidget(), "mf'");
    EXPECT_EQ(window_->triage()->topBar()->filters()->textField()->text(), "mf'");
    window_->triage()->topBar()->filters()->textField()->clear();
    ASSERT_TRUE(settle());
    EXPECT_EQ(count("SELECT count(*) FROM bookmarks"), 0);
    window_->triage()->sessions()->view()->setFocus();
    press(Qt::Key_L);
    ASSERT_TRUE(settle());
    ASSERT_TRUE(window_->labelMode().active());
    const RecordIndex shown = selected();
    toggle(Qt::Key_F);
    EXPECT_EQ(selected(), shown);
    EXPECT_TRUE(window_->labelMode().active());
    ASSERT_EQ(marks().size(), 1U);
    EXPECT_EQ(marks()[0].kind, BookmarkKind::flag);
    EXPECT_FALSE(window_->actions().next_bookmark->isEnabled()) << "nothing moves that one does not see";
}

TEST_F(BookmarkWindow, EachExpertHasHisOwn) {
    open();
    toggle(Qt::Key_M);
    window_->job().setExpert("somebody else");
    window_->bookmarkDesk().refresh();
    ASSERT_TRUE(settle());
    EXPECT_TRUE(marks().empty());
    toggle(Qt::Key_M);
    EXPECT_EQ(marks().size(), 1U);
    EXPECT_EQ(count("SELECT count(DISTINCT who) FROM bookmarks"), 2);
}

}  // namespace
}  // namespace abm::test
