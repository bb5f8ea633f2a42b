// A watched folder in the real window: files arrive, views fill, what one does stays undisturbed.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <fstream>
#include <thread>

#include "app/workbench/job_desk.h"
#include "app/workbench/label_mode.h"
#include "app/workbench/start_page.h"
#include "app/workbench/status_line.h"
#include "app/workbench/watch_desk.h"
#include "tests/widgets/expert_window.h"
#include "widgets/empty_state.h"
#include "widgets/notice_bar.h"
#include "widgets/watch_panel.h"

namespace abm::test {
namespace {

namespace fs = std::filesystem;

class WatchWindow : public ExpertWindow {
protected:
    WatchWindow() { fs::create_directories(in()); }
    fs::path in() const { return folder_.filePath("in").toStdString(); }
    void put(const std::string& name, const std::string& bytes) const { std::ofstream(in() / name, std::ios::binary) << bytes; }
    static std::vector<fs::path> made() {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(journals())) files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        return files;
    }
    static std::string content(const fs::path& file) {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    WatchPanel& panel() { return *window_->triage()->watch(); }
    WatchDesk& desk() { return window_->watchDesk(); }
    /// Watches the folder with looks that follow each other quickly.
    void watch() {
        window_->watchFolder(QString::fromStdString(in().string()));
        ASSERT_TRUE(QTest::qWaitFor([&] { return desk().watching(); }, 60000));
        panel().interval()->setValue(0.1);
    }
    bool listed(const QString& name, const QString& outcome) {
        return QTest::qWaitFor(
            [&] {
                const auto& shown = desk().shown();
                return std::any_of(shown.begin(), shown.end(),
                                   [&](const ShownWatchedFile& file) { return file.name == name && file.outcome == outcome; });
            },
            60000);
    }
    std::size_t sources() { return window_->triage()->loaded().snapshot->sources.size(); }
};

TEST_F(WatchWindow, TheStartPageWatchesIntoTheDefaultWorkspaceAndTheViewsFill) {
    open(false);
    EXPECT_TRUE(window_->start()->watchCard()->isVisible());
    ASSERT_TRUE(window_->showsStart());
    fs::copy(made().front(), in() / "one.txt");
    watch();
    EXPECT_FALSE(window_->showsStart());
    ASSERT_TRUE(listed("one.txt", "stored"));
    ASSERT_TRUE(settle());
    EXPECT_EQ(sources(), 1U);
    EXPECT_GT(all().records.size(), 20U);
    EXPECT_TRUE(window_->triage()->selection().record());
    EXPECT_TRUE(panel().stopButton()->isVisible());
    EXPECT_FALSE(panel().startButton()->isVisible());
    EXPECT_TRUE(panel().status()->text().contains("1 file done")) << panel().status()->text().toStdString();
    picture("watch");
}

TEST_F(WatchWindow, FilesThatArriveStealNeitherFocusNorSelection) {
    open();
    const std::size_t before = sources();
    watch();
    window_->triage()->showView(View::sessions);
    window_->triage()->selectWorst();
    QWidget* const list = window_->triage()->sessions()->view();
    list->setFocus();
    const Record chosen = all().records[raw(selected())];
    const QString identity = QString::fromStdString(all().source_of(chosen).identity);
    std::string other = content(made().front());
    other.erase(0, other.size() / 2);
    put("new.txt", other);
    ASSERT_TRUE(listed("new.txt", "stored"));
    ASSERT_TRUE(settle());
    EXPECT_EQ(sources(), before + 1);
    EXPECT_EQ(all().records[raw(selected())].span, chosen.span);
    EXPECT_EQ(QString::fromStdString(all().source_of(all().records[raw(selected())]).identity), identity);
    EXPECT_TRUE(list->hasFocus());
    EXPECT_FALSE(window_->triage()->docks().isInFront(View::watch) && !window_->triage()->docks().isOpen(View::sessions));
}

TEST_F(WatchWindow, WhatIsSetAsideStandsFirstAndRetryReadsItOnceMore) {
    open(false);
    put("bad.txt", std::string(4000, '\0'));
    fs::copy(made().front(), in() / "good.txt");
    watch();
    ASSERT_TRUE(listed("bad.txt", "set aside"));
    ASSERT_TRUE(listed("good.txt", "stored"));
    EXPECT_EQ(desk().shown().front().name, "bad.txt");
    EXPECT_FALSE(desk().shown().front().what.isEmpty());
    EXPECT_TRUE(panel().status()->text().contains("1 set aside"));
    panel().view()->selectRow(0);
    ASSERT_TRUE(panel().retryButton()->isVisible());
    const auto tried = [&] { return count("SELECT max(at) FROM watched_files WHERE name = 'bad.txt'"); };
    const auto first = tried();
    QTest::mouseClick(panel().retryButton(), Qt::LeftButton);
    EXPECT_TRUE(QTest::qWaitFor([&] { return tried() > first; }, 60000));
    put("bad.txt", content(made().back()));
    EXPECT_TRUE(listed("bad.txt", "stored"));
    EXPECT_FALSE(panel().status()->text().contains("set aside"));
}

TEST_F(WatchWindow, ANoticeTellsTheWorstFromTheChosenSeverityOnAndShowsIt) {
    open(false);
    watch();
    panel().notifyFrom()->setCurrentIndex(panel().notifyFrom()->findData(static_cast<int>(Severity::low)));
    for (const auto& file : made()) fs::copy(file, in() / file.filename());
    NoticeBar* const notices = window_->status()->notices();
    ASSERT_TRUE(QTest::qWaitFor([&] { return notices->shown() && notices->shown()->button == "Show"; }, 60000));
    ASSERT_TRUE(settle());
    EXPECT_TRUE(notices->stepButton()->isVisible());
    QTest::mouseClick(notices->stepButton(), Qt::LeftButton);
    Severity worst = Severity::none;
    for (const Record& record : all().records) worst = std::max(worst, record.severity);
    EXPECT_EQ(all().records[raw(selected())].severity, worst);
}

TEST_F(WatchWindow, StopStopsAndARestartGoesOnOnlyWhenItWasWatching) {
    open(false);
    watch();
    panel().retrainEvery()->setValue(0);
    panel().retrainEvery()->clearFocus();
    ASSERT_TRUE(settle());
    open(false);  // another start of the program
    window_->openLast();
    ASSERT_TRUE(QTest::qWaitFor([&] { return desk().watching(); }, 60000));
    EXPECT_EQ(panel().retrainEvery()->value(), 0);
    EXPECT_EQ(panel().watch().folder, QString::fromStdString(fs::canonical(in()).string()));
    fs::copy(made().front(), in() / "later.txt");
    ASSERT_TRUE(listed("later.txt", "stored"));
    QTest::mouseClick(panel().stopButton(), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !desk().watching() && desk().settled(); }, 60000));
    fs::copy(made().back(), in() / "unseen.txt");
    QTest::qWait(500);
    EXPECT_EQ(count("SELECT count(*) FROM sources"), 1);
    open(false);
    window_->openLast();
    ASSERT_TRUE(settle());
    EXPECT_FALSE(desk().watching());
    EXPECT_TRUE(panel().startButton()->isVisibleTo(&panel()));
    window_->triage()->showView(View::watch);
    QTest::mouseClick(panel().startButton(), Qt::LeftButton);
    EXPECT_TRUE(listed("unseen.txt", "stored"));
    EXPECT_EQ(count("SELECT count(*) FROM audit WHERE action = 'import'"), 2) << "nothing was read twice";
}

