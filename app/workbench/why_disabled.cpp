#include "app/workbench/why_disabled.h"

#include <iterator>

namespace abm {

QString why_disabled(const QAction& action, const Actions& a, const WindowState& state) {
    if (action.isEnabled()) return {};
    const auto is = [&](const QList<QAction*>& some) { return some.contains(&action); };
    if (!state.open) return QStringLiteral("open a journal or a workspace first");
    if (is({a.leave})) return QStringLiteral("only in label mode");
    if (is({a.label_mode}) && state.label_mode) return QStringLiteral("you are in it");
    if (is({a.back, a.forward}) && !state.label_mode) return QStringLiteral("nothing was looked at before or after");
    const bool gives_verdict = is(a.labelKeys()) && !is({a.undo, a.redo, a.previous_reversed, a.why, a.queue, a.next_bookmark});
    if (gives_verdict && state.reading) return QStringLiteral("when reading has finished");
    if (gives_verdict && state.read_only) return QStringLiteral("this workspace can only be read");
    if (is({a.alike})) return QStringLiteral("no unlabelled record is alike");
    if (is({a.apply_alike})) return QStringLiteral("preview the alike first");
    if (gives_verdict && !state.any_selected) return QStringLiteral("no session is selected");
    if (is(QList<QAction*>(std::begin(a.types), std::end(a.types))) && !state.label_mode)
        return QStringLiteral("no type of this kind of record has this key");
    if (is({a.undo, a.previous_reversed})) return QStringLiteral("there is no label to undo");
    if (is({a.redo})) return QStringLiteral("nothing was undone");
    if (is({a.import_labels, a.import_model}) && state.read_only) return QStringLiteral("this workspace can only be read");
    if (is({a.import_labels, a.import_model}) && state.reading) return QStringLiteral("when reading has finished");
    if (is({a.adopt, a.discard})) return QStringLiteral("no candidate waits");
    if (is({a.roll_back})) return QStringLiteral("there is no earlier model");
    if (is({a.retrain})) return state.read_only ? QStringLiteral("this workspace can only be read") : QStringLiteral("not now");
    return state.label_mode ? QStringLiteral("not in label mode") : QString();
}

}  // namespace abm
