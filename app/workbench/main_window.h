// The window: start page or investigation, menus, keys, loading.
#pragma once

#include <QMainWindow>
#include <QTimer>

#include "app/workbench/actions.h"
#include "app/workbench/key_map.h"
#include "app/workbench/sample.h"
#include "app/workbench/settings.h"
#include "app/workbench/workspace_job.h"
#include "widgets/label_keys.h"

class QStackedWidget;

namespace abm {

class BookmarkDesk;
class JobDesk;
class LabelDesk;
class LabelMode;
class LabelPage;
class LogPanel;
class ModelDesk;
class SourceDesk;
class StartPage;
class StatusLine;
class TriagePage;
class WatchDesk;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// make_sample: makes journals on this computer and returns their folder; empty hides the offer.
    /// clock: of the label keys, for tests; empty: the steady one.
    MainWindow(Settings& settings, WorkspaceJob::MakeSample make_sample, QWidget* parent = nullptr, LabelKeys::Clock clock = {});
    ~MainWindow() override;

    /// Journals are read into the open workspace, or the default one when none is; a *.abmw file is opened instead.
    void openPaths(const QStringList& paths);
    void openWorkspace(const QString& path);
    /// Shows how a text log or a capture of the open workspace is read, to have it read otherwise.
    void showReading(SourceIndex source);
    void readOtherwise(const QString& path, const ReadingChoice& choice);
    /// As the command line says it: a workspace, or the default one, and what is read into it; either may be empty.
    void openAtStart(const QString& workspace, const QStringList& paths);
    void exportLabelled(const QString& folder, DatasetFormat format);
    void openSample();
    /// New files of the folder are read into the open workspace, or the default one, as they finish being written.
    void watchFolder(const QString& folder);
    void openSample(SampleKind kind);
    /// Samples of other kinds of files are offered when this is set.
    using MakeSampleOf = std::function<std::filesystem::path(SampleKind, const Progress&)>;
    void setOtherSamples(MakeSampleOf make);
    /// The workspace that was open when the program ended, in whatever way; nothing when the user had closed it. One that did not
    /// come up the last time is not opened by itself again.
    void openLast();
    void importLabels(const QString& file);
    void importModel(const QString& file);
    void backUp(const QString& file);
    /// Nothing is being loaded, read or explained: what the window shows is complete.
    bool settled() const;
    bool showsStart() const;

    TriagePage* triage() const { return triage_; }
    StartPage* start() const { return start_; }
    StatusLine* status() const { return status_; }
    WorkspaceJob& job() { return job_; }
    LabelDesk& labelDesk() { return *label_desk_; }
    BookmarkDesk& bookmarkDesk() { return *bookmark_desk_; }
    LabelMode& labelMode() { return *label_mode_; }
    JobDesk& jobDesk() { return *job_desk_; }
    WatchDesk& watchDesk() { return *watch_desk_; }
    LabelPage* labelPage() const { return label_page_; }
    const Actions& actions() const { return actions_; }
    KeyMap& keys() { return keys_; }

signals:
    void opened();  ///< a load has finished; views are filled
    void failed(const QString& message);

protected:
    void closeEvent(QCloseEvent*) override;
    void dragEnterEvent(QDragEnterEvent*) override;
    void dropEvent(QDropEvent*) override;
    void changeEvent(QEvent*) override;

private:
    void buildMenus();
    void connectLabelMode();
    void showEnabled();
    void showKeys();
    void showPalette();
    void showSettings();
    void say(const QString& message);
    void stepLine(int direction);
    LogPanel* shownLog() const;
    std::optional<SourceIndex> sourceToRead() const;
    void locate(const QString& path);
    void connectActions();
    void connectJob();
    void install(const Loaded& loaded);
    void finish(const Loaded& loaded, const WorkspaceFacts& facts, const std::vector<ImportedSource>& imported,
                const std::vector<std::filesystem::path>& left_out);
    void fail(const QString& message, const Loaded& loaded, const WorkspaceFacts& facts);
    void rescored(const Loaded& loaded, const WorkspaceFacts& facts);
    void takeOthers(const WorkspaceFacts& facts);
    void begin(const QString& title, bool another);
    void remember();
    void nameWorkspace(const WorkspaceFacts& facts);
    void sayImported(const std::vector<ImportedSource>& imported, const std::vector<std::filesystem::path>& tables,
                     const Investigation& all);
    void connectWorkspaceMenu();
    void connectWatch();
    void askForWatch();
    void rememberSoon();
    void restorePlace(const Investigation& all);
    void setInvestigationOpen(bool open);
    void showHistory();
    void setTheme(ThemeMode mode);
    void applyTheme();
    void askForFiles();
    void askForFolder();
    void askForWorkspace(bool new_one);
    void askForExport();
    void closeInvestigation();
    void noteModel(const Investigation& investigation);

    Settings& settings_;
    WorkspaceJob::MakeSample make_sample_;
    MakeSampleOf make_sample_of_;
    Actions actions_;
    QStackedWidget* pages_;
    StartPage* start_;
    TriagePage* triage_;
    StatusLine* status_;
    bool continues_ = false;  ///< a snapshot of the running load is shown: the next one keeps selection and view
    QString workspace_;       ///< path of the open one; empty: none
    WorkspaceFacts facts_;
    WorkspaceJob job_;
    KeyMap keys_;
    LabelPage* label_page_;
    LabelDesk* label_desk_;
    ModelDesk* model_desk_;
    JobDesk* job_desk_;
    BookmarkDesk* bookmark_desk_;
    SourceDesk* source_desk_;
    QTimer rest_;  ///< the selection rests: where one is, is remembered
    LabelMode* label_mode_;
    WatchDesk* watch_desk_;
    QString watch_next_;  ///< folder to watch when the workspace is open
};

}  // namespace abm
