// Label mode in the window, and what knows all actions: palette, settings, the list of keys.
#include <QStackedWidget>

#include "app/workbench/bookmark_desk.h"
#include "app/workbench/command_palette.h"
#include "app/workbench/keys_dialog.h"
#include "app/workbench/label_desk.h"
#include "app/workbench/label_mode.h"
#include "app/workbench/label_page.h"
#include "app/workbench/main_window.h"
#include "app/workbench/settings_dialog.h"
#include "app/workbench/status_line.h"
#include "app/workbench/triage_page.h"
#include "app/workbench/why_disabled.h"
#include "widgets/log_panel.h"
#include "widgets/session_table.h"

namespace abm {

void MainWindow::connectLabelMode() {
    connect(label_mode_, &LabelMode::entered, this, [this] {
        pages_->setCurrentWidget(label_page_);
        status_->hide();  // the page has a footer of its own
        showEnabled();
    });
    connect(label_mode_, &LabelMode::left, this, [this] {
        pages_->setCurrentWidget(triage_);
        status_->show();
        triage_->currentList()->setFocus();
        showEnabled();
    });
    connect(actions_.guidelines, &QAction::triggered, this, [this] {
        if (!label_mode_->active()) triage_->showView(View::guidelines);
    });
    connect(&keys_, &KeyMap::keysChanged, this, &MainWindow::showKeys);
    connect(actions_.palette, &QAction::triggered, this, &MainWindow::showPalette);
    connect(actions_.settings, &QAction::triggered, this, &MainWindow::showSettings);
    connect(actions_.keys, &QAction::triggered, this, [this] {
        auto* const dialog = new KeysDialog(actions_.groups(triage_->dockActions()), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

// What works on the triage page alone is off in label mode: nothing moves that one does not see.
void MainWindow::showEnabled() {
    const bool open = !showsStart();
    const bool triage = open && !label_mode_->active();
    for (QAction* const action :
         {actions_.close, actions_.next_line, actions_.previous_line, actions_.find, actions_.export_labelled,
          actions_.export_ledger, actions_.guidelines, actions_.back_up, actions_.check})
        action->setEnabled(open);
    for (QAction* const action :
         {actions_.next_anomaly, actions_.previous_anomaly, actions_.filter, actions_.fit, actions_.zoom_in, actions_.zoom_out,
          actions_.zoom_range, actions_.next_bookmark, actions_.reset_layout})
        action->setEnabled(triage || (!open && action == actions_.reset_layout));
    for (QAction* const dock : triage_->dockActions()) dock->setEnabled(triage);
    actions_.queue->setEnabled(triage);
    for (QAction* const action : {actions_.import_labels, actions_.import_model, actions_.reading})
        action->setEnabled(open && !job_.running() && !facts_.read_only);
    showHistory();
}

void MainWindow::showKeys() {
    label_page_->showKeys();
    show_keys(*triage_->labelPanel(), actions_);
}

void MainWindow::showPalette() {
    WindowState state;
    state.open = !showsStart();
    state.reading = job_.running();
    state.read_only = facts_.read_only;
    state.label_mode = label_mode_->active();
    state.any_selected = triage_->selection().record().has_value();
    const auto why = [this, state](const QAction& action) { return why_disabled(action, actions_, state); };
    auto* const palette = new CommandPalette(actions_.groups(triage_->dockActions()), why, this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->open();
}

void MainWindow::showSettings() {
    const bool writable = !showsStart() && !job_.running() && !facts_.read_only;
    auto* const dialog =
        new SettingsDialog(settings_, keys_, actions_, writable ? std::optional(facts_.rule) : std::nullopt, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::expertChanged, this, [this](const QString& name) {
        settings_.setExpert(name);
        job_.setExpert(name.toStdString());
        bookmark_desk_->refresh();
    });
    connect(dialog, &SettingsDialog::themeChanged, this, &MainWindow::setTheme);
    connect(dialog, &SettingsDialog::mixChanged, this, [this](const QueueMix& mix) {
        settings_.setQueueMix(mix);
        label_page_->setMix(mix);
        label_desk_->setMix(mix);
    });
    connect(dialog, &SettingsDialog::retrainRuleChanged, &job_, &WorkspaceJob::setRetrainRule);
    dialog->open();
}

// Where one looks.
void MainWindow::say(const QString& message) {
    if (label_mode_->active()) return label_page_->say(message);
    status_->say(message);
}

LogPanel* MainWindow::shownLog() const { return label_mode_->active() ? label_page_->log() : triage_->showLog(); }

void MainWindow::stepLine(int direction) {
    if (label_mode_->active()) return label_page_->log()->step(direction);
    triage_->stepLine(direction);
}

}  // namespace abm