TEST_F(WatchWindow, TrainsAfterSoManyFilesAndSaysWhatItDecided) {
    open(false);
    watch();
    panel().retrainEvery()->setValue(2);
    for (const auto& file : made()) fs::copy(file, in() / file.filename());
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel().status()->text().contains("Model "); }, 60000));
    ASSERT_TRUE(settle());
    EXPECT_EQ(count("SELECT count(*) FROM audit WHERE action = 'watch-train'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM models WHERE who LIKE '% (watched folder)'"), 1);
    const QString words = panel().status()->text();
    EXPECT_TRUE(words.contains("is adopted: ") || words.contains("is held: ")) << words.toStdString();
}

TEST_F(WatchWindow, AFileThatGrowsInFrontMovesNoVerdict) {
    open(false);
    const std::string whole = content(made().front());
    put("a.txt", whole.substr(0, whole.size() / 2));
    watch();
    ASSERT_TRUE(listed("a.txt", "stored"));
    fs::copy(made().back(), in() / "b.txt");
    ASSERT_TRUE(listed("b.txt", "stored"));
    ASSERT_TRUE(settle());
    // A record of the file behind: its number changes when the one in front grows.
    std::uint32_t last = 0;
    for (std::uint32_t at = 0; at < all().records.size(); ++at) {
        if (all().records[at].kind == RecordKind::session) last = at;
    }
    const auto offset = all().records[last].span.offset;
    const auto source = QString::fromStdString(all().source_of(all().records[last]).name);
    ASSERT_EQ(source, "b.txt");
    window_->triage()->selection().selectRecord(RecordIndex(last));
    ASSERT_TRUE(settle());
    put("a.txt", whole);
    window_->job().write([](WorkspaceSession&, const std::string&) {  // the worker is busy while the key is pressed
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        return CommandQueue::Answer();
    });
    ASSERT_TRUE(listed("a.txt", "grown"));
    window_->triage()->sessions()->view()->setFocus();
    press(Qt::Key_0);
    ASSERT_TRUE(settle());
    EXPECT_EQ(count("SELECT start_offset FROM label_events ORDER BY id DESC LIMIT 1"), offset);
    EXPECT_EQ(
        count("SELECT s.name = 'b.txt' FROM label_events e JOIN sources s ON s.id = e.source_id ORDER BY e.id DESC LIMIT 1"), 1);
}

