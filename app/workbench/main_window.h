// The window: start page or investigation, menus, keys, loading.
#pragma once

#include <QMainWindow>

#include "app/workbench/actions.h"
#include "app/workbench/load_job.h"
#include "app/workbench/settings.h"

class QStackedWidget;

namespace abm {

class StartPage;
class StatusLine;
class TriagePage;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// make_sample: makes journals on this computer and returns their folder; empty hides the offer.
    MainWindow(Settings& settings, LoadJob::MakeSample make_sample, QWidget* parent = nullptr);
    ~MainWindow() override;

    void openPaths(const QStringList& paths);
    void openSample();
    /// Nothing is being loaded, read or explained: what the window shows is complete.
    bool settled() const;
    bool showsStart() const;

    TriagePage* triage() const { return triage_; }
    StartPage* start() const { return start_; }
    StatusLine* status() const { return status_; }
    LoadJob& job() { return job_; }
    const Actions& actions() const { return actions_; }

signals:
    void opened();  ///< a load has finished; views are filled
    void failed(const QString& message);

protected:
    void closeEvent(QCloseEvent*) override;
    void dragEnterEvent(QDragEnterEvent*) override;
    void dropEvent(QDropEvent*) override;

private:
    void buildMenus();
    void connectActions();
    void connectJob();
    void install(const Loaded& loaded);
    void finish(const Loaded& loaded, const std::vector<std::filesystem::path>& paths);
    void fail(const QString& message);
    void setInvestigationOpen(bool open);
    void showHistory();
    void setTheme(ThemeMode mode);
    void applyTheme();
    void askForFiles();
    void askForFolder();
    void closeInvestigation();
    void noteModel(const Investigation& investigation);

    Settings& settings_;
    LoadJob::MakeSample make_sample_;
    Actions actions_;
    QStackedWidget* pages_;
    StartPage* start_;
    TriagePage* triage_;
    StatusLine* status_;
    bool continues_ = false;  ///< a snapshot of the running load is shown: the next one keeps selection and view
    bool sample_ = false;
    LoadJob job_;
};

}  // namespace abm
