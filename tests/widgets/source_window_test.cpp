// The files of a workspace in the real window: those that failed stay listed, one can be taken out and comes back with its
// labels.
#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <fstream>

#include "app/workbench/status_line.h"
#include "tests/widgets/come_to_rest.h"
#include "tests/widgets/expert_window.h"
#include "widgets/notice_bar.h"
#include "widgets/sources_panel.h"

namespace abm::test {
namespace {

class SourceWindow : public ExpertWindow {
protected:
    SourcesPanel& panel() { return *window_->triage()->sources(); }
    int rows() { return panel().view()->model()->rowCount(); }
    void choose(int row) { panel().view()->setCurrentIndex(panel().view()->model()->index(row, SourceModel::name)); }
    void click(QPushButton* button) {
        ASSERT_TRUE(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        ASSERT_TRUE(settle());
    }
    QString write(const char* name, const std::string& content) {
        const QString path = folder_.filePath(name);
        std::ofstream(path.toStdString(), std::ios::binary) << content;
        return path;
    }
};

TEST_F(SourceWindow, AFailedFileStaysListedAfterARestartUntilItIsReadOrSkipped) {
    ASSERT_NO_FATAL_FAILURE(open());
    const int before = rows();
    const QString bad = write("ABM0042EJ.txt", std::string(5000, '\1'));
    window_->openPaths({bad, write("ABM0043EJ.txt", std::string(5000, '\1'))});
    ASSERT_TRUE(settle());
    const QString workspace = settings_.workspace();
    window_->close();
    ASSERT_NO_FATAL_FAILURE(open(false));
    window_->openWorkspace(workspace);
    ASSERT_TRUE(settle());
    window_->triage()->showView(View::sources);
    test::come_to_rest();
    ASSERT_EQ(rows(), before + 2);
    choose(before);
    EXPECT_TRUE(panel().account()->text().contains("ABM0042EJ.txt"));
    EXPECT_TRUE(panel().account()->text().contains("Reading stopped")) << panel().account()->text().toStdString();
    EXPECT_FALSE(panel().takeOutButton()->isVisible());
    click(panel().copyButton());
    EXPECT_TRUE(QApplication::clipboard()->text().startsWith(QFileInfo(bad).canonicalFilePath()));

    click(panel().readButton());
    EXPECT_EQ(rows(), before + 2) << "it is as bad as it was";
    std::filesystem::copy_file(std::filesystem::directory_iterator(journals())->path(), bad.toStdString(),
                               std::filesystem::copy_options::overwrite_existing);
    std::ofstream(bad.toStdString(), std::ios::app) << "more of it\r";
    choose(before);
    click(panel().readButton());
    EXPECT_EQ(rows(), before + 1) << panel().account()->text().toStdString();
    choose(rows() - 1);
    ASSERT_TRUE(panel().skipButton()->isVisible());
    click(panel().skipButton());
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(count("SELECT count(*) FROM failed_files"), 0);
}

TEST_F(SourceWindow, SaysWhichTablesOfAFolderWereLeftOutAndReadsThemWhenAsked) {
    ASSERT_NO_FATAL_FAILURE(open(false));
    const auto folder = std::filesystem::path(folder_.filePath("both").toStdString());
    std::filesystem::create_directory(folder);
    std::filesystem::copy_file(std::filesystem::directory_iterator(journals())->path(), folder / "ABM0777EJ.txt");
    std::ofstream table(folder / "metrics.csv");
    table << "time,cpu\n";
    for (int at = 0; at < 300; ++at) table << 1'760'000'000 + at * 60 << ',' << at % 17 << '\n';
    table.close();
    window_->openPaths({QString::fromStdString(folder.string())});
    ASSERT_TRUE(settle());
    ASSERT_EQ(rows(), 1);
    NoticeBar& notices = *window_->status()->notices();
    EXPECT_TRUE(notices.text()->text().endsWith("Not read: 1 table beside them.")) << notices.text()->text().toStdString();
    click(notices.stepButton());
    EXPECT_EQ(rows(), 2);
    choose(1);
    const QString account = panel().account()->text();
    EXPECT_TRUE(account.contains("metrics.csv") && !account.contains("interval")) << account.toStdString();
    window_->openPaths({QString::fromStdString(folder.string())});
    ASSERT_TRUE(settle());
    EXPECT_FALSE(notices.text()->text().contains("beside")) << "it is read by now";
}

TEST_F(SourceWindow, TakesAFileOutAfterAQuestionAndBringsItBackWithItsLabels) {
    ASSERT_NO_FATAL_FAILURE(open());
    press(Qt::Key_1);
    ASSERT_TRUE(settle());
    ASSERT_EQ(all().labels.size(), 1U);
    const auto source = static_cast<int>(raw(all().records[raw(all().labels.front().record)].source));
    const std::string name = all().sources[static_cast<std::size_t>(source)].name;
    const std::size_t records = all().records.size();
    window_->triage()->showView(View::sources);
    test::come_to_rest();
    choose(source);
    click(panel().takeOutButton());
    EXPECT_TRUE(panel().question()->isVisible());
    EXPECT_TRUE(panel().question()->text().contains("1 label on them is kept")) << panel().question()->text().toStdString();
    EXPECT_EQ(all().records.size(), records) << "not before the answer";
    click(panel().keepButton());
    EXPECT_FALSE(panel().question()->isVisible());
    click(panel().takeOutButton());
    click(panel().sureButton());
    EXPECT_LT(all().records.size(), records);
    EXPECT_TRUE(all().labels.empty());
    for (const Source& left : all().sources) EXPECT_NE(left.name, name);
    const Notice* const notice = window_->status()->notices()->shown();
    ASSERT_TRUE(notice);
    EXPECT_TRUE(notice->text.contains("is taken out")) << notice->text.toStdString();
    EXPECT_EQ(notice->button, "Read it again");
    press(Qt::Key_BracketRight);  // the window goes on with what is left
    ASSERT_TRUE(settle());

    QTest::mouseClick(window_->status()->notices()->stepButton(), Qt::LeftButton);
    ASSERT_TRUE(settle());
    EXPECT_EQ(all().records.size(), records);
    EXPECT_EQ(all().labels.size(), 1U);
}

}  // namespace
}  // namespace abm::test
