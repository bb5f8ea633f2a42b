// Why and the ledger in the real window, on generated journals.
#include <gtest/gtest.h>

#include <QLabel>
#include <QTabBar>

#include "tests/widgets/come_to_rest.h"
#include "tests/widgets/expert_window.h"
#include "widgets/cassette_chart.h"
#include "widgets/ledger_panel.h"
#include "widgets/odd_values.h"
#include "widgets/pane.h"
#include "widgets/rich_label.h"
#include "widgets/why_panel.h"
#include "widgets/why_section.h"

namespace abm {
namespace {

class WhyWindow : public test::ExpertWindow {
protected:
    TriagePage& page() { return *window_->triage(); }
    WhyPanel& why() { return *page().why(); }
    void select(RecordIndex record) {
        page().selection().selectRecord(record);
        ASSERT_TRUE(settle());
    }
};

TEST_F(WhyWindow, TellsWhatLabelsDidAndRemembersTheFirstScore) {
    ASSERT_NO_FATAL_FAILURE(open());
    std::optional<RecordIndex> session;  // one the models score
    for (std::uint32_t at = 0; at < all().records.size() && !session; ++at)
        if (all().records[at].severity >= Severity::low && all().records[at].feature_row >= 0) session = RecordIndex(at);
    ASSERT_TRUE(session);
    ASSERT_NO_FATAL_FAILURE(select(*session));
    EXPECT_TRUE(why().labelSection()->rows().empty());
    EXPECT_TRUE(why().plainText().contains("First score")) << "stored with the files: " << why().plainText().toStdString();
    press(Qt::Key_0);
    ASSERT_TRUE(settle());
    ASSERT_NO_FATAL_FAILURE(select(*session));
    ASSERT_FALSE(why().labelSection()->rows().empty());
    const QString influence = plain_text(*why().labelSection()->rows().front());
    EXPECT_TRUE(influence.startsWith("−")) << "a verdict of normal lowers its own record: " << influence.toStdString();
    EXPECT_TRUE(influence.contains("100 % like #1")) << influence.toStdString();
    EXPECT_TRUE(why().plainText().contains("with 1 label since"));
    picture("why");

    ASSERT_NO_FATAL_FAILURE(open());  // again: what was shown last was stored when the window closed
    ASSERT_NO_FATAL_FAILURE(select(*session));
    EXPECT_TRUE(why().plainText().contains("First score")) << why().plainText().toStdString();
}

TEST_F(WhyWindow, LooksAlikeAndOddValuesLeadOn) {
    ASSERT_NO_FATAL_FAILURE(open());
    std::optional<RecordIndex> with_alike;
    for (std::uint32_t at = 0; at < all().records.size() && !with_alike; ++at) {
        if (all().records[at].feature_row < 0) continue;
        ASSERT_NO_FATAL_FAILURE(select(RecordIndex(at)));
        if (why().alikeSection()->rows().size() > 1 && why().oddValues()->shown() > 0) with_alike = RecordIndex(at);
    }
    ASSERT_TRUE(with_alike);
    QLabel* const row = why().alikeSection()->rows().front();
    EXPECT_TRUE(plain_text(*row).contains(" %"));
    row->setFocus();
    QTest::keyClick(row, Qt::Key_Tab);
    QTest::keyClick(row, Qt::Key_Return);
    EXPECT_NE(selected(), *with_alike);
    ASSERT_TRUE(settle());
}

TEST_F(WhyWindow, ShowsTheCassettesOfTheMachines) {
    ASSERT_NO_FATAL_FAILURE(open());
    page().showView(View::ledger);
    test::come_to_rest();
    EXPECT_GE(page().ledger()->chart()->lanes().size(), 2U);
    EXPECT_TRUE(page().ledger()->totals()->text().contains("dispensed <b>"));
    EXPECT_TRUE(window_->actions().export_ledger->isEnabled()) << "the palette offers it";
    picture("ledger");
    page().ledger()->chart()->setFocus();
    QTest::keyClick(page().ledger()->chart(), Qt::Key_Right);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(is_discrepancy(*page().ledger()->model()->movementAt(page().ledger()->view()->currentIndex().row())));
    picture("ledger-discrepancy");
}

}  // namespace
}  // namespace abm
