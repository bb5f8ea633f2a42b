// The real window: start, layout, errors; and the journey through the real journals.
#include <gtest/gtest.h>

#include <QDir>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cstdlib>

#include "app/workbench/main_window.h"
#include "app/workbench/sample.h"
#include "app/workbench/start_page.h"
#include "app/workbench/status_line.h"
#include "app/workbench/triage_page.h"
#include "core/generate/generate.h"
#include "tests/widgets/come_to_rest.h"
#include "widgets/empty_state.h"
#include "widgets/lane_item.h"
#include "widgets/ledger_panel.h"
#include "widgets/log_panel.h"
#include "widgets/odd_values.h"
#include "widgets/pane.h"
#include "widgets/score_chart.h"
#include "widgets/session_table.h"
#include "widgets/sources_panel.h"
#include "widgets/why_panel.h"

namespace abm {
namespace {

class Window : public ::testing::Test {
protected:
    QTemporaryDir folder_;
    Settings settings_{folder_.filePath("settings.ini")};

    static QList<QDockWidget*> docks(MainWindow& window) { return window.findChildren<QDockWidget*>(); }
    static bool settle(MainWindow& window) {
        return QTest::qWaitFor([&] { return window.settled(); }, 60000);
    }
};

TEST_F(Window, StartsWithTheQuestionAndOffersTheSampleOnlyWhenItCanBeMade) {
    MainWindow without(settings_, {});
    without.show();
    EXPECT_TRUE(without.showsStart());
    EXPECT_FALSE(without.start()->sampleCard()->isVisible());
    EXPECT_TRUE(without.start()->openCard()->isVisible());
    MainWindow with(settings_, [](const Progress&) { return std::filesystem::path("/nowhere"); });
    with.show();
    EXPECT_TRUE(with.start()->sampleCard()->isVisible());
}

TEST_F(Window, SurvivesADamagedLayout) {
    for (const char* part : {"window", "docks", "centre"}) settings_.setLayout(part, QByteArray("\x01\xffgarbage\0more", 15));
    MainWindow window(settings_, {});
    window.show();
    EXPECT_TRUE(window.isVisible());
    EXPECT_GE(window.width(), 1024);
    for (const QDockWidget* dock : docks(window)) EXPECT_FALSE(dock->isHidden());
}

TEST_F(Window, IgnoresTheLayoutOfAnotherVersionAndRestoresItsOwn) {
    {
        MainWindow window(settings_, {});
        window.show();
        // Widths mean something, and are remembered, only once the page was shown.
        static_cast<QStackedWidget*>(window.triage()->parentWidget())->setCurrentWidget(window.triage());
        test::come_to_rest();
        docks(window).back()->hide();
        window.close();
    }
    {
        MainWindow window(settings_, {});
        EXPECT_TRUE(docks(window).back()->isHidden());
        window.actions().reset_layout->trigger();
        EXPECT_FALSE(docks(window).back()->isHidden());
    }
    settings_.setLayout("docks", "x");
    QSettings(settings_.file(), QSettings::IniFormat).setValue("layout/version", 999);
    EXPECT_TRUE(Settings(settings_.file()).layout("docks").isEmpty());
}

TEST_F(Window, SaysWhatIsWrongWithAPathThatDoesNotExist) {
    MainWindow window(settings_, {});
    window.show();
    window.openPaths({folder_.filePath("no-such-journal.txt")});
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.showsStart() && !window.job().running(); }, 10000));
    const auto labels = window.start()->findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(),
                            [](QLabel* label) { return label->isVisible() && label->text().contains("no-such-journal.txt"); }));
}

TEST_F(Window, OpensWhatIsDroppedOnIt) {
    MainWindow window(settings_, {});
    window.show();
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(folder_.filePath("dropped.txt"))});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &drop);
    EXPECT_TRUE(window.job().running());
    EXPECT_FALSE(window.showsStart());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.job().running(); }, 10000));
}

