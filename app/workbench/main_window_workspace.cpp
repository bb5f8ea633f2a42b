// The workspace of the window: opening, reading files into it, naming, remembering, exporting.
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <algorithm>
#include <filesystem>

#include "app/workbench/label_desk.h"
#include "app/workbench/label_mode.h"
#include "app/workbench/main_window.h"
#include "app/workbench/model_desk.h"
#include "app/workbench/record_key.h"
#include "app/workbench/start_page.h"
#include "app/workbench/status_line.h"
#include "app/workbench/triage_page.h"
#include "widgets/format.h"

namespace abm {
namespace {

QString text_of(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }

}  // namespace

void MainWindow::begin(const QString& title, bool another) {
    continues_ = !another && triage_->loaded().snapshot && !triage_->loaded().snapshot->records.empty();
    triage_->setTitle(title);
    setInvestigationOpen(true);
    status_->begin();
    if (another) {
        label_desk_->forget();
        model_desk_->forget();
    } else {
        label_desk_->setLoaded(facts_, false);
        model_desk_->setFacts(facts_, false);
    }
    if (!continues_) triage_->setLoaded({}, false);
    triage_->setBusy(true);
}

void MainWindow::openPaths(const QStringList& paths) {
    if (paths.isEmpty()) return;
    const auto its = std::find_if(paths.begin(), paths.end(), is_workspace);
    if (its != paths.end()) return openWorkspace(*its);
    const QString workspace = workspace_.isEmpty() ? settings_.workspace() : workspace_;
    WorkspaceJob::Paths list;
    for (const QString& path : paths) list.emplace_back(path.toStdString());
    begin(workspace_name(workspace), workspace_.isEmpty());
    workspace_ = workspace;
    job_.open(workspace.toStdString(), std::move(list));
}

// A file is known by its content: opened from elsewhere it takes its place again, with its labels.
void MainWindow::locate(const QString& path) {
    const QString title = "Where is " + QFileInfo(path).fileName() + " now?";
    auto* const dialog = new QFileDialog(this, title, QFileInfo(path).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { openPaths({file}); });
    dialog->open();
}

void MainWindow::openWorkspace(const QString& path) {
    remember();
    const QString whole = QFileInfo(path).absoluteFilePath();
    begin(workspace_name(whole), true);
    workspace_ = whole;
    job_.open(whole.toStdString(), {});
}

void MainWindow::openAtStart(const QString& workspace, const QStringList& paths) {
    if (workspace.isEmpty()) return openPaths(paths);
    if (paths.isEmpty()) return openWorkspace(workspace);
    workspace_ = QFileInfo(workspace).absoluteFilePath();
    openPaths(paths);
}

void MainWindow::openSample() {
    if (!make_sample_) return;
    remember();
    begin("Sample investigation", true);
    workspace_.clear();  // known when it is there
    job_.openSample(make_sample_);
}

void MainWindow::install(const Loaded& loaded) {
    triage_->setLoaded(loaded, continues_);
    label_mode_->setLoaded(loaded);
    continues_ = true;
    showHistory();
    noteModel(*loaded.snapshot);
}

void MainWindow::nameWorkspace(const WorkspaceFacts& facts) {
    facts_ = facts;
    workspace_ = text_of(facts.path);
    const QString name = workspace_name(workspace_);
    triage_->setTitle(facts.read_only ? name + " (read-only)" : name);
    setWindowTitle(name + " – ABM Workbench");
}

void MainWindow::finish(const Loaded& loaded, const WorkspaceFacts& facts, const std::vector<ImportedSource>& imported) {
    status_->end();
    triage_->setBusy(false);
    nameWorkspace(facts);
    install(loaded);
    status_->setPartial(loaded.snapshot->partial);
    for (const RecentEntry& entry : settings_.recent()) {
        const auto last = entry.workspace == workspace_ ? record_of_key(*loaded.snapshot, entry.record) : std::nullopt;
        if (last && !triage_->selection().record()) triage_->selection().selectRecord(*last);
    }
    if (!triage_->selection().record()) triage_->selectWorst();
    label_desk_->setLoaded(facts, true);
    model_desk_->setFacts(facts, true);
    remember();
    sayImported(imported, *loaded.snapshot);
    emit opened();
}

void MainWindow::rescored(const Loaded& loaded, const WorkspaceFacts& facts) {
    facts_ = facts;
    const bool partial = triage_->loaded().snapshot && triage_->loaded().snapshot->partial;
    if (partial && loaded.snapshot->records.empty()) return;  // cancelled before a file was read to its end: what was seen stays
    triage_->setRescored(loaded);
    label_mode_->setRescored(loaded);
    if (partial) {
        status_->setPartial(false);
        nameWorkspace(facts);
        noteModel(*loaded.snapshot);
        label_desk_->setLoaded(facts, true);
        model_desk_->setFacts(facts, true);
        return;
    }
    noteModel(*loaded.snapshot);
    label_desk_->setRescored(facts);
    model_desk_->setFacts(facts, true);
    showHistory();
}

// Files that could not be read, by name; those read with trouble are told of in the Sources tab.
void MainWindow::sayImported(const std::vector<ImportedSource>& imported, const Investigation& all) {
    QStringList failed;
    for (const ImportedSource& source : imported) {
        if (source.outcome != ImportedSource::Outcome::failed) continue;
        failed.append(source.as_read.problems.empty()
                          ? qstring(source.name)
                          : qstring(source.name) + ": " + qstring(source.as_read.problems.front().message));
    }
    const auto known_already = std::count_if(imported.begin(), imported.end(), [](const ImportedSource& source) {
        return source.outcome == ImportedSource::Outcome::known || source.outcome == ImportedSource::Outcome::moved;
    });
    const auto troubled =
        std::count_if(all.sources.begin(), all.sources.end(), [](const Source& source) { return !source.problems.empty(); });
    if (!failed.isEmpty()) {
        status_->say(counted(failed.size(), "file was", "files were") + " not read. " + failed.join(" · "));
    } else if (troubled > 0) {
        status_->say(counted(troubled, "file has", "files have") + " problems: see the Sources tab.");
    } else if (known_already > 0 && known_already == std::ssize(imported)) {
        status_->say("Known already: nothing had to be read again, labels are as they were.");
    }
}

void MainWindow::remember() {
    const auto& snapshot = triage_->loaded().snapshot;
    if (workspace_.isEmpty() || !snapshot || snapshot->partial || snapshot->records.empty()) return;
    QString summary = counted(static_cast<std::int64_t>(snapshot->machines.size()), "machine", "machines") + " · " +
                      counted(triage_->loaded().tally->sessions, "session", "sessions");
    if (!snapshot->labels.empty())
        summary += " · " + counted(static_cast<std::int64_t>(snapshot->labels.size()), "label", "labels");
    const auto record = triage_->selection().record();
    settings_.remember(workspace_, summary, record ? record_key(*snapshot, *record) : QString());
}

void MainWindow::fail(const QString& message, const Loaded& loaded, const WorkspaceFacts& facts) {
    status_->end();
    triage_->setBusy(false);
    if (loaded.snapshot && !loaded.snapshot->records.empty()) {
        nameWorkspace(facts);
        continues_ = true;
        install(loaded);
        label_desk_->setLoaded(facts, true);
        model_desk_->setFacts(facts, true);
        status_->say(message);
    } else {
        closeInvestigation();
        start_->showError(message);
    }
    emit failed(message);
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

}  // namespace abm
