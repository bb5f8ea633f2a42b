// The watched folder in the window: how it is chosen, and what is told of it.
#include <QFileDialog>
#include <QPushButton>

#include "app/workbench/desktop_notice.h"
#include "app/workbench/label_mode.h"
#include "app/workbench/main_window.h"
#include "app/workbench/record_key.h"
#include "app/workbench/start_page.h"
#include "app/workbench/status_line.h"
#include "app/workbench/triage_page.h"
#include "app/workbench/watch_desk.h"
#include "widgets/notice_bar.h"

namespace abm {

void MainWindow::connectWatch() {
    connect(actions_.watch_folder, &QAction::triggered, this, &MainWindow::askForWatch);
    connect(triage_->watch(), &WatchPanel::folderWanted, this, &MainWindow::askForWatch);
    connect(start_, &StartPage::watchFolder, this, &MainWindow::askForWatch);
    connect(watch_desk_, &WatchDesk::said, this, &MainWindow::say);
    watch_desk_->setHoldGrown([this] { return label_mode_->active(); });
    const auto show = [this](const QString& key) {
        const auto& all = triage_->loaded().snapshot;
        const auto record = all ? record_of_key(*all, key) : std::nullopt;
        if (!record) return say("The record is not in the workspace any more.");
        label_mode_->leave();
        triage_->selection().selectRecord(*record);
    };
    connect(watch_desk_, &WatchDesk::recordWanted, this, show);
    connect(watch_desk_, &WatchDesk::found, this, [this, show](const QString& words, const QString& record, Severity severity) {
        status_->notices()->tell({Notice::Kind::attention, words, "Show", [show, record] { show(record); }});
        if (!isActiveWindow()) tell_desktop("ABM Workbench", words, severity == Severity::critical);
    });
}

void MainWindow::askForWatch() {
    const QString before = triage_->watch()->watch().folder;
    const QString folder = QFileDialog::getExistingDirectory(this, "Watch a folder", before);
    if (!folder.isEmpty()) watchFolder(folder);
}

void MainWindow::watchFolder(const QString& folder) {
    if (workspace_.isEmpty() || job_.running()) {
        watch_next_ = folder;
        if (workspace_.isEmpty()) openWorkspace(settings_.workspace());
    } else {
        watch_desk_->watch(folder);
    }
    triage_->showView(View::watch);
}

}  // namespace abm
