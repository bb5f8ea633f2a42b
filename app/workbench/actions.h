// What can be done in the window: one action each, for menus, buttons, keys and the list of keys.
#pragma once

#include <QAction>
#include <QList>

namespace abm {

struct Actions {
    explicit Actions(QObject* parent);

    QAction *open, *open_folder, *sample, *close, *quit;
    QAction *back, *forward, *next_anomaly, *previous_anomaly, *next_line, *previous_line;
    QAction *find, *filter;
    QAction *fit, *zoom_in, *zoom_out, *zoom_range;
    QAction *theme, *system_theme, *reset_layout, *keys;

    QList<QAction*> all() const { return list_; }

private:
    QList<QAction*> list_;
};

}  // namespace abm
