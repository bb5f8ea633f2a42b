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
    close = make("&Close", {QKeySequence("Ctrl+W")});
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
    theme = make("&Dark theme", {});
    theme->setCheckable(true);
    system_theme = make("&Theme of the system", {});
    reset_layout = make("&Reset layout", {});
    keys = make("&Keys", {QKeySequence("?"), QKeySequence("F1")});
}

}  // namespace abm