TEST_F(Window, AnswersCancelAtOnceWhateverTheWorkerDoes) {
    std::stop_source release;
    MainWindow window(settings_, [token = release.get_token()](const Progress&) -> std::filesystem::path {
        while (!token.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return "/nowhere";
    });
    window.show();
    window.openSample();
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.status()->cancelButton()->isVisible(); }, 3000));
    QElapsedTimer clock;
    clock.start();
    QTest::mouseClick(window.status()->cancelButton(), Qt::LeftButton);
    EXPECT_LT(clock.elapsed(), 200);
    EXPECT_FALSE(window.job().running());
    EXPECT_TRUE(window.showsStart());
    release.request_stop();
}

TEST_F(Window, RemembersWhatWasOpenNewestFirstAndMarksWhatIsGone) {
    const QString a = folder_.filePath("a.abmw"), b = folder_.filePath("b.abmw");
    for (const QString& path : {a, b}) ASSERT_TRUE(QFile(path).open(QIODevice::WriteOnly));
    settings_.remember(a, "first", {});
    settings_.remember(b, "second", {});
    settings_.remember(a, "again", "record");
    ASSERT_EQ(settings_.recent().size(), 2);
    EXPECT_EQ(settings_.recent().front().summary, "again");
    EXPECT_EQ(settings_.recent().front().record, "record");
    QFile::remove(a);
    ASSERT_EQ(settings_.recent().size(), 2);
    EXPECT_TRUE(settings_.recent().front().missing);
    EXPECT_FALSE(settings_.recent().back().missing);
    MainWindow window(settings_, {});
    window.show();
    EXPECT_FALSE(window.start()->continueCard()->isVisible());
    for (QPushButton* const button : window.start()->findChildren<QPushButton*>()) {
        if (button->accessibleName().startsWith("Remove a ")) QTest::mouseClick(button, Qt::LeftButton);
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.start()->continueCard()->isVisible(); }, 2000));
    ASSERT_EQ(settings_.recent().size(), 1);
    EXPECT_EQ(settings_.recent().front().summary, "second");
}

TEST_F(Window, ShowsTheSampleExplainedFromOneClick) {
    const auto folder = std::filesystem::path(folder_.path().toStdString()) / "sample";
    MainWindow window(settings_, [folder](const Progress& progress) { return make_sample(folder, progress); });
    window.show();
    QTest::mouseClick(window.start()->sampleCard(), Qt::LeftButton);
    ASSERT_TRUE(settle(window));
    const TriagePage& page = *window.triage();
    ASSERT_EQ(page.loaded().snapshot->sources.size(), 3U);
    EXPECT_FALSE(page.why()->findingLabels().empty());
    EXPECT_GT(page.why()->oddValues()->shown(), 0);
    for (const OddValue& odd : page.why()->oddValues()->rows())
        EXPECT_FALSE(odd.name.contains('_') || odd.name.startsWith("the ")) << odd.name.toStdString();
}

TEST_F(Window, SaysWhatToDoWhenAJournalVanishedBehindItsBack) {
    const auto folder = std::filesystem::path(folder_.path().toStdString()) / "sample";
    MainWindow window(settings_, [folder](const Progress& progress) { return make_sample(folder, progress); });
    window.show();
    window.openSample();
    ASSERT_TRUE(settle(window));
    std::filesystem::remove_all(folder);
    QTest::keyClick(window.triage()->sessions()->view(), Qt::Key_Down);
    ASSERT_TRUE(settle(window));
    EmptyState* const message = window.triage()->log()->emptyState();
    ASSERT_TRUE(message->isVisible());
    EXPECT_TRUE(message->cause().contains("ABM077")) << message->cause().toStdString();
    EXPECT_TRUE(message->button()->isVisible());
}

TEST_F(Window, KeepsWhatWasReadWhenCancelledAndSaysThatItIsPartial) {
    GenerateOptions options;
    options.machines = 4;
    options.bytes = 48 << 20;
    options.out = std::filesystem::path(folder_.path().toStdString()) / "large";
    generate_journals(options, {});
    std::filesystem::remove(options.out / "truth.csv");
    MainWindow window(settings_, {});
    window.show();
    bool cancelled = false;
    QObject::connect(&window.job(), &WorkspaceJob::partial, &window, [&] {
        if (!std::exchange(cancelled, true)) window.job().cancel();
    });
    window.openPaths({QString::fromStdString(options.out.string())});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.job().running(); }, 60000));
    ASSERT_TRUE(cancelled) << "no partial result came before the end";
    EXPECT_FALSE(window.showsStart());
    ASSERT_TRUE(window.triage()->loaded().snapshot);
    EXPECT_TRUE(window.triage()->loaded().snapshot->partial);
    EXPECT_FALSE(window.triage()->loaded().snapshot->records.empty());
    const auto labels = window.status()->findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(),
                            [](QLabel* label) { return label->isVisible() && label->text().startsWith("Partial"); }));
}

