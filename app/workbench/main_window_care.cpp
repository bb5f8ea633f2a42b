// The Workspace menu: making and opening, what comes in and goes out, backup; and the way back after a restart.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <array>

#include "app/workbench/capture_dialog.h"
#include "app/workbench/job_desk.h"
#include "app/workbench/main_window.h"
#include "app/workbench/profile_dialog.h"
#include "app/workbench/record_key.h"
#include "app/workbench/status_line.h"
#include "app/workbench/triage_page.h"
#include "widgets/record_view.h"
#include "widgets/score_chart.h"
#include "widgets/session_table.h"
#include "widgets/sources_panel.h"

namespace abm {
namespace {

constexpr int kRest_ms = 600;

}  // namespace

void MainWindow::connectWorkspaceMenu() {
    const auto on = [this](QAction* action, auto step) { connect(action, &QAction::triggered, this, step); };
    on(actions_.import_labels, [this] {
        const QString file = QFileDialog::getOpenFileName(this, "Import labels", {}, "Labels (*.csv *.jsonl);;All files (*)");
        if (!file.isEmpty()) importLabels(file);
    });
    on(actions_.import_model, [this] {
        const QString file = QFileDialog::getOpenFileName(this, "Import a model", {}, "Models (*.json);;All files (*)");
        if (!file.isEmpty()) importModel(file);
    });
    on(actions_.reading, [this] {
        const auto source = sourceToRead();
        if (source) return showReading(*source);
        say("Tables are read in one way only. Select a record of a journal, a text log or a capture, or the file under Sources.");
    });
    connect(triage_->sources(), &SourcesPanel::readingRequested, this, &MainWindow::showReading);
    on(actions_.back_up, [this] {
        const QFileInfo open(workspace_);
        const QString proposed = open.dir().filePath(open.completeBaseName() + "-backup.abmw");
        const QString file = QFileDialog::getSaveFileName(this, "Back up the workspace", proposed, "Workspaces (*.abmw)");
        if (!file.isEmpty()) backUp(file);
    });
    on(actions_.check, [this] { job_desk_->check(workspace_.toStdString()); });
    rest_.setSingleShot(true);
    rest_.setInterval(kRest_ms);
    connect(&rest_, &QTimer::timeout, this, &MainWindow::remember);
    connect(&triage_->selection(), &Selection::recordChanged, this, &MainWindow::rememberSoon);
    connect(triage_->chart(), &ScoreChart::visibleRangeChanged, this, &MainWindow::rememberSoon);
    connect(triage_->sessions(), &SessionTable::listed, this, &MainWindow::rememberSoon);
    connect(&triage_->docks(), &DockSet::frontChanged, this, &MainWindow::rememberSoon);
}

// Not at the end only: a program that is killed has none. Nor only when one pauses: who labels key after key does not.
void MainWindow::rememberSoon() {
    if (!job_.running() && !showsStart() && !rest_.isActive()) rest_.start();
}

void MainWindow::openLast() {
    const QString last = settings_.openWorkspace();
    if (last.isEmpty() || !QFileInfo::exists(last)) return;
    settings_.setOpenWorkspace({});  // until it is open
    openWorkspace(last);
}

void MainWindow::restorePlace(const Investigation& all) {
    if (triage_->selection().record()) return;
    for (const RecentEntry& entry : settings_.recent()) {
        if (entry.workspace != workspace_) continue;
        if (const auto last = record_of_key(all, entry.record)) triage_->selection().selectRecord(*last);
        triage_->restorePlace(entry.place);  // behind it: a selection moves the chart
        return;
    }
}

void MainWindow::importLabels(const QString& file) { job_.importLabels(file.toStdString()); }
void MainWindow::importModel(const QString& file) { job_.importModel(file.toStdString()); }

void MainWindow::backUp(const QString& file) {
    const QString expert = settings_.expert();
    job_desk_->backUp(workspace_.toStdString(), (is_workspace(file) ? file : file + ".abmw").toStdString(),
                      expert.isEmpty() ? system_user() : expert.toStdString());
}

void MainWindow::askForWorkspace(bool new_one) {
    const QString kinds = "Workspaces (*.abmw)";
    const QString folder = QFileInfo(settings_.workspace()).absolutePath();
    QString path =
        new_one ? QFileDialog::getSaveFileName(this, "New workspace", folder, kinds, nullptr, QFileDialog::DontConfirmOverwrite)
                : QFileDialog::getOpenFileName(this, "Open a workspace", folder, kinds);
    if (path.isEmpty()) return;
    if (!is_workspace(path)) path += ".abmw";
    openWorkspace(path);  // one that exists is opened: nothing is ever overwritten
}

void MainWindow::askForExport() {
    QMessageBox question(QMessageBox::NoIcon, "Export labelled data",
                         "The labels, the features of the labelled records and a manifest are written into a folder.",
                         QMessageBox::Cancel, this);
    QPushButton* const csv = question.addButton("CSV…", QMessageBox::AcceptRole);
    QPushButton* const lines = question.addButton("JSON Lines…", QMessageBox::AcceptRole);
    QPushButton* const libsvm = question.addButton("libsvm…", QMessageBox::AcceptRole);
    question.exec();
    const auto* const chosen = question.clickedButton();
    if (chosen != csv && chosen != lines && chosen != libsvm) return;
    const QString folder = QFileDialog::getExistingDirectory(this, "Export labelled data into a folder");
    if (folder.isEmpty()) return;
    exportLabelled(folder, chosen == csv ? DatasetFormat::csv : chosen == lines ? DatasetFormat::jsonl : DatasetFormat::libsvm);
}

void MainWindow::exportLabelled(const QString& folder, DatasetFormat format) {
    ExportOptions options;
    options.format = format;
    options.program = "abm-workbench " ABM_VERSION;
    job_.exportLabelled(folder.toStdString(), options);
}

// The file selected under Sources when that list is in front, else that of the record.
std::optional<SourceIndex> MainWindow::sourceToRead() const {
    const auto& snapshot = triage_->loaded().snapshot;
    if (!snapshot) return std::nullopt;
    const auto record = triage_->selection().record();
    const bool any = record && raw(*record) < snapshot->records.size();
    const std::optional<SourceIndex> of_record = any ? std::optional(snapshot->records[raw(*record)].source) : std::nullopt;
    const std::optional<SourceIndex> listed = triage_->sources()->current();
    for (const auto& source :
         triage_->docks().isInFront(View::sources) ? std::array{listed, of_record} : std::array{of_record, listed}) {
        if (!source) continue;
        const Source& file = snapshot->sources[raw(*source)];
        if (has_profile(file) || file.is_capture()) return source;
    }
    return std::nullopt;
}

void MainWindow::showReading(SourceIndex source) {
    job_.read([this, source](WorkspaceSession& session, const std::string&) -> CommandQueue::Answer {
        const auto snapshot = session.snapshot()->investigation();
        if (raw(source) >= snapshot->sources.size()) return {};
        return [this, shown = snapshot->sources[raw(source)], chosen = session.chosen_reading(source)] {
            const auto open = [this, path = QString::fromStdString(shown.path.string())](auto* dialog) {
                dialog->setAttribute(Qt::WA_DeleteOnClose);
                connect(dialog, &std::remove_pointer_t<decltype(dialog)>::readWanted, this,
                        [this, path](const ReadingChoice& choice) { readOtherwise(path, choice); });
                dialog->open();
            };
            if (shown.is_capture()) {
                open(new CaptureDialog(shown, chosen.captures.value_or(CaptureOptions()), !facts_.read_only, this));
            } else {
                open(new ProfileDialog(shown, chosen.profile, !facts_.read_only, log_profile_folder(), this));
            }
        };
    });
}

void MainWindow::readOtherwise(const QString& path, const ReadingChoice& choice) {
    begin(workspace_name(workspace_), false);
    job_desk_->nameOpening("Read " + QFileInfo(path).fileName() + " otherwise",
                           [this, path, choice] { readOtherwise(path, choice); });
    job_.open(workspace_.toStdString(), {path.toStdString()}, choice);
}

}  // namespace abm
