#include "app/workbench/main_window.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <algorithm>

#include "app/workbench/bookmark_desk.h"
#include "app/workbench/job_desk.h"
#include "app/workbench/label_desk.h"
#include "app/workbench/label_mode.h"
#include "app/workbench/label_page.h"
#include "app/workbench/model_desk.h"
#include "app/workbench/record_key.h"
#include "app/workbench/record_views.h"
#include "app/workbench/source_desk.h"
#include "app/workbench/start_page.h"
#include "app/workbench/status_line.h"
#include "app/workbench/triage_page.h"
#include "app/workbench/watch_desk.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/ledger_panel.h"
#include "widgets/log_panel.h"
#include "widgets/notice_bar.h"
#include "widgets/score_chart.h"
#include "widgets/session_table.h"

namespace abm {
namespace {

QStringList local_files(const QMimeData* mime) {
    QStringList paths;
    for (const QUrl& url : mime->urls()) {
        if (url.isLocalFile()) paths.append(url.toLocalFile());
    }
    return paths;
}
}  // namespace

MainWindow::MainWindow(Settings& settings, WorkspaceJob::MakeSample make_sample, QWidget* parent, LabelKeys::Clock clock)
    : QMainWindow(parent),
      settings_(settings),
      make_sample_(std::move(make_sample)),
      actions_(this),
      pages_(new QStackedWidget),
      start_(new StartPage(settings, static_cast<bool>(make_sample_))),
      triage_(new TriagePage(
          {actions_.open, actions_.back, actions_.forward, actions_.label_mode, actions_.retrain, actions_.theme})),
      status_(new StatusLine),
      keys_(actions_.all(), settings),
      label_page_(new LabelPage(triage_->selection(), actions_)),
      label_desk_(new LabelDesk(*triage_, actions_, job_, std::move(clock), this)),
      model_desk_(new ModelDesk(*triage_, actions_, job_, this)),
      job_desk_(new JobDesk(job_, triage_->jobs(), *status_, this)),
      bookmark_desk_(new BookmarkDesk(*triage_, *label_desk_, actions_, job_, this)),
      source_desk_(new SourceDesk(*triage_->sources(), job_, this)),
      label_mode_(new LabelMode(*label_page_, *triage_, *label_desk_, actions_, job_, settings, this)),
      watch_desk_(new WatchDesk(*triage_->watch(), job_, this)) {
    label_desk_->setMix(settings_.queueMix());
    job_.setExpert(settings_.expert().toStdString());
    setWindowTitle("ABM Workbench");
    setWindowIcon(application_icon());
    setMinimumSize(1024, 640);
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    pages_->addWidget(start_);
    pages_->addWidget(triage_);
    pages_->addWidget(label_page_);
    setCentralWidget(pages_);
    setStatusBar(status_);
    buildMenus();
    connectActions();
    connectJob();
    connectLabelMode();
    connectWorkspaceMenu();
    connectWatch();
    showKeys();
    resize(1440, 900);
    restoreGeometry(settings_.layout("window"));
    triage_->restoreLayout(settings_);
    applyTheme();
    setInvestigationOpen(false);
}

MainWindow::~MainWindow() { watch_desk_->pause(); }  // before the job waits for what is on its way

void MainWindow::buildMenus() {
    for (const ActionGroup& group : actions_.groups(triage_->dockActions())) {
        QMenu* const menu = menuBar()->addMenu(group.title);
        for (QAction* const action : group.actions) {
            if (action) {
                menu->addAction(action);
            } else {
                menu->addSeparator();
            }
        }
    }
    actions_.sample->setVisible(static_cast<bool>(make_sample_));
    addActions(actions_.all());
}

void MainWindow::connectActions() {
    const auto on = [this](QAction* action, auto step) { connect(action, &QAction::triggered, this, step); };
    on(actions_.open, [this] { askForFiles(); });
    on(actions_.open_folder, [this] { askForFolder(); });
    on(actions_.sample, [this] { openSample(); });
    on(actions_.new_workspace, [this] { askForWorkspace(true); });
    on(actions_.open_workspace, [this] { askForWorkspace(false); });
    on(actions_.export_labelled, [this] { askForExport(); });
    on(actions_.export_ledger, [this] { triage_->ledger()->askAndSave(); });
    on(actions_.close, [this] { closeInvestigation(); });
    on(actions_.quit, [this] { close(); });
    on(actions_.back, [this] { triage_->selection().goBack(); });
    on(actions_.forward, [this] { triage_->selection().goForward(); });
    on(actions_.next_anomaly, [this] { triage_->stepAnomaly(1); });
    on(actions_.previous_anomaly, [this] { triage_->stepAnomaly(-1); });
    on(actions_.next_line, [this] { stepLine(1); });
    on(actions_.previous_line, [this] { stepLine(-1); });
    on(actions_.find, [this] { label_mode_->active() ? label_page_->log()->openFind() : triage_->openFind(); });
    on(actions_.find_next, [this] { shownLog()->stepFind(1); });
    on(actions_.find_previous, [this] { shownLog()->stepFind(-1); });
    on(actions_.go_to, [this] { shownLog()->openGoTo(); });
    connect(&job_, &WorkspaceJob::sourcesSeen, triage_->views(), &RecordViews::setSourceStates);
    connect(triage_->views(), &RecordViews::readAgainWanted, this, [this](const QString& path) { openPaths({path}); });
    connect(source_desk_, &SourceDesk::readWanted, this, [this](const QString& path) { openPaths({path}); });
    job_desk_->listSearches(triage_->views()->logReader());
    connect(source_desk_, &SourceDesk::takenOut, this, [this](const QString& words, const QString& path) {
        status_->notices()->tell({Notice::Kind::done, words, "Read it again", [this, path] { openPaths({path}); }});
    });
    connect(triage_->views(), &RecordViews::locateWanted, this, &MainWindow::locate);
    connect(&triage_->selection(), &Selection::recordChanged, &job_, &WorkspaceJob::askSources);
    on(actions_.filter, [this] { triage_->focusFilter(); });
    on(actions_.fit, [this] { triage_->chart()->fit(); });
    on(actions_.zoom_in, [this] { triage_->chart()->zoom(0.8); });
    on(actions_.zoom_out, [this] { triage_->chart()->zoom(1.25); });
    on(actions_.zoom_range, [this] { triage_->zoomToRange(); });
    on(actions_.theme, [this](bool dark) { setTheme(dark ? ThemeMode::dark : ThemeMode::light); });
    on(actions_.system_theme, [this] { setTheme(ThemeMode::system); });
    on(actions_.reset_layout, [this] {
        settings_.forgetLayout();
        triage_->resetLayout();
    });
    connect(start_, &StartPage::openFiles, this, &MainWindow::askForFiles);
    connect(start_, &StartPage::openFolder, this, &MainWindow::askForFolder);
    connect(start_, &StartPage::openSample, this, qOverload<>(&MainWindow::openSample));
    connect(start_, &StartPage::openOtherSample, this, qOverload<SampleKind>(&MainWindow::openSample));
    connect(start_, &StartPage::openWorkspace, this, &MainWindow::openWorkspace);
    connect(label_desk_, &LabelDesk::said, this, &MainWindow::say);
    connect(model_desk_, &ModelDesk::said, this, &MainWindow::say);
    connect(bookmark_desk_, &BookmarkDesk::said, this, &MainWindow::say);
    connect(triage_, &TriagePage::said, status_, &StatusLine::say);
    connect(&triage_->selection(), &Selection::historyChanged, this, &MainWindow::showHistory);
    connect(&triage_->selection(), &Selection::recordChanged, this, [this] { status_->say({}); });
    connect(&Theme::instance(), &Theme::changed, this, &MainWindow::applyTheme);
}

void MainWindow::connectJob() {
    connect(&job_, &WorkspaceJob::partial, this, &MainWindow::install);
    connect(&job_, &WorkspaceJob::finished, this, &MainWindow::finish);
    connect(&job_, &WorkspaceJob::failed, this, &MainWindow::fail);
    connect(&job_, &WorkspaceJob::changed, this, &MainWindow::rescored);
    connect(&job_, &WorkspaceJob::refused, this, &MainWindow::say);
    connect(&job_, &WorkspaceJob::cancelled, this, [this] {
        triage_->setBusy(false);
        const bool partial = triage_->loaded().snapshot && continues_;
        status_->setPartial(partial);
        const QString words = partial ? "Cancelled. What was read so far is shown; files read to their end are kept."
                                      : "Cancelled. Nothing was read yet.";
        job_desk_->endOpening(Job::State::cancelled, words);
        watch_next_.clear();
        status_->say(words);
        if (!partial) return closeInvestigation();
        watch_desk_->setOpen(facts_);
    });
}

void MainWindow::noteModel(const Investigation& investigation) {
    const bool provisional = triage_->loaded().tally->provisional;
    const std::int64_t scored = investigation.features.rows();
    if (investigation.partial)
        return status_->setModelNote(QStringLiteral("Not scored by the models yet"),
                                     "They learn what is usual when all is read.");
    const std::int64_t model = raw(investigation.scored_by.model);
    QString note = model > 0 ? QStringLiteral("Model %1 · ").arg(model) : QString();
    note += provisional ? QStringLiteral("some scores are provisional: fewer than 200 records of their kind")
                        : counted(scored, "record", "records") + " scored";
    note += " · " + counted(static_cast<std::int64_t>(investigation.labels.size()), "label", "labels");
    status_->setModelNote(
        note,
        "The models learn what is usual from the records of this workspace, and from your labels. With fewer than "
        "200 records their word counts little; findings do not depend on it.");
}

void MainWindow::setInvestigationOpen(bool open) {
    label_mode_->leave();
    pages_->setCurrentWidget(open ? static_cast<QWidget*>(triage_) : start_);
    start_->showError({});
    if (!open) start_->refresh();
    if (open) triage_->sessions()->view()->setFocus();
    showEnabled();
    label_desk_->setOpen(open);
    model_desk_->setOpen(open);
    bookmark_desk_->setOpen(open);
    if (!open) {
        status_->setModelNote(QStringLiteral("nothing leaves this computer"), {});
        status_->setPartial(false);
    }
    showHistory();
}

void MainWindow::closeInvestigation() {
    if (job_.running()) {  // answered by `cancelled`, which comes back here
        continues_ = false;
        return job_.cancel();
    }
    remember();
    settings_.setOpenWorkspace({});
    triage_->setLoaded({}, false);
    label_desk_->forget();
    model_desk_->forget();
    watch_desk_->forget();
    job_.close();
    workspace_.clear();
    facts_ = {};
    setWindowTitle("ABM Workbench");
    setInvestigationOpen(false);
}

void MainWindow::showHistory() {
    const bool open = pages_->currentWidget() == triage_;
    actions_.back->setEnabled(open && triage_->selection().canGoBack());
    actions_.forward->setEnabled(open && triage_->selection().canGoForward());
}

bool MainWindow::showsStart() const { return pages_->currentWidget() == start_; }
bool MainWindow::settled() const {
    return job_.settled() && triage_->settled() && label_mode_->settled() && job_desk_->settled() && watch_desk_->settled();
}

void MainWindow::setTheme(ThemeMode mode) {
    settings_.setTheme(mode);
    Theme::instance().setMode(mode);
}

void MainWindow::applyTheme() {
    const bool dark = tokens().dark;
    actions_.theme->setChecked(dark);
    actions_.theme->setIcon(line_icon(dark ? "light" : "dark"));
    actions_.theme->setToolTip(dark ? "Switch to the light theme" : "Switch to the dark theme");
    actions_.open->setIcon(line_icon("open"));
    actions_.open_folder->setIcon(line_icon("folder"));
    actions_.sample->setIcon(line_icon("sample"));
    actions_.back->setIcon(line_icon("back"));
    actions_.forward->setIcon(line_icon("forward"));
    actions_.find->setIcon(line_icon("find"));
    actions_.filter->setIcon(line_icon("filter"));
    actions_.fit->setIcon(line_icon("fit"));
    actions_.reset_layout->setIcon(line_icon("reset"));
    actions_.keys->setIcon(line_icon("keys"));
    actions_.export_labelled->setIcon(line_icon("export"));
}

void MainWindow::askForFiles() {
    openPaths(QFileDialog::getOpenFileNames(this, "Open files", {},
                                            "Journals, captures, logs, tables, workspaces (*.txt *.log *.jrn *.ej *.gz *.pcap "
                                            "*.cap *.pcapng *.csv *.tsv *.jsonl *.abmw);;All files (*)"));
}

void MainWindow::askForFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, "Open a folder");
    if (!folder.isEmpty()) openPaths({folder});
}

void MainWindow::closeEvent(QCloseEvent* event) {
    remember();
    settings_.setLayout("window", saveGeometry());
    triage_->saveLayout(settings_);
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!local_files(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

// Another program may have labelled meanwhile.
void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && !workspace_.isEmpty() && !job_.running()) {
        job_.refresh();
        job_.askSources();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    openPaths(local_files(event->mimeData()));
}

}  // namespace abm
