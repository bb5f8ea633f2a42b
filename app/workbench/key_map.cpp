#include "app/workbench/key_map.h"

#include <algorithm>

#include "app/workbench/actions.h"
#include "app/workbench/settings.h"

namespace abm {

KeyMap::KeyMap(QList<QAction*> actions, Settings& settings, QObject* parent)
    : QObject(parent), actions_(std::move(actions)), settings_(settings) {
    for (const QAction* const action : actions_) usual_[action] = action->shortcuts();
    for (QAction* const action : actions_) {
        if (const auto keys = settings_.keys(action->objectName())) set_keys(*action, *keys);
    }
}

QAction* KeyMap::holder(const QKeySequence& key, const QAction* except) const {
    const auto found = std::find_if(actions_.begin(), actions_.end(), [&](const QAction* action) {
        return action != except && !key.isEmpty() && action->shortcuts().contains(key);
    });
    return found == actions_.end() ? nullptr : *found;
}

void KeyMap::give(QAction* action, const QList<QKeySequence>& keys) {
    set_keys(*action, keys);
    settings_.setKeys(action->objectName(), keys == usual(action) ? std::nullopt : std::optional(keys));
}

void KeyMap::takeFromOthers(const QList<QKeySequence>& keys, const QAction* owner) {
    for (const QKeySequence& key : keys) {
        while (QAction* const other = holder(key, owner)) {
            QList<QKeySequence> rest = other->shortcuts();
            rest.removeAll(key);
            give(other, rest);
        }
    }
}

void KeyMap::assign(QAction* action, const QKeySequence& key) {
    const QList<QKeySequence> keys = key.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{key};
    takeFromOthers(keys, action);
    give(action, keys);
    emit keysChanged();
}

void KeyMap::reset(QAction* action) {
    takeFromOthers(usual(action), action);
    give(action, usual(action));
    emit keysChanged();
}

void KeyMap::resetAll() {
    for (QAction* const action : actions_) give(action, usual(action));
    emit keysChanged();
}

}  // namespace abm
