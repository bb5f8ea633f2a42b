// The frame around the views: docks, jobs, notices, the way back after a restart, names for screen readers.
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QDockWidget>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <algorithm>

#include "app/workbench/job_desk.h"
#include "app/workbench/status_line.h"
#include "tests/widgets/come_to_rest.h"
#include "tests/widgets/expert_window.h"
#include "widgets/dock_head.h"
#include "widgets/jobs_panel.h"
#include "widgets/notice_bar.h"
#include "widgets/score_chart.h"

namespace abm::test {
namespace {

using Frame = ExpertWindow;

TEST_F(Frame, TabsBringTheirViewToTheFrontAndFloatingViewsComeBack) {
    open();
    DockSet& docks = window_->triage()->docks();
    test::come_to_rest();
    ASSERT_TRUE(docks.isInFront(View::sessions));
    QTabBar* const tabs = docks.head(View::sessions)->tabs();
    ASSERT_EQ(tabs->count(), 3);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(2).center());
    test::come_to_rest();
    EXPECT_TRUE(docks.isInFront(View::sources));
    EXPECT_FALSE(docks.isInFront(View::sessions));
    docks.dock(View::ledger)->setFloating(true);
    docks.dock(View::why)->hide();
    test::come_to_rest();
    window_->actions().reset_layout->trigger();
    test::come_to_rest();
    EXPECT_FALSE(docks.dock(View::ledger)->isFloating());
    for (int view = 0; view < kViewCount; ++view) EXPECT_TRUE(docks.isOpen(static_cast<View>(view))) << view;
    EXPECT_TRUE(docks.isInFront(View::sessions));
}

TEST_F(Frame, TellsWhatReadingFoundAndKeepsItAmongTheJobs) {
    open();
    const Notice* const notice = window_->status()->notices()->shown();
    ASSERT_TRUE(notice);
    EXPECT_TRUE(notice->text.contains("critical found")) << notice->text.toStdString();
    JobList& jobs = window_->triage()->jobs();
    ASSERT_EQ(jobs.rowCount(), 1);
    EXPECT_EQ(jobs.at(0).state, Job::State::done);
    EXPECT_EQ(jobs.at(0).result, notice->text);
}

TEST_F(Frame, BacksUpChecksAndSaysWhere) {
    open();
    const QString copy = folder_.filePath("copy.abmw");
    window_->backUp(copy);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(QFile::exists(copy));
    ASSERT_TRUE(window_->status()->notices()->shown());
    EXPECT_EQ(window_->status()->notices()->shown()->button, "Open folder");
    window_->actions().check->trigger();
    ASSERT_TRUE(settle());
    EXPECT_TRUE(window_->triage()->jobs().at(0).result.startsWith("The workspace is whole")) << "newest first";
}

TEST_F(Frame, TakesLabelsFromAFileAndSaysWhatWasNotStored) {
    open();
    const Record& record = all().records[raw(selected())];
    QFile file(folder_.filePath("labels.csv"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    const std::string name = all().source_of(record).name;
    file.write(("source,kind,start_offset,label,type,who\n" + name + ",session," + std::to_string(record.span.offset) +
                ",normal,,ann\n" + name + ",session,1,normal,,ann\n")
                   .c_str());
    file.close();
    window_->importLabels(file.fileName());
    ASSERT_TRUE(settle());
    EXPECT_EQ(count("SELECT count(*) FROM label_events"), 1);
    EXPECT_EQ(labelOf(selected()), LabelClass::normal);
    const Job& job = window_->triage()->jobs().at(0);
    EXPECT_TRUE(job.result.startsWith("1 label taken over")) << job.result.toStdString();
    EXPECT_TRUE(job.result.contains("line 3")) << job.result.toStdString();
}

// The settings are written when the selection rests: a program that is killed has no other moment.
TEST_F(Frame, ComesBackToRecordAndZoomWithoutHavingBeenClosed) {
    open();
    press(Qt::Key_BracketRight);
    const auto record = selected();
    window_->triage()->chart()->zoom(0.5);
    const TimeRange view = window_->triage()->chart()->visibleRange();
    QTest::qWait(900);
    test::come_to_rest();
    Settings after_kill(settings_.file());
    MainWindow next(after_kill, {});
    next.show();
    next.openLast();
    ASSERT_TRUE(QTest::qWaitFor([&] { return next.settled() && !next.showsStart(); }, 60000));
    EXPECT_EQ(next.triage()->selection().record(), record);
    EXPECT_EQ(next.triage()->chart()->visibleRange().begin, view.begin);
    EXPECT_EQ(next.triage()->chart()->visibleRange().end, view.end);
}

TEST_F(Frame, RemembersThePlaceOfSomebodyWhoNeverPauses) {
    open();
    const auto before = Settings(settings_.file()).recent().front().record;
    for (int at = 0; at < 10; ++at) {
        press(Qt::Key_BracketRight);
        QTest::qWait(150);
    }
    EXPECT_NE(Settings(settings_.file()).recent().front().record, before);
}

TEST_F(Frame, AClosedWorkspaceIsNotOpenedByItself) {
    open();
    window_->actions().close->trigger();
    ASSERT_TRUE(window_->showsStart());
    EXPECT_TRUE(settings_.openWorkspace().isEmpty());
}

TEST_F(Frame, EveryWidgetThatTakesTheFocusHasAName) {
    open();
    for (const QWidget* const widget : window_->findChildren<QWidget*>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || widget->isHidden() || widget->window() != window_.get()) continue;
        const auto* const area = qobject_cast<const QAbstractScrollArea*>(widget->parentWidget());
        if (widget->objectName().startsWith("qt_") || (area && area->viewport() == widget)) continue;
        QAccessibleInterface* const face = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
        ASSERT_TRUE(face);
        EXPECT_FALSE(face->text(QAccessible::Name).isEmpty())
            << widget->metaObject()->className() << " " << widget->objectName().toStdString() << " in "
            << widget->parentWidget()->metaObject()->className();
    }
}

}  // namespace
}  // namespace abm::test
