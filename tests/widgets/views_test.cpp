// The views around one selection, driven by real mouse and key events.
#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>

#include "app/workbench/explanation_words.h"
#include "tests/widgets/come_to_rest.h"
#include "tests/widgets/synthetic_investigation.h"
#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/lane_item.h"
#include "widgets/ledger_panel.h"
#include "widgets/log_panel.h"
#include "widgets/odd_values.h"
#include "widgets/overview_strip.h"
#include "widgets/score_chart.h"
#include "widgets/session_table.h"
#include "widgets/sources_panel.h"
#include "widgets/theme.h"
#include "widgets/why_panel.h"

namespace abm {
namespace {

class Views : public ::testing::Test {
protected:
    Views() {
        auto* const layout = new QVBoxLayout(&host_);
        for (QWidget* view : {static_cast<QWidget*>(chart_), static_cast<QWidget*>(table_), static_cast<QWidget*>(log_),
                              static_cast<QWidget*>(ledger_), static_cast<QWidget*>(why_)}) {
            layout->addWidget(view);
        }
        host_.resize(1100, 1500);
        host_.show();
        QObject::connect(&selection_, &Selection::recordChanged, &host_, [this] { feedLog(); });
        table_->setSnapshot(made_.investigation);
        ledger_->setSnapshot(made_.investigation);
        why_->setSnapshot(made_.investigation);
        chart_->setSnapshot(made_.investigation, index_);
        test::come_to_rest();
    }

    // What the window does through its job, at once.
    void feedLog() {
        if (!selection_.record()) return;
        const Record& record = selected();
        std::vector<Evidence> evidence;
        for (const Finding& finding : made_.investigation->findings_of(record)) {
            evidence.insert(evidence.end(), finding.evidence.begin(), finding.evidence.end());
        }
        const auto lines = made_.read(record.source, record.span);
        log_->showRecord({"a title", record.span.end(), record.span, {{record.span, lines, 0}, evidence, {}}});
        why_->setLines(lines);
        why_->setExplanation(explanation_words(made_.explain(*selection_.record()), selected()));
    }

    const Record& selected() const { return made_.investigation->records[raw(*selection_.record())]; }
    RecordIndex shownRow() const { return *table_->model()->recordAt(table_->view()->currentIndex().row()); }