// From the chart to a flagged session to its line, with the two real journals.
TEST_F(Window, LeadsFromTheChartToTheLineThatProvesIt) {
    const char* const data = std::getenv("ABM_SHARED_DATA");
    if (!data) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const QDir journals(QString::fromLocal8Bit(data) + "/ej");
    MainWindow window(settings_, {});
    window.resize(1440, 900);
    window.show();
    window.openPaths({journals.filePath("ABM175EJ_20250624_20250624.txt"), journals.filePath("ABM25EJ_20250613_20250613.txt")});
    ASSERT_TRUE(settle(window));
    TriagePage& page = *window.triage();
    const Investigation& all = *page.loaded().snapshot;
    ASSERT_EQ(all.sources.size(), 2U);
    EXPECT_EQ(page.sources()->view()->model()->rowCount(), 2);
    EXPECT_EQ(all.machines.size(), 2U);
    EXPECT_EQ(page.chart()->lanes()->marksOfLane(1).empty(), false);
    ASSERT_TRUE(page.selection().record()) << "the worst record is selected after loading";

    // A click on the gravest mark of the first lane.
    const auto marks = page.chart()->lanes()->marksOfLane(0);
    ASSERT_FALSE(marks.empty());
    const Mark& gravest = marks.back();
    const QRectF plot = page.chart()->chart()->plotArea();
    QTest::mouseClick(page.chart()->viewport(), Qt::LeftButton, {},
                      QPointF(plot.left() + gravest.x, plot.top() + gravest.y).toPoint());
    ASSERT_TRUE(page.selection().record());
    const Record& record = all.records[raw(*page.selection().record())];
    EXPECT_EQ(record.severity, gravest.severity);
    ASSERT_TRUE(settle(window));

    // The table shows it, the log shows its lines with the evidence marked, the sentence says what happened.
    EXPECT_GE(page.sessions()->model()->rowOf(*page.selection().record()), 0);
    EXPECT_GE(page.log()->view()->window().rowAt(record.span.offset), 0);
    const auto& rows = page.log()->view()->rows();
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [](const LogRow& row) { return row.evidence; }));
    EXPECT_FALSE(page.why()->sentence()->text().isEmpty());
    ASSERT_FALSE(page.why()->findingLabels().empty());

    // Its evidence opens the line.
    const auto findings = all.findings_of(record);
    ASSERT_FALSE(findings.front().evidence.empty());
    const std::int64_t offset = findings.front().evidence.front().line.offset;
    emit page.why()->findingLabels().front()->linkActivated(QString::number(offset));
    ASSERT_TRUE(settle(window));
    EXPECT_EQ(page.selection().line(), offset);
    ASSERT_TRUE(page.log()->view()->currentLine());
    const LogLine& line = page.log()->view()->lines()[static_cast<std::size_t>(*page.log()->view()->currentLine())];
    EXPECT_LE(line.span.offset, offset);
    EXPECT_TRUE(offset < line.span.end() || line.span.offset == offset);

    // Back to the worst, and forth again; keys step over anomalies and lines.
    const auto here = page.selection().record();
    QTest::keyClick(&window, Qt::Key_BracketRight);
    if (page.selection().record() == here) QTest::keyClick(&window, Qt::Key_BracketLeft);
    EXPECT_NE(page.selection().record(), here);
    QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(page.selection().record(), here);
    EXPECT_GT(page.ledger()->model()->rowCount(), 0);
    ASSERT_TRUE(settle(window));
    EXPECT_TRUE(window.grab().save(QDir::temp().filePath("abm-window-test.png")));
}

}  // namespace
}  // namespace abm
