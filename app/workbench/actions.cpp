#include "app/workbench/actions.h"

namespace abm {

Actions::Actions(QObject* parent) {
    const auto make = [&](const char* text, const QList<QKeySequence>& shortcuts) {
        auto* const action = new QAction(QString::fromUtf8(text), parent);
        action->setShortcuts(shortcuts);
        if (!shortcuts.isEmpty())
            action->setToolTip(action->text().remove('&') + " (" + shortcuts.front().toString(QKeySequence::NativeText) + ")");
        list_.append(action);
        return action;
    };
    open = make("&Open…", {QKeySequence("Ctrl+O")});
    open_folder = make("Open &folder…", {QKeySequence("Ctrl+Shift+O")});
    sample = make("&Try the sample", {QKeySequence("Ctrl+T")});
    new_workspace = make("&New workspace…", {QKeySequence("Ctrl+N")});
    open_workspace = make("Open &workspace…", {QKeySequence("Ctrl+Alt+O")});
    export_labelled = make("&Export labelled data…", {QKeySequence("Ctrl+E")});
    close = make("&Close workspace", {QKeySequence("Ctrl+W")});
    quit = make("&Quit", {QKeySequence("Ctrl+Q")});
    back = make("&Back", {QKeySequence("Alt+Left")});
    forward = make("&Forward", {QKeySequence("Alt+Right")});
    next_anomaly = make("&Next anomaly", {QKeySequence("]")});
    previous_anomaly = make("&Previous anomaly", {QKeySequence("[")});
    next_line = make("Next &line", {QKeySequence("J")});
    previous_line = make("P&revious line", {QKeySequence("K")});
    find = make("&Find in log", {QKeySequence("Ctrl+F")});
    filter = make("F&ilter sessions", {QKeySequence("Ctrl+Shift+F")});
    fit = make("F&it the chart", {QKeySequence("Home")});
    zoom_in = make("Zoom &in", {QKeySequence("+"), QKeySequence("=")});
    zoom_out = make("Zoom &out", {QKeySequence("-")});
    zoom_range = make("&Zoom to the selected time range", {QKeySequence("Z")});
    accept = make("&Accept the suggestion", {QKeySequence("Space")});
    for (int at = 0; at < kTypeKeys; ++at) types[at] = make("Anomaly of a type", {QKeySequence(QString::number(at + 1))});
    normal = make("N&ormal", {QKeySequence("0")});
    unsure = make("&Unsure", {QKeySequence("U")});
    skip = make("&Skip", {QKeySequence("S")});
    note = make("Write a &note", {QKeySequence("N")});
    alike = make("Preview the a&like, again: apply", {QKeySequence("B")});
    apply_alike = make("Appl&y to the alike shown", {QKeySequence("Return"), QKeySequence("Enter")});
    previous_reversed = make("&Previous, with its label reversed", {QKeySequence("Backspace")});
    undo = make("Un&do label", {QKeySequence("Ctrl+Z")});
    redo = make("&Redo label", {QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
    queue = make("Label &queue", {QKeySequence("L")});
    why = make("&Why", {QKeySequence("W")});
    retrain = make("&Retrain", {QKeySequence("Ctrl+R")});
    adopt = make("&Adopt the candidate", {});
    discard = make("&Discard the candidate", {});
    roll_back = make("Roll &back", {});
    theme = make("&Dark theme", {});
    theme->setCheckable(true);
    system_theme = make("&Theme of the system", {});
    reset_layout = make("&Reset layout", {});
    keys = make("&Keys", {QKeySequence("?"), QKeySequence("F1")});
}

QList<QAction*> Actions::labelKeys() const {
    QList<QAction*> all_keys{accept, normal, unsure, skip, note, alike, apply_alike, previous_reversed, undo, redo, queue, why};
    for (QAction* const type : types) all_keys.append(type);
    return all_keys;
}

}  // namespace abm
