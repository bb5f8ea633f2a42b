// All long work of the window in one place: list, progress in the status bar, notices when it ends.
#pragma once

#include <QObject>
#include <functional>
#include <map>

#include "app/workbench/workspace_job.h"
#include "widgets/job_list.h"
#include "widgets/notice_bar.h"

namespace abm {

class LogReader;
class StatusLine;

class JobDesk : public QObject {
    Q_OBJECT
public:
    JobDesk(WorkspaceJob& job, JobList& list, StatusLine& status, QObject* parent = nullptr);

    /// What the next opening is called, and how it is asked for once more.
    void nameOpening(const QString& name, std::function<void()> again);
    /// The words the opening ends with; they are told as a notice and kept in the list.
    void endOpening(Job::State state, const QString& words, const Notice& notice = {});

    /// A copy of the workspace, beside whatever else is done in it.
    void backUp(const std::filesystem::path& workspace, const std::filesystem::path& out, const std::string& who);
    void check(const std::filesystem::path& workspace);
    /// Searches that take long are listed with the others.
    void listSearches(LogReader& reader);
    bool settled() const { return !care_.running(); }

private:
    void connectTraining();
    void connectSearch();
    void connectErrands();
    void showOldest();
    void cancelShown();
    void end(int& job, Job::State state, const QString& words);  ///< and tells of it, unless the user has cancelled it
    void endErrand(int id, Job::State state, const QString& words);
    void care(const QString& name, std::function<ErrandResult(std::stop_token, const Progress&)> work,
              std::function<void()> again);
    void pollCare();

    struct CareReport;

    WorkspaceJob& job_;
    StatusLine& status_;
    JobList& list_;
    QString opening_name_;
    std::function<void()> open_again_;
    int opening_ = 0;  ///< ids in the list; 0: none runs
    int training_ = 0, search_ = 0;
    int caring_ = 0;
    int searching_ = 0;
    std::map<int, int> errands_;  ///< id of the errand to id in the list
    std::shared_ptr<CareReport> care_report_;
    QTimer care_poll_;
    LatestJob<ErrandResult> care_;  ///< last member: waits for its worker before the rest goes
};

}  // namespace abm
