#include "app/workbench/main_window.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <algorithm>

#include "app/workbench/keys_dialog.h"
#include "app/workbench/start_page.h"
#include "app/workbench/status_line.h"
#include "app/workbench/triage_page.h"
#include "widgets/format.h"
#include "widgets/icons.h"
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

QString title_of(const QStringList& paths) {
    if (paths.size() == 1) return QFileInfo(paths.front()).fileName();
    return counted(paths.size(), "input", "inputs");
}

}  // namespace

MainWindow::MainWindow(Settings& settings, LoadJob::MakeSample make_sample, QWidget* parent)
    : QMainWindow(parent),
      settings_(settings),
      make_sample_(std::move(make_sample)),
      actions_(this),
      pages_(new QStackedWidget),
      start_(new StartPage(settings, static_cast<bool>(make_sample_))),
      triage_(new TriagePage({actions_.open, actions_.back, actions_.forward, actions_.theme})),
      status_(new StatusLine) {
    setWindowTitle("ABM Workbench");
    setWindowIcon(application_icon());
    setMinimumSize(1024, 640);
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    pages_->addWidget(start_);
    pages_->addWidget(triage_);
    setCentralWidget(pages_);
    setStatusBar(status_);
    buildMenus();
    connectActions();
    connectJob();
    resize(1440, 900);
    restoreGeometry(settings_.layout("window"));
    triage_->restoreLayout(settings_);
    applyTheme();
    setInvestigationOpen(false);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildMenus() {
    const auto fill = [&](const QString& title, const QList<QAction*>& actions) {
        QMenu* const menu = menuBar()->addMenu(title);
        for (QAction* action : actions) {
            if (action) {
                menu->addAction(action);
            } else {
                menu->addSeparator();
            }
        }
        return menu;
    };
    const Actions& a = actions_;
    fill("&File", {a.open, a.open_folder, a.sample, nullptr, a.close, a.quit});
    fill("&Go", {a.back, a.forward, nullptr, a.next_anomaly, a.previous_anomaly, nullptr, a.next_line, a.previous_line, nullptr,
                 a.find, a.filter});
    QMenu* const view = fill("&View", {a.fit, a.zoom_in, a.zoom_out, a.zoom_range, nullptr});
    view->addActions(triage_->dockActions());
    view->addSeparator();
    view->addActions({a.theme, a.system_theme});
    view->addSeparator();
    view->addAction(a.reset_layout);
    fill("&Help", {a.keys});
    a.sample->setVisible(static_cast<bool>(make_sample_));
    addActions(a.all());
}

void MainWindow::connectActions() {
    const auto on = [this](QAction* action, auto step) { connect(action, &QAction::triggered, this, step); };
    on(actions_.open, [this] { askForFiles(); });
    on(actions_.open_folder, [this] { askForFolder(); });
    on(actions_.sample, [this] { openSample(); });
    on(actions_.close, [this] { closeInvestigation(); });
    on(actions_.quit, [this] { close(); });
    on(actions_.back, [this] { triage_->selection().goBack(); });
    on(actions_.forward, [this] { triage_->selection().goForward(); });
    on(actions_.next_anomaly, [this] { triage_->stepAnomaly(1); });
    on(actions_.previous_anomaly, [this] { triage_->stepAnomaly(-1); });
    on(actions_.next_line, [this] { triage_->stepLine(1); });
    on(actions_.previous_line, [this] { triage_->stepLine(-1); });
    on(actions_.find, [this] { triage_->openFind(); });
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
    on(actions_.keys, [this] { KeysDialog(actions_.all(), this).exec(); });
    connect(start_, &StartPage::openFiles, this, &MainWindow::askForFiles);
    connect(start_, &StartPage::openFolder, this, &MainWindow::askForFolder);
    connect(start_, &StartPage::openSample, this, &MainWindow::openSample);
    connect(start_, &StartPage::openPaths, this, &MainWindow::openPaths);
    connect(triage_, &TriagePage::said, status_, &StatusLine::say);
    connect(&triage_->selection(), &Selection::historyChanged, this, &MainWindow::showHistory);
    connect(&triage_->selection(), &Selection::recordChanged, this, [this] { status_->say({}); });
    connect(&Theme::instance(), &Theme::changed, this, &MainWindow::applyTheme);
}

void MainWindow::connectJob() {
    connect(&job_, &LoadJob::progressed, status_, &StatusLine::progress);
    connect(&job_, &LoadJob::partial, this, &MainWindow::install);
    connect(&job_, &LoadJob::finished, this, &MainWindow::finish);
    connect(&job_, &LoadJob::failed, this, &MainWindow::fail);
    connect(status_, &StatusLine::cancelRequested, &job_, &LoadJob::cancel);
    connect(&job_, &LoadJob::cancelled, this, [this] {
        status_->end();
        triage_->setBusy(false);
        const bool partial = triage_->loaded().snapshot && continues_;
        status_->setPartial(partial);
        status_->say(partial ? "Cancelled. What was read so far is shown." : "Cancelled. Nothing was read yet.");
        if (!partial) closeInvestigation();
    });
}

void MainWindow::openPaths(const QStringList& paths) {
    if (paths.isEmpty()) return;
    sample_ = false;
    continues_ = false;
    LoadJob::Paths list;
    for (const QString& path : paths) list.emplace_back(path.toStdString());
    triage_->setTitle(title_of(paths));
    setInvestigationOpen(true);
    status_->begin();
    triage_->setLoaded({}, false);
    triage_->setBusy(true);
    job_.open(std::move(list));
}

void MainWindow::openSample() {
    if (!make_sample_) return;
    sample_ = true;
    continues_ = false;
    triage_->setTitle("Sample investigation");
    setInvestigationOpen(true);
    status_->begin();
    triage_->setLoaded({}, false);
    triage_->setBusy(true);
    job_.openSample(make_sample_);
}

void MainWindow::install(const Loaded& loaded) {
    triage_->setLoaded(loaded, continues_);
    continues_ = true;
    showHistory();
    noteModel(*loaded.snapshot);
}

void MainWindow::finish(const Loaded& loaded, const std::vector<std::filesystem::path>& paths) {
    status_->end();
    triage_->setBusy(false);
    install(loaded);
    status_->setPartial(loaded.snapshot->partial);
    if (!triage_->selection().record()) triage_->selectWorst();
    if (!sample_) {
        QStringList names;
        for (const auto& path : paths) names.append(QString::fromStdString(std::filesystem::absolute(path).string()));
        settings_.remember(names, counted(static_cast<std::int64_t>(loaded.snapshot->machines.size()), "machine", "machines") +
                                      " · " +
                                      counted(static_cast<std::int64_t>(loaded.snapshot->records.size()), "record", "records"));
    }
    const auto& sources = loaded.snapshot->sources;
    const auto troubled =
        std::count_if(sources.begin(), sources.end(), [](const Source& source) { return !source.problems.empty(); });
    if (troubled > 0) status_->say(counted(troubled, "file has", "files have") + " problems: see the Sources tab.");
    emit opened();
}

void MainWindow::fail(const QString& message) {
    status_->end();
    triage_->setBusy(false);
    if (continues_) {
        status_->setPartial(true);
        status_->say(message);
    } else {
        closeInvestigation();
        start_->showError(message);
    }
    emit failed(message);
}

void MainWindow::noteModel(const Investigation& investigation) {
    const bool provisional =
        std::any_of(investigation.records.begin(), investigation.records.end(), [](const Record& r) { return r.provisional; });
    const std::int64_t scored = investigation.features->rows();
    if (investigation.partial)
        return status_->setModelNote(QStringLiteral("Not scored by the models yet"),
                                     "They learn what is usual when all is read.");
    status_->setModelNote(
        provisional ? QStringLiteral("Provisional scores: %1, fewer than 200").arg(counted(scored, "record", "records"))
                    : QStringLiteral("Scored against %1").arg(counted(scored, "record", "records")),
        "The models learn what is usual from the records that are open. With fewer than 200 their word counts little; "
        "findings do not depend on it.");
}

void MainWindow::setInvestigationOpen(bool open) {
    pages_->setCurrentWidget(open ? static_cast<QWidget*>(triage_) : start_);
    start_->showError({});
    if (!open) start_->refresh();
    if (open) triage_->sessions()->view()->setFocus();
    for (QAction* action :
         {actions_.close, actions_.next_anomaly, actions_.previous_anomaly, actions_.next_line, actions_.previous_line,
          actions_.find, actions_.filter, actions_.fit, actions_.zoom_in, actions_.zoom_out, actions_.zoom_range}) {
        action->setEnabled(open);
    }
    for (QAction* dock : triage_->dockActions()) dock->setEnabled(open);
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
    triage_->setLoaded({}, false);
    setInvestigationOpen(false);
}

void MainWindow::showHistory() {
    const bool open = !showsStart();
    actions_.back->setEnabled(open && triage_->selection().canGoBack());
    actions_.forward->setEnabled(open && triage_->selection().canGoForward());
}

bool MainWindow::showsStart() const { return pages_->currentWidget() == start_; }
bool MainWindow::settled() const { return !job_.running() && triage_->settled(); }

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
}

void MainWindow::askForFiles() {
    openPaths(QFileDialog::getOpenFileNames(this, "Open journals", {}, "Journals (*.txt *.log *.jrn *.ej *.gz);;All files (*)"));
}

void MainWindow::askForFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, "Open a folder of journals");
    if (!folder.isEmpty()) openPaths({folder});
}

void MainWindow::closeEvent(QCloseEvent* event) {
    settings_.setLayout("window", saveGeometry());
    triage_->saveLayout(settings_);
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!local_files(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    openPaths(local_files(event->mimeData()));
}

}  // namespace abm
