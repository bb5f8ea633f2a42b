// What can be done in the window: one action each, for menus, buttons, keys and the list of keys.
#pragma once

#include <QAction>
#include <QList>

namespace abm {

QString name_of(const QAction& action);                           ///< its text without marks: "Open folder"
QString key_text(const QKeySequence& key);                        ///< "Ctrl+R", "⌫"
QString keys_text(const QAction& action);                         ///< all of its keys: "Ctrl+Shift+Z, Ctrl+Y"
void set_keys(QAction& action, const QList<QKeySequence>& keys);  ///< and the tool tip that tells them

/// A menu: its title and what it holds; null: a separator.
struct ActionGroup {
    QString title;
    QList<QAction*> actions;
};

/// Each is known by its objectName, the word its keys are remembered under.
struct Actions {
    static constexpr int kTypeKeys = 9;

    explicit Actions(QObject* parent);

    QAction *open, *open_folder, *sample, *watch_folder, *new_workspace, *open_workspace, *export_labelled, *export_ledger,
        *close, *quit;
    QAction *import_labels, *import_model, *reading, *back_up, *check;
    QAction *back, *forward, *next_anomaly, *previous_anomaly, *next_line, *previous_line;
    QAction *find, *find_next, *find_previous, *go_to, *filter;
    QAction *bookmark, *next_bookmark, *flag;
    QAction *fit, *zoom_in, *zoom_out, *zoom_range;
    QAction *accept, *types[kTypeKeys], *normal, *unsure, *skip, *note, *alike, *apply_alike;
    QAction *previous_reversed, *undo, *redo, *queue, *why;
    QAction *label_mode, *leave, *guidelines;
    QAction *retrain, *detectors, *search_settings, *adopt, *discard, *roll_back;
    QAction *theme, *system_theme, *reset_layout, *settings, *palette, *keys;

    QList<QAction*> all() const { return list_; }
    /// The menus. shown: what shows and hides docks, for View.
    QList<ActionGroup> groups(const QList<QAction*>& shown) const;
    QString menuOf(const QAction* action) const;  ///< "Label"
    /// Those that give or take back a verdict: inert while one types, see widgets/label_keys.h.
    QList<QAction*> labelKeys() const;

private:
    QList<QAction*> list_;
};

}  // namespace abm