TEST_F(WatchWindow, InLabelModeNewFilesComeInAndThoseThatGrowWait) {
    open(false);
    const std::string whole = content(made().front());
    put("a.txt", whole.substr(0, whole.size() / 2));
    watch();
    ASSERT_TRUE(listed("a.txt", "stored"));
    ASSERT_TRUE(settle());
    window_->labelMode().enter();
    ASSERT_TRUE(window_->labelMode().active());
    ASSERT_TRUE(settle());
    const RecordIndex shown = selected();
    put("a.txt", whole);
    fs::copy(made().back(), in() / "b.txt");
    ASSERT_TRUE(listed("b.txt", "stored"));
    QTest::qWait(500);
    EXPECT_EQ(count("SELECT count(*) FROM watched_files WHERE outcome = 'grown'"), 0);
    EXPECT_TRUE(window_->labelMode().active());
    EXPECT_EQ(selected(), shown);
    window_->labelMode().leave();
    EXPECT_TRUE(listed("a.txt", "grown"));
}

TEST_F(WatchWindow, AFolderThatVanishesIsSaidAndLookedForAgain) {
    open(false);
    watch();
    fs::rename(in(), in().string() + "-away");
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel().status()->text().contains("cannot be read"); }, 60000));
    EXPECT_TRUE(desk().watching());
    fs::rename(in().string() + "-away", in());
    fs::copy(made().front(), in() / "one.txt");
    EXPECT_TRUE(listed("one.txt", "stored"));
    EXPECT_FALSE(panel().status()->text().contains("cannot be read"));
}

TEST_F(WatchWindow, ThePanelOffersTheFirstStepAndSaysWhyItCannot) {
    open();
    EXPECT_TRUE(panel().emptyState()->cause().contains("No folder is watched"));
    EXPECT_TRUE(window_->actions().watch_folder->isEnabled());
    EXPECT_FALSE(desk().watching());
    window_->watchFolder("/nowhere/at/all");
    EXPECT_TRUE(window_->status()->message()->text().contains("/nowhere/at/all"));
}

}  // namespace
}  // namespace abm::test
