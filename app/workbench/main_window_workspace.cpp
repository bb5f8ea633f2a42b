// The workspace of the window: opening, reading files into it, naming, remembering, exporting.
#include <QFileDialog>
#include <QFileInfo>
#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/workbench/job_desk.h"
#include "app/workbench/label_desk.h"
#include "app/workbench/label_mode.h"
#include "app/workbench/main_window.h"
#include "app/workbench/model_desk.h"
#include "app/workbench/record_key.h"
#include "app/workbench/start_page.h"
#include "app/workbench/status_line.h"
#include "app/workbench/triage_page.h"
#include "app/workbench/watch_desk.h"
#include "widgets/carried_record.h"
#include "widgets/format.h"
#include "widgets/notice_bar.h"
#include "widgets/sources_panel.h"

namespace abm {
void MainWindow::begin(const QString& title, bool another) {
    continues_ = !another && triage_->loaded().snapshot && !triage_->loaded().snapshot->records.empty();
    triage_->setTitle(title);
    setInvestigationOpen(true);
    status_->begin();
    status_->setPartial(false);
    status_->notices()->clear();
    if (another) {
        label_desk_->forget();
        model_desk_->forget();
        watch_desk_->forget();
        triage_->sources()->setFailed({});
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
    job_desk_->nameOpening(paths.size() == 1 ? "Read " + QFileInfo(paths.front()).fileName()
                                             : QStringLiteral("Read %1 files and folders").arg(paths.size()),
                           [this, paths] { openPaths(paths); });
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
    job_desk_->nameOpening("Open " + workspace_name(whole), [this, whole] { openWorkspace(whole); });
    job_.open(whole.toStdString(), {});
}

void MainWindow::openAtStart(const QString& workspace, const QStringList& paths) {
    if (workspace.isEmpty()) return openPaths(paths);
    if (paths.isEmpty()) return openWorkspace(workspace);
    workspace_ = QFileInfo(workspace).absoluteFilePath();
    openPaths(paths);
}

void MainWindow::openSample() { openSample(SampleKind::journals); }

void MainWindow::openSample(SampleKind kind) {
    WorkspaceJob::MakeSample make = make_sample_;
    if (kind != SampleKind::journals && make_sample_of_)
        make = [of = make_sample_of_, kind](const Progress& progress) { return of(kind, progress); };
    if (!make) return;
    remember();
    begin(sample_title(kind), true);
    workspace_.clear();  // known when it is there
    job_desk_->nameOpening("Open the sample", [this, kind] { openSample(kind); });
    job_.openSample(std::move(make));
}

void MainWindow::setOtherSamples(MakeSampleOf make) {
    make_sample_of_ = std::move(make);
    start_->setOtherSamples(static_cast<bool>(make_sample_of_));
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
    workspace_ = path_text(facts.path);
    const QString name = workspace_name(workspace_);
    triage_->setTitle(facts.read_only ? name + " (read-only)" : name);
    setWindowTitle(name + " – ABM Workbench");
}

void MainWindow::finish(const Loaded& loaded, const WorkspaceFacts& facts, const std::vector<ImportedSource>& imported,
                        const std::vector<std::filesystem::path>& left_out) {
    triage_->setBusy(false);
    nameWorkspace(facts);
    install(loaded);
    status_->setPartial(loaded.snapshot->partial);
    restorePlace(*loaded.snapshot);
    if (!triage_->selection().record()) triage_->selectWorst();
    label_desk_->setLoaded(facts, true);
    model_desk_->setFacts(facts, true);
    showEnabled();
    remember();
    settings_.setOpenWorkspace(workspace_);
    watch_desk_->setOpen(facts);
    sayImported(imported, left_out, *loaded.snapshot);
    if (!watch_next_.isEmpty()) watch_desk_->watch(std::exchange(watch_next_, {}));
    emit opened();
}

void MainWindow::rescored(const Loaded& loaded, const WorkspaceFacts& facts) {
    facts_ = facts;
    const bool partial = triage_->loaded().snapshot && triage_->loaded().snapshot->partial;
    if (partial && loaded.snapshot->records.empty()) return;  // cancelled before a file was read to its end: what was seen stays
    const Snapshot before = triage_->loaded().snapshot;
    const bool renumbered = before && !partial && !stands_in_front(*before, *loaded.snapshot);
    const bool others = renumbered || (before && !partial && before->records.size() != loaded.snapshot->records.size());
    triage_->setRescored(loaded);
    if (others) {
        label_mode_->setLoaded(loaded);
        if (renumbered) {
            label_desk_->carryDrafts(*before, *loaded.snapshot);
            model_desk_->forgetComparisons();
        }
        return takeOthers(facts);
    }
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

// Files came or have grown, without anybody asking for it: what is looked at stays.
void MainWindow::takeOthers(const WorkspaceFacts& facts) {
    noteModel(*triage_->loaded().snapshot);
    if (!triage_->selection().record()) triage_->selectWorst();
    label_desk_->setLoaded(facts, true);
    model_desk_->setFacts(facts, true);
    showHistory();
    rememberSoon();
}

namespace {

std::int64_t critical_in(const std::vector<ImportedSource>& imported, const Investigation& all) {
    std::vector<bool> fresh(all.sources.size());
    for (const ImportedSource& source : imported) {
        if (source.outcome == ImportedSource::Outcome::known || source.outcome == ImportedSource::Outcome::moved) continue;
        for (std::size_t at = 0; at < all.sources.size(); ++at) fresh[at] = fresh[at] || all.sources[at].path == source.path;
    }
    return std::count_if(all.records.begin(), all.records.end(), [&](const Record& record) {
        return record.severity == Severity::critical && fresh[raw(record.source)];
    });
}

QString failed_words(const std::vector<ImportedSource>& imported) {
    QStringList failed;
    for (const ImportedSource& source : imported) {
        if (source.outcome != ImportedSource::Outcome::failed) continue;
        failed.append(source.as_read.problems.empty()
                          ? qstring(source.name)
                          : qstring(source.name) + ": " + qstring(source.as_read.problems.front().message));
    }
    if (failed.isEmpty()) return {};
    return counted(failed.size(), "file was", "files were") + " not read. " + failed.join(" · ");
}

// Of the tables a folder has beside other files those that are no source already.
QStringList not_read(const std::vector<std::filesystem::path>& tables, const Investigation& all) {
    QStringList paths;
    for (const auto& table : tables) {
        std::error_code ignored;
        const auto place = std::filesystem::weakly_canonical(table, ignored);
        const auto is_it = [&](const Source& source) { return source.path == place || source.path == table; };
        if (std::ranges::none_of(all.sources, is_it)) paths.append(QString::fromStdString(table.string()));
    }
    return paths;
}

}  // namespace

// What came of reading: files that failed first, then what was found.
void MainWindow::sayImported(const std::vector<ImportedSource>& imported, const std::vector<std::filesystem::path>& tables,
                             const Investigation& all) {
    const QStringList left_out = not_read(tables, all);
    const auto is_known = [](const ImportedSource& source) {
        return source.outcome == ImportedSource::Outcome::known || source.outcome == ImportedSource::Outcome::moved;
    };
    const auto known_already = std::count_if(imported.begin(), imported.end(), is_known);
    const auto troubled = std::count_if(imported.begin(), imported.end(), [](const ImportedSource& source) {
        return source.outcome != ImportedSource::Outcome::failed && !source.as_read.problems.empty();
    });
    const auto to_sources = [this] { triage_->showView(View::sources); };
    const QString failed = failed_words(imported);
    if (!failed.isEmpty())
        return job_desk_->endOpening(Job::State::failed, failed, {Notice::Kind::error, failed, "Show sources", to_sources});
    if (imported.empty()) return job_desk_->endOpening(Job::State::done, counted(std::ssize(all.records), "record", "records"));
    if (known_already == std::ssize(imported) && left_out.isEmpty()) {
        const QString words = "Known already: nothing had to be read again, labels are as they were.";
        return job_desk_->endOpening(Job::State::done, words, {Notice::Kind::done, words, {}, {}});
    }
    const std::int64_t critical = critical_in(imported, all);
    QString words = counted(std::ssize(imported) - known_already, "file", "files") + " read, " +
                    (critical > 0 ? count_text(critical) : QStringLiteral("nothing")) + " critical found.";
    if (troubled > 0) words += " " + counted(troubled, "file has", "files have") + " problems: see Sources.";
    Notice notice{critical > 0 || troubled > 0 ? Notice::Kind::attention : Notice::Kind::done, words,
                  troubled > 0 ? "Show sources" : QString(), to_sources};
    if (!left_out.isEmpty()) {
        words += QStringLiteral(" Not read: %1 beside them.").arg(counted(left_out.size(), "table", "tables"));
        notice = {Notice::Kind::attention, words, left_out.size() == 1 ? "Read it too" : "Read them too",
                  [this, left_out] { openPaths(left_out); }};
    }
    job_desk_->endOpening(Job::State::done, words, notice);
}

void MainWindow::remember() {
    const auto& snapshot = triage_->loaded().snapshot;
    if (workspace_.isEmpty() || !snapshot || snapshot->partial || snapshot->records.empty()) return;
    const RecordTally& tally = *triage_->loaded().tally;
    QString summary = entity_words(tally.entities) + " · " + record_count_words(tally);
    if (!snapshot->labels.empty())
        summary += " · " + counted(static_cast<std::int64_t>(snapshot->labels.size()), "label", "labels");
    const auto record = triage_->selection().record();
    settings_.remember(workspace_, summary, record ? record_key(*snapshot, *record) : QString(), triage_->place());
}

void MainWindow::fail(const QString& message, const Loaded& loaded, const WorkspaceFacts& facts) {
    triage_->setBusy(false);
    watch_next_.clear();
    if (loaded.snapshot && !loaded.snapshot->records.empty()) {
        nameWorkspace(facts);
        continues_ = true;
        install(loaded);
        label_desk_->setLoaded(facts, true);
        model_desk_->setFacts(facts, true);
        watch_desk_->setOpen(facts);
        job_desk_->endOpening(Job::State::failed, message, {Notice::Kind::error, message, {}, {}});
    } else {
        job_desk_->endOpening(Job::State::failed, message);
        closeInvestigation();
        start_->showError(message);
    }
    emit failed(message);
}

}  // namespace abm
