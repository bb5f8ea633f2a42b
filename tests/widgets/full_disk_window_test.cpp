// A disk that is full, under the real window: what was acknowledged stays, the rest is told and can be done again.
#include <sys/mount.h>

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <fstream>

#include "app/workbench/job_desk.h"
#include "core/store/workspace_care.h"
#include "tests/widgets/expert_window.h"
#include "widgets/job_list.h"
#include "widgets/label_panel.h"

namespace abm::test {
namespace {

// The workspace lies on a small disk of its own; the settings do not.
class FullDiskWindow : public ExpertWindow {
protected:
    void SetUp() override {
        ASSERT_TRUE(QDir().mkpath(disk()));
        if (::mount("tmpfs", qPrintable(disk()), "tmpfs", 0, "size=400k") != 0)
            GTEST_SKIP() << "a small file system cannot be mounted";
        mounted_ = true;
    }
    void TearDown() override {
        window_.reset();
        if (mounted_) ::umount2(qPrintable(disk()), MNT_DETACH);
    }
    QString disk() const { return folder_.filePath("disk"); }
    QString workspace() const { return disk() + "/case.abmw"; }
    void resize(const char* size) { ASSERT_EQ(::mount("tmpfs", qPrintable(disk()), "tmpfs", MS_REMOUNT, size), 0); }
    void fill() {
        std::ofstream filler((disk() + "/filler").toStdString(), std::ios::binary);
        const std::string block(4096, 'x');
        while (filler.write(block.data(), static_cast<std::streamsize>(block.size())) && filler.flush()) {
        }
    }
    void makeRoom() { ASSERT_TRUE(QFile::remove(disk() + "/filler")); }
    void read() {
        window_->openAtStart(workspace(), {QString::fromStdString(journals().string())});
        ASSERT_TRUE(settle());
    }
    const Job& newest() { return window_->triage()->jobs().at(0); }
    bool isWhole() { return check_workspace(workspace().toStdString(), {}).clean(); }

    bool mounted_ = false;
};

TEST_F(FullDiskWindow, ReadingSaysSoAndCanBeDoneAgainWhenThereIsRoom) {
    ASSERT_NO_FATAL_FAILURE(open(false));
    ASSERT_NO_FATAL_FAILURE(read());
    ASSERT_EQ(window_->triage()->jobs().rowCount(), 1);
    EXPECT_EQ(newest().state, Job::State::failed);
    EXPECT_TRUE(newest().result.contains("full") || newest().result.contains("no room")) << newest().result.toStdString();
    ASSERT_NO_FATAL_FAILURE(resize("size=64m"));
    newest().retry();
    ASSERT_TRUE(settle());
    EXPECT_EQ(newest().state, Job::State::done) << newest().result.toStdString();
    EXPECT_GT(all().records.size(), 100U);
    EXPECT_TRUE(isWhole());
}

TEST_F(FullDiskWindow, ALabelIsNeverCalledSavedAndIsStoredOnRetry) {
    ASSERT_NO_FATAL_FAILURE(open(false));
    ASSERT_NO_FATAL_FAILURE(resize("size=64m"));
    ASSERT_NO_FATAL_FAILURE(read());
    window_->triage()->sessions()->view()->setFocus();
    press(Qt::Key_1);
    ASSERT_TRUE(settle());
    ASSERT_EQ(all().labels.size(), 1U);
    fill();
    LabelPanel& panel = *window_->triage()->labelPanel();
    std::size_t acknowledged = 1;  // the log may have room for some more
    for (int at = 0; at < 400 && !panel.retryButton()->isVisible(); ++at) {
        press(at % 2 == 0 ? Qt::Key_0 : Qt::Key_U);
        ASSERT_TRUE(settle());
        acknowledged = all().labels.size();
    }
    ASSERT_TRUE(panel.retryButton()->isVisible());
    EXPECT_TRUE(panel.failure()->text().startsWith("Not saved")) << panel.failure()->text().toStdString();
    ASSERT_NO_FATAL_FAILURE(makeRoom());
    QTest::mouseClick(panel.retryButton(), Qt::LeftButton);
    ASSERT_TRUE(settle());
    EXPECT_EQ(all().labels.size(), acknowledged + 1);
    window_->close();
    window_.reset();
    EXPECT_TRUE(isWhole());
    ASSERT_NO_FATAL_FAILURE(open(false));
    window_->openWorkspace(workspace());
    ASSERT_TRUE(settle());
    EXPECT_EQ(all().labels.size(), acknowledged + 1) << "nothing acknowledged is lost";
}

TEST_F(FullDiskWindow, ATrainingThatCannotBeStoredChangesNothing) {
    ASSERT_NO_FATAL_FAILURE(open(false));
    ASSERT_NO_FATAL_FAILURE(resize("size=64m"));
    ASSERT_NO_FATAL_FAILURE(read());
    window_->triage()->sessions()->view()->setFocus();
    for (int at = 0; at < 4; ++at) {
        press(at % 2 == 0 ? Qt::Key_1 : Qt::Key_0);
        ASSERT_TRUE(settle());
    }
    fill();
    press(Qt::Key_R, Qt::ControlModifier);
    ASSERT_TRUE(settle());
    EXPECT_EQ(newest().state, Job::State::failed) << newest().result.toStdString();
    EXPECT_TRUE(newest().result.contains("full") || newest().result.contains("no room")) << newest().result.toStdString();
    EXPECT_EQ(all().labels.size(), 4U);
    ASSERT_NO_FATAL_FAILURE(makeRoom());
    newest().retry();
    ASSERT_TRUE(settle());
    EXPECT_EQ(newest().state, Job::State::done) << newest().result.toStdString();
    EXPECT_TRUE(isWhole());
}

}  // namespace
}  // namespace abm::test