    // Where the chart draws a mark, in its viewport.
    QPoint markOnChart(std::size_t lane, const Mark& mark) const {
        const QRectF plot = chart_->chart()->plotArea();
        return QPointF(plot.left() + mark.x, chart_->lanes()->laneTop(lane) + mark.y).toPoint();
    }
    void clickChart(QPoint at) { QTest::mouseClick(chart_->viewport(), Qt::LeftButton, {}, at); }
    void drag(QPoint from, QPoint to) {
        QTest::mousePress(chart_->viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(chart_->viewport(), (from + to) / 2);
        QTest::mouseMove(chart_->viewport(), to);
        QTest::mouseRelease(chart_->viewport(), Qt::LeftButton, {}, to);
    }

    test::SyntheticCase made_ = test::synthetic_case();
    std::shared_ptr<const ScoreIndex> index_ = ScoreIndex::build(*made_.investigation);
    Selection selection_;
    QWidget host_;
    ScoreChart* chart_ = new ScoreChart(selection_);
    SessionTable* table_ = new SessionTable(selection_);
    LogPanel* log_ = new LogPanel(selection_);
    LedgerPanel* ledger_ = new LedgerPanel(selection_);
    WhyPanel* why_ = new WhyPanel(selection_);
};

TEST_F(Views, AClickOnAMarkOfTheChartIsFollowedByAllViews) {
    const auto marks = chart_->lanes()->marksOfLane(1);
    const auto critical =
        std::find_if(marks.begin(), marks.end(), [](const Mark& mark) { return mark.severity == Severity::critical; });
    ASSERT_NE(critical, marks.end());
    clickChart(markOnChart(1, *critical));
    ASSERT_EQ(selection_.record(), RecordIndex(critical->record));
    EXPECT_EQ(shownRow(), RecordIndex(critical->record));
    EXPECT_EQ(log_->view()->lines().front().span.offset, selected().span.offset);
    EXPECT_EQ(ledger_->model()->movementAt(ledger_->view()->currentIndex().row())->record, RecordIndex(critical->record));
    EXPECT_TRUE(why_->sentence()->text().contains("1,000.00 CAD</span>"));
    EXPECT_TRUE(why_->sentence()->text().contains(tokens().critical.name()));
    EXPECT_EQ(why_->oddValues()->shown(), 5);
}

TEST_F(Views, HoveringAMarkTellsTimeMachineTypeScoreAndSentence) {
    const Mark mark = chart_->lanes()->marksOfLane(1).back();
    const Record& record = made_.investigation->records[mark.record];
    const QPoint at = markOnChart(1, mark);
    QHelpEvent hover(QEvent::ToolTip, at, chart_->viewport()->mapToGlobal(at));
    QApplication::sendEvent(chart_->viewport(), &hover);
    const QString tip = QToolTip::text();
    EXPECT_TRUE(tip.contains(qstring(made_.investigation->machine_of(record)))) << tip.toStdString();
    EXPECT_TRUE(tip.contains(qstring(clock_text(record.start))));
    EXPECT_TRUE(tip.contains(qstring(display_name(record.type))));
    EXPECT_TRUE(tip.contains(score_text(record.score)));
    EXPECT_TRUE(tip.contains(qstring(made_.investigation->findings_of(record).front().sentence)));
}

TEST_F(Views, AClickInTheTableIsFollowedByChartAndLog) {
    QTableView* const view = table_->view();
    const QModelIndex index = table_->model()->index(4, 0);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    ASSERT_TRUE(selection_.record());
    EXPECT_EQ(*selection_.record(), *table_->model()->recordAt(4));
    EXPECT_TRUE(chart_->accessibleDescription().contains(record_title(*made_.investigation, selected())));
    EXPECT_EQ(log_->view()->lines().front().span.offset, selected().span.offset);
    QTest::keyClick(view, Qt::Key_Down);
    EXPECT_EQ(*selection_.record(), *table_->model()->recordAt(5));
}

TEST_F(Views, TheLineOfEvidenceOpensFromWhyAndLinesStepByKey) {
    selection_.selectRecord(made_.worst());
    ASSERT_EQ(why_->findingLabels().size(), 2);
    QLabel* const finding = why_->findingLabels().front();
    EXPECT_TRUE(finding->text().contains("line&nbsp;6")) << finding->text().toStdString();
    const auto offset = made_.investigation->findings_of(selected()).front().evidence.front().line.offset;
    emit finding->linkActivated(QString::number(offset));
    EXPECT_EQ(selection_.line(), offset);
    ASSERT_TRUE(log_->view()->currentLine());
    EXPECT_EQ(*log_->view()->currentLine(), 5);
    QTest::keyClick(log_->view(), Qt::Key_Down);
    EXPECT_EQ(*log_->view()->currentLine(), 6);
    EXPECT_EQ(selection_.line(), log_->view()->lines()[6].span.offset);
    log_->view()->step(1);  // over the row of silence to the next line
    EXPECT_EQ(*log_->view()->currentLine(), 7);
}

TEST_F(Views, TheWheelZoomsAtTheCursorAndHomeFits) {
    const QRectF plot = chart_->chart()->plotArea();
    const QPointF at(plot.left() + plot.width() * 0.25, plot.center().y());
    const TimeRange before = chart_->visibleRange();
    const Time under = chart_->lanes()->scale().time_of(at.x() - plot.left());
    QWheelEvent wheel(at, chart_->viewport()->mapToGlobal(at), {}, QPoint(0, 240), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(chart_->viewport(), &wheel);
    EXPECT_LT(chart_->visibleRange().length(), before.length());
    const auto moved = chart_->lanes()->scale().time_of(at.x() - chart_->chart()->plotArea().left()) - under;
    EXPECT_LT(std::abs(moved.count()), before.length().count() / 200);
    QTest::keyClick(chart_, Qt::Key_Right);
    QTest::keyClick(chart_, Qt::Key_Home);
    EXPECT_EQ(chart_->visibleRange(), index_->whole);
}

TEST_F(Views, ADragSelectsATimeRangeThatTheTableKeepsTo) {
    const QRectF plot = chart_->chart()->plotArea();
    const int y = static_cast<int>(plot.top()) + 3;
    drag({static_cast<int>(plot.left() + plot.width() * 0.3), y}, {static_cast<int>(plot.left() + plot.width() * 0.5), y});
    ASSERT_TRUE(selection_.range());
    ASSERT_GT(table_->model()->rowCount(), 0);
    for (const std::uint32_t at : table_->model()->rows()) {
        EXPECT_TRUE(selection_.range()->contains(made_.investigation->records[at].start));
    }
    QTest::mouseDClick(chart_->viewport(), Qt::LeftButton, {}, plot.center().toPoint());
    EXPECT_FALSE(selection_.range());
    EXPECT_EQ(table_->model()->rowCount(), 600);
}

TEST_F(Views, TheThresholdIsALineToDrag) {
    const QRectF plot = chart_->chart()->plotArea();
    const auto y = static_cast<int>(chart_->lanes()->thresholdY(0));
    int x = static_cast<int>(plot.left()) + 5;
    while (chart_->lanes()->recordAt(QPointF(x, y))) ++x;
    QSignalSpy dropped(chart_, &ScoreChart::thresholdChanged);
    drag({x, y}, {x, y - 10});
    ASSERT_EQ(dropped.count(), 1);
    EXPECT_GT(chart_->threshold(), 0.5F);
    EXPECT_FALSE(selection_.range());
}

TEST_F(Views, ASecondClickOnAHeaderTurnsTheOrder) {
    QHeaderView* const header = table_->view()->horizontalHeader();
    const int column = static_cast<int>(RecordColumn::time);
    const QPoint at(header->sectionViewportPosition(column) + 10, header->height() / 2);
    const auto first = [&] { return made_.investigation->records[table_->model()->rows().front()].start; };
    const auto last = [&] { return made_.investigation->records[table_->model()->rows().back()].start; };
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    EXPECT_LE(first(), last());
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    EXPECT_GT(first(), last());
}

TEST_F(Views, TheTypeTakesTheWidthThatIsLeftAndTheMenuOfTheHeaderHoldsTheRest) {
    QTableView* const view = table_->view();
    const auto width = [&] {
        int sum = 0;
        for (int column = 0; column < kRecordColumnCount; ++column)
            sum += view->isColumnHidden(column) ? 0 : view->columnWidth(column);
        return sum;
    };
    EXPECT_EQ(width(), view->viewport()->width()) << "nothing is cut off, nothing is left over";
    EXPECT_FALSE(table_->columns().shows(RecordColumn::amount));
    EXPECT_TRUE(table_->columns().shows(RecordColumn::at_risk));
    EXPECT_TRUE(table_->columns().state().isEmpty()) << "nothing was chosen yet";
    table_->columns().show(RecordColumn::amount, true);
    EXPECT_EQ(width(), view->viewport()->width());
    const QByteArray chosen = table_->columns().state();
    table_->columns().restore("chosen,machine,no such column,");
    EXPECT_TRUE(table_->columns().shows(RecordColumn::amount)) << "what cannot be read changes nothing";
    table_->columns().reset();
    EXPECT_FALSE(table_->columns().shows(RecordColumn::amount));
    table_->columns().restore(chosen);
    EXPECT_TRUE(table_->columns().shows(RecordColumn::amount));
    table_->columns().reset();
    table_->setMaximumWidth(300);
    test::come_to_rest();
    EXPECT_FALSE(table_->columns().shows(RecordColumn::at_risk)) << "a narrow list leaves out what finds no room";
    EXPECT_TRUE(table_->columns().shows(RecordColumn::type));
    table_->setMaximumWidth(QWIDGETSIZE_MAX);
    test::come_to_rest();
    EXPECT_TRUE(table_->columns().shows(RecordColumn::at_risk));
}

TEST_F(Views, CtrlCCopiesRowsAndLines) {
    selection_.selectRecord(made_.worst());
    QTest::keyClick(table_->view(), Qt::Key_C, Qt::ControlModifier);
    EXPECT_TRUE(QApplication::clipboard()->text().contains("cash_at_risk"));
    selection_.selectLine(log_->view()->lines()[5].span.offset);
    QTest::keyClick(log_->view(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(log_->view(), Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QApplication::clipboard()->text(), "*4105*1*w 0, M-00  ESC: 012  CAD50-004 CAD100-008\n*4105*1*D*9,M-84,R-0\n");
}

TEST_F(Views, AnEmptyListSaysWhyAndItsButtonLeadsOut) {
    RecordFilter filter;
    filter.setLeastScore(0.999F);
    table_->setFilter(filter);
    EmptyState* const empty = table_->emptyState();
    ASSERT_TRUE(empty->isVisible());
    EXPECT_EQ(empty->cause(), "No session above 1.00. The highest is .98.");
    QTest::mouseClick(empty->button(), Qt::LeftButton);
    EXPECT_GT(table_->model()->rowCount(), 0);
    filter = {};
    filter.typed.text = "no such word";
    table_->setFilter(filter);
    QTest::mouseClick(empty->button(), Qt::LeftButton);
    EXPECT_EQ(table_->model()->rowCount(), 600);
}

TEST_F(Views, ALedgerRowSelectsItsRecordAndLine) {
    QTest::mouseClick(ledger_->onlyDiscrepancies(), Qt::LeftButton);
    QTableView* const view = ledger_->view();
    ASSERT_GT(ledger_->model()->rowCount(), 1);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(ledger_->model()->index(1, 0)).center());
    const CashMovement& movement = *ledger_->model()->movementAt(1);
    EXPECT_EQ(selection_.record(), movement.record);
    EXPECT_EQ(selection_.line(), movement.offset);
    ASSERT_FALSE(ledger_->model()->totals().differences.empty());
    for (const auto& [machine, difference] : ledger_->model()->totals().differences) {
        EXPECT_TRUE(ledger_->totals()->text().contains(qstring(money_text(difference)))) << "never summed over machines";
    }
}

TEST_F(Views, TheOverviewDrawsEveryAnomalyWhateverTheChartShows) {
    OverviewStrip strip;
    strip.resize(800, 46);
    strip.setIndex(index_);
    chart_->zoom(0.01);
    strip.setView(chart_->visibleRange());
    const auto marks = strip.marks();
    for (const Record& record : made_.investigation->records) {
        if (record.severity == Severity::none) continue;
        const TimeScale scale{index_->whole, 800 - 16};
        EXPECT_TRUE(std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
            return mark.x == scale.column_of(record.start) && mark.severity == record.severity;
        }));
    }
}

TEST_F(Views, LargeSnapshotsAreQueriedBehindTheScenes) {
    const auto large = test::synthetic_case({2, 11000});
    QSignalSpy listed(table_, &SessionTable::listed);
    table_->setSnapshot(large.investigation);
    EXPECT_FALSE(table_->settled());
    EXPECT_EQ(table_->model()->rowCount(), 600);  // the old rows stay until the new ones are there
    ASSERT_TRUE(listed.wait(5000));
    EXPECT_TRUE(table_->settled());
    EXPECT_EQ(table_->model()->rowCount(), 22000);
    RecordFilter filter;
    filter.chips = {severity_chip(Severity::low)};
    table_->setFilter({});
    table_->setFilter(filter);  // the first answer is stale: it never shows
    ASSERT_TRUE(listed.wait(5000));
    EXPECT_EQ(table_->model()->rows(), query_records(*large.investigation, filter, {}));
}

TEST(SourcesPanel, TellsHowFarAFileHasGrownWhileAQuestionWaits) {
    const auto made = test::synthetic_case({2, 20}).investigation;
    SourcesPanel panel;
    panel.resize(400, 500);
    panel.show();
    panel.setSnapshot(made);
    panel.view()->setCurrentIndex(panel.view()->model()->index(1, SourceModel::name));
    panel.takeOutButton()->click();
    ASSERT_TRUE(panel.question()->isVisible());
    auto grown = std::make_shared<Investigation>(*made);
    grown->sources[1].lines = 7'654'321;
    panel.setRescored(grown);
    const QModelIndex lines = panel.view()->model()->index(1, SourceModel::lines);
    EXPECT_TRUE(lines.data().toString().contains("7,654,321")) << lines.data().toString().toStdString();
    EXPECT_TRUE(panel.account()->text().contains("7,654,321")) << panel.account()->text().toStdString();
    EXPECT_TRUE(panel.question()->isVisible());
    EXPECT_EQ(panel.view()->currentIndex().row(), 1);
}

TEST(SourcesPanel, TellsProblemsAndAsksForTheLinesNothingUnderstood) {
    const auto made = test::synthetic_case();
    SourcesPanel panel;
    panel.resize(400, 700);
    panel.show();
    panel.setSnapshot(made.investigation);
    EXPECT_TRUE(panel.account()->text().contains("One line is cut short"));
    EXPECT_TRUE(panel.account()->text().contains("list them"));
    QSignalSpy asked(&panel, &SourcesPanel::notUnderstoodRequested);
    const QPoint first = panel.view()->visualRect(panel.view()->model()->index(0, SourceModel::name)).center();
    QTest::mouseClick(panel.view()->viewport(), Qt::LeftButton, {}, first);
    QTest::mouseDClick(panel.view()->viewport(), Qt::LeftButton, {}, first);
    EXPECT_EQ(asked.count(), 1);
}

}  // namespace
}  // namespace abm
