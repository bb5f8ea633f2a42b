// The log of the real window: the whole file, find, go to, what became of the file; by keys and mouse.
#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "app/workbench/main_window.h"
#include "app/workbench/sample.h"
#include "app/workbench/triage_page.h"
#include "widgets/log_panel.h"
#include "widgets/log_place.h"

namespace abm {
namespace {

class LogWindowTest : public ::testing::Test {
protected:
    LogWindowTest() {
        window_.resize(1280, 800);
        window_.show();
        window_.openSample();
        EXPECT_TRUE(settle());
        panel_ = window_.triage()->log();
    }
    bool settle() {
        return QTest::qWaitFor([&] { return window_.settled(); }, 60000);
    }
    const Record& selected() const {
        TriagePage& page = *window_.triage();
        return page.loaded().snapshot->records[raw(*page.selection().record())];
    }
    const Source& source() const { return window_.triage()->loaded().snapshot->source_of(selected()); }
    void find(const QString& text) {
        QTest::keyClick(&window_, Qt::Key_F, Qt::ControlModifier);
        panel_->findField()->clear();
        QTest::keyClicks(panel_->findField(), text);
        EXPECT_TRUE(settle());
    }
    void goTo(const QString& text) {
        QTest::keyClick(&window_, Qt::Key_L, Qt::ControlModifier);
        panel_->placeField()->clear();
        QTest::keyClicks(panel_->placeField(), text);
        QTest::keyClick(panel_->placeField(), Qt::Key_Return);
        EXPECT_TRUE(settle());
    }
    std::string bytesOfSource() const {
        std::ifstream file(source().path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    QTemporaryDir folder_;
    Settings settings_{folder_.filePath("settings.ini")};
    std::filesystem::path sample_ = std::filesystem::path(folder_.path().toStdString()) / "sample";
    MainWindow window_{settings_, [this](const Progress& progress) { return make_sample(sample_, progress); }};
    LogPanel* panel_ = nullptr;
};

TEST_F(LogWindowTest, TheWholeFileCanBeScrolledFromTheRecord) {
    LogView& view = *panel_->view();
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Home, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view.topOffset() == 0; }, 5000));
    QTest::keyClick(&view, Qt::Key_End, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view.window().span().end() == source().bytes; }, 5000));
    EXPECT_GT(view.topOffset(), source().bytes / 2);
    EXPECT_LE(view.window().rowCount(), LogWindow::kMostRows);
    const auto& rows = view.rows();
    EXPECT_TRUE(
        std::any_of(rows.begin(), rows.end(), [](const LogRow& row) { return row.line < 0 && row.note.contains(" of "); }));
    EXPECT_EQ(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
}

TEST_F(LogWindowTest, FindCountsEveryMatchOfTheFileAndWalksThem) {
    const std::string text = bytesOfSource();
    std::int64_t expected = 0;
    for (std::size_t at = 0; (at = text.find("CARD INSERTED", at)) != std::string::npos; ++at) ++expected;
    ASSERT_GT(expected, 10);
    find("card inserted");
    EXPECT_TRUE(panel_->findCount()->text().startsWith(QLocale::c().toString(expected)))
        << panel_->findCount()->text().toStdString();
    QTest::keyClick(panel_->findField(), Qt::Key_Return);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(panel_->findCount()->text().contains(" of ")) << panel_->findCount()->text().toStdString();
    const std::int64_t first = panel_->view()->currentOffset();
    QTest::keyClick(&window_, Qt::Key_F3);
    ASSERT_TRUE(settle());
    const std::int64_t second = panel_->view()->currentOffset();
    EXPECT_GT(second, first);
    EXPECT_GT(panel_->view()->matchesSeen(), 0);
    QTest::keyClick(&window_, Qt::Key_F3, Qt::ShiftModifier);
    ASSERT_TRUE(settle());
    EXPECT_EQ(panel_->view()->currentOffset(), first);
}

TEST_F(LogWindowTest, FindSaysInTheBarWhatIsNoExpressionAndWhenNothingMatches) {
    find("(");
    EXPECT_TRUE(panel_->findCount()->text().contains("match"));
    QTest::mouseClick(panel_->findBar()->regex(), Qt::LeftButton);
    EXPECT_TRUE(panel_->findCount()->text().contains("Not a regular expression")) << panel_->findCount()->text().toStdString();
    QTest::mouseClick(panel_->findBar()->regex(), Qt::LeftButton);
    find("no such words anywhere");
    EXPECT_EQ(panel_->findCount()->text(), "no match");
}

TEST_F(LogWindowTest, GoesToLinesBytesAndSessionsAndSelectsTheRecordThere) {
    goTo("#3");
    EXPECT_EQ(selected().ordinal, 3);
    EXPECT_EQ(selected().kind, RecordKind::session);
    goTo("100");
    EXPECT_EQ(panel_->view()->window().numberOf(panel_->view()->window().rowAt(panel_->view()->currentOffset())), 100);
    const std::int64_t byte = source().bytes / 2;
    goTo("@" + QString::number(byte));
    EXPECT_LE(selected().span.offset, byte);
    EXPECT_GT(selected().span.end(), byte);
    goTo("#99999999");
    EXPECT_TRUE(panel_->placeHint()->text().startsWith("no session")) << panel_->placeHint()->text().toStdString();
    goTo("nowhere");
    EXPECT_TRUE(panel_->placeHint()->text().startsWith("not understood"));
}

TEST_F(LogWindowTest, SelectedLinesAreCopiedWithAndWithoutTheGutter) {
    goTo("10");
    panel_->view()->setFocus();
    QTest::keyClick(panel_->view(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(panel_->view(), Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QApplication::clipboard()->text().count('\n'), 2);
    EXPECT_TRUE(panel_->view()->selectedText(true).startsWith("10\t"));
}

TEST_F(LogWindowTest, SaysThatTheFileHasChangedAndOffersToReadItAgain) {
    EXPECT_FALSE(panel_->notice()->isVisible());
    std::ofstream(source().path, std::ios::app | std::ios::binary) << "\rone more line\r";
    window_.job().askSources();
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel_->notice()->isVisible(); }, 5000));
    EXPECT_TRUE(panel_->notice()->text().contains("has changed since it was read"));
    QTest::mouseClick(panel_->noticeButton(), Qt::LeftButton);
    ASSERT_TRUE(settle());
    window_.job().askSources();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !panel_->notice()->isVisible(); }, 5000));
}

TEST(LogPlaces, AreUnderstoodAsTyped) {
    EXPECT_EQ(log_place("1,234")->kind, LogPlace::Kind::line);
    EXPECT_EQ(log_place("1,234")->number, 1234);
    EXPECT_EQ(log_place("@5")->kind, LogPlace::Kind::byte);
    EXPECT_EQ(log_place(" #7 ")->kind, LogPlace::Kind::session);
    EXPECT_EQ(log_place("tran 408411")->kind, LogPlace::Kind::transaction);
    EXPECT_EQ(log_place("14:05")->second_of_day, 14 * 3600 + 5 * 60);
    EXPECT_EQ(log_place("2025-06-13 14:05:10")->time,
              Time(std::chrono::sys_days(std::chrono::year(2025) / 6 / 13)) + std::chrono::seconds(14 * 3600 + 5 * 60 + 10));
    for (const char* const text : {"", "25:00", "12:75", "@", "#x", "2025-13-01", "2025-06-13 99", "99999999999999999999"})
        EXPECT_FALSE(log_place(text)) << text;
}

}  // namespace
}  // namespace abm
