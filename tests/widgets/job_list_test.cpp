// Jobs and notices: what is listed when, how fast it says it is, what stays.
#include "widgets/job_list.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include "widgets/jobs_panel.h"
#include "widgets/notice_bar.h"

namespace abm {
namespace {

Job named(const char* name) {
    Job job;
    job.name = name;
    return job;
}

TEST(JobList, ListsARunningJobOnlyWhenItLastsAndAFinishedOneAtOnce) {
    JobList jobs(nullptr, 150);
    QAbstractItemModelTester tester(&jobs, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const int slow = jobs.begin(named("slow")), quick = jobs.begin(named("quick"));
    EXPECT_EQ(jobs.rowCount(), 0);
    jobs.end(quick, Job::State::done, "well");
    ASSERT_EQ(jobs.rowCount(), 1);
    EXPECT_EQ(jobs.at(0).name, "quick");
    ASSERT_TRUE(QTest::qWaitFor([&] { return jobs.rowCount() == 2; }, 3000));
    EXPECT_EQ(jobs.running(), std::vector<int>{slow});
    jobs.end(slow, Job::State::failed, "the disk is full");
    jobs.end(slow, Job::State::done, "too late");
    EXPECT_EQ(jobs.find(slow)->state, Job::State::failed);
    EXPECT_EQ(jobs.find(slow)->result, "the disk is full");
}

TEST(JobList, CountsPaceAndTimeLeftFromTheBeginOfTheStage) {
    Job job;
    job.amount = 100;
    job.unit = "MB";
    job.stage_began = 4000;
    job.lasted = 5000;
    job.fraction = 0.25;
    EXPECT_EQ(job.rate(), "25 MB/s");
    EXPECT_EQ(job.left(), "3 s left");
    job.lasted = 4100;
    EXPECT_EQ(job.rate(), "") << "a guess is not a rate";
    job.lasted = 5000;
    job.fraction = -1;
    EXPECT_EQ(job.left(), "");
}

TEST(JobsPanel, CancelsRetriesAndCopiesTheChosenJob) {
    JobList jobs(nullptr, 0);
    JobsPanel panel(jobs);
    panel.show();
    int cancelled = 0, again = 0;
    Job job = named("Read a.txt");
    const int id = jobs.begin([&] {
        job.cancel = [&] { ++cancelled; };
        job.retry = [&] { ++again; };
        return job;
    }());
    ASSERT_TRUE(panel.cancelButton()->isVisible());
    QTest::mouseClick(panel.cancelButton(), Qt::LeftButton);
    EXPECT_EQ(cancelled, 1);
    jobs.end(id, Job::State::failed, "a.txt: cannot be read");
    EXPECT_FALSE(panel.cancelButton()->isVisible());
    QTest::mouseClick(panel.retryButton(), Qt::LeftButton);
    EXPECT_EQ(again, 1);
    QTest::mouseClick(panel.copyButton(), Qt::LeftButton);
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains("a.txt: cannot be read"));
}

TEST(NoticeBar, KeepsErrorsUntilTheyAreDismissedAndLetsOthersGo) {
    NoticeBar bar(nullptr, 80);
    bar.tell({Notice::Kind::error, "not written", {}, {}});
    bar.tell({Notice::Kind::done, "exported", {}, {}});
    ASSERT_TRUE(bar.shown());
    EXPECT_EQ(bar.shown()->text, "not written");
    QTest::qWait(200);
    EXPECT_EQ(bar.shown()->text, "not written");
    QTest::mouseClick(bar.dismissButton(), Qt::LeftButton);
    ASSERT_TRUE(bar.shown());
    EXPECT_EQ(bar.shown()->text, "exported");
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar.shown() == nullptr; }, 3000));
    EXPECT_TRUE(bar.isHidden());
}

TEST(NoticeBar, TakesTheStepItOffersWithoutTheFocus) {
    NoticeBar bar;
    bar.show();
    bool opened = false;
    bar.tell({Notice::Kind::done, "exported <b>", "Open folder", [&] { opened = true; }});
    EXPECT_FALSE(bar.stepButton()->hasFocus());
    EXPECT_EQ(bar.text()->accessibleName(), "exported <b>");
    QTest::mouseClick(bar.stepButton(), Qt::LeftButton);
    EXPECT_TRUE(opened);
    EXPECT_FALSE(bar.shown());
}

}  // namespace
}  // namespace abm
