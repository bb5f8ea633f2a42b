// Which key runs which action: the program's own keys, and what the user has made of them.
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>

namespace abm {

class Settings;

/// UI thread only. Changes take effect at once and are remembered.
class KeyMap : public QObject {
    Q_OBJECT
public:
    /// Remembers the keys the actions come with, then gives them those of the settings.
    KeyMap(QList<QAction*> actions, Settings& settings, QObject* parent = nullptr);

    const QList<QAction*>& actions() const { return actions_; }
    QList<QKeySequence> usual(const QAction* action) const { return usual_.value(action); }
    bool changed(const QAction* action) const { return action->shortcuts() != usual(action); }
    /// The action that has this key already, other than `except`; null: it is free.
    QAction* holder(const QKeySequence& key, const QAction* except) const;

    /// The only key of the action from now on; empty: none. Whoever had it loses it.
    void assign(QAction* action, const QKeySequence& key);
    void reset(QAction* action);  ///< whoever has its keys loses them
    void resetAll();

signals:
    void keysChanged();

private:
    void give(QAction* action, const QList<QKeySequence>& keys);
    void takeFromOthers(const QList<QKeySequence>& keys, const QAction* owner);

    QList<QAction*> actions_;
    Settings& settings_;
    QHash<const QAction*, QList<QKeySequence>> usual_;
};

}  // namespace abm
