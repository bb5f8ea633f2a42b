#include "app/workbench/actions.h"

namespace abm {

QString name_of(const QAction& action) { return action.text().remove('&').remove(QChar(0x2026)); }

QString keys_text(const QAction& action) {
    QStringList keys;
    for (const QKeySequence& key : action.shortcuts()) keys.append(key_text(key));
    return keys.join(", ");
}

QString key_text(const QKeySequence& key) {
    const QString text = key.toString(QKeySequence::NativeText);
    return text == "Backspace" ? QStringLiteral("⌫") : text;
}

void set_keys(QAction& action, const QList<QKeySequence>& keys) {
    action.setShortcuts(keys);
    action.setToolTip(keys.isEmpty() ? name_of(action) : name_of(action) + " (" + key_text(keys.front()) + ")");
}

Actions::Actions(QObject* parent) {
    const auto make = [&](const char* id, const char* text, const QList<QKeySequence>& shortcuts) {
        auto* const action = new QAction(QString::fromUtf8(text), parent);
        action->setObjectName(id);
        set_keys(*action, shortcuts);
        list_.append(action);
        return action;
    };
    open = make("open", "&Open…", {QKeySequence("Ctrl+O")});
    open_folder = make("open_folder", "Open &folder…", {QKeySequence("Ctrl+Shift+O")});
    sample = make("sample", "&Try the sample", {QKeySequence("Ctrl+T")});
    watch_folder = make("watch_folder", "Watc&h a folder…", {QKeySequence("Ctrl+Alt+W")});
    new_workspace = make("new_workspace", "&New workspace…", {QKeySequence("Ctrl+N")});
    open_workspace = make("open_workspace", "Open &workspace…", {QKeySequence("Ctrl+Alt+O")});
    export_labelled = make("export_labelled", "&Export labelled data…", {QKeySequence("Ctrl+E")});
    export_ledger = make("export_ledger", "Export the cash &ledger…", {});
    import_labels = make("import_labels", "Import &labels…", {});
    import_model = make("import_model", "Import a &model…", {});
    reading = make("log_profile", "How the file is &read…", {});  // its first name: keys of users are kept by it
    back_up = make("back_up", "&Back up…", {});
    check = make("check", "C&heck", {});
    close = make("close", "&Close workspace", {QKeySequence("Ctrl+W")});
    quit = make("quit", "&Quit", {QKeySequence("Ctrl+Q")});
    back = make("back", "&Back", {QKeySequence("Alt+Left")});
    forward = make("forward", "&Forward", {QKeySequence("Alt+Right")});
    next_anomaly = make("next_anomaly", "&Next anomaly", {QKeySequence("]")});
    previous_anomaly = make("previous_anomaly", "&Previous anomaly", {QKeySequence("[")});
    next_line = make("next_line", "Next &line", {QKeySequence("J")});
    previous_line = make("previous_line", "P&revious line", {QKeySequence("K")});
    find = make("find", "&Find in log", {QKeySequence("Ctrl+F")});
    find_next = make("find_next", "Find ne&xt", {QKeySequence("F3")});
    find_previous = make("find_previous", "Find previo&us", {QKeySequence("Shift+F3")});
    go_to = make("go_to", "&Go to line or time…", {QKeySequence("Ctrl+L")});
    filter = make("filter", "F&ilter sessions", {QKeySequence("Ctrl+Shift+F")});
    bookmark = make("bookmark", "Set or remove a book&mark", {QKeySequence("M")});
    next_bookmark = make("next_bookmark", "Next boo&kmark", {QKeySequence("'")});
    flag = make("flag", "Fla&g for later", {QKeySequence("F")});
    fit = make("fit", "F&it the chart", {QKeySequence("Home")});
    zoom_in = make("zoom_in", "Zoom &in", {QKeySequence("+"), QKeySequence("=")});
    zoom_out = make("zoom_out", "Zoom &out", {QKeySequence("-")});
    zoom_range = make("zoom_range", "&Zoom to the selected time range", {QKeySequence("Z")});
    accept = make("accept", "&Accept the suggestion", {QKeySequence("Space")});
    for (int at = 0; at < kTypeKeys; ++at)
        types[at] =
            make(qPrintable(QStringLiteral("type_%1").arg(at + 1)), "Anomaly of a type", {QKeySequence(QString::number(at + 1))});
    normal = make("normal", "N&ormal", {QKeySequence("0")});
    unsure = make("unsure", "&Unsure", {QKeySequence("U")});
    skip = make("skip", "&Skip", {QKeySequence("S")});
    note = make("note", "Write a &note", {QKeySequence("N")});
    alike = make("alike", "Preview the a&like, again: apply", {QKeySequence("B")});
    apply_alike = make("apply_alike", "Appl&y to the alike shown", {QKeySequence("Return"), QKeySequence("Enter")});
    previous_reversed = make("previous_reversed", "&Previous, with its label reversed", {QKeySequence("Backspace")});
    undo = make("undo", "Un&do label", {QKeySequence("Ctrl+Z")});
    redo = make("redo", "&Redo label", {QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
    label_mode = make("label_mode", "&Label mode", {QKeySequence("L")});
    leave = make("leave", "L&eave label mode", {QKeySequence("Esc")});
    guidelines = make("guidelines", "&Guidelines", {QKeySequence("G")});
    queue = make("queue", "Label &queue", {QKeySequence("Shift+L")});
    why = make("why", "&Why", {QKeySequence("W")});
    retrain = make("retrain", "&Retrain", {QKeySequence("Ctrl+R")});
    detectors = make("detectors", "&Detectors…", {});
    search_settings = make("search_settings", "&Search settings…", {});
    adopt = make("adopt", "&Adopt the candidate", {});
    discard = make("discard", "&Discard the candidate", {});
    roll_back = make("roll_back", "Roll &back", {});
    theme = make("theme", "&Dark theme", {});
    theme->setCheckable(true);
    system_theme = make("system_theme", "&Theme of the system", {});
    reset_layout = make("reset_layout", "&Reset layout", {});
    settings = make("settings", "&Settings…", {QKeySequence("Ctrl+,")});
    palette = make("palette", "&Command palette", {QKeySequence("Ctrl+Shift+P")});
    keys = make("keys", "&Keys", {QKeySequence("?"), QKeySequence("F1")});
}

QList<ActionGroup> Actions::groups(const QList<QAction*>& shown) const {
    QList<QAction*> labels{label_mode, leave, guidelines, queue, nullptr, accept, nullptr};
    for (QAction* const type : types) labels.append(type);
    labels += {nullptr,           normal, unsure, skip,    flag, nullptr, note, alike, apply_alike, nullptr,
               previous_reversed, undo,   redo,   nullptr, why};
    QList<QAction*> view{fit, zoom_in, zoom_out, zoom_range, nullptr};
    view += shown;
    view += {nullptr, theme, system_theme, nullptr, reset_layout};
    return {
        {"&File",
         {open, open_folder, sample, watch_folder, nullptr, export_labelled, export_ledger, nullptr, settings, nullptr, quit}},
        {"&Workspace",
         {new_workspace, open_workspace, nullptr, import_labels, import_model, nullptr, reading, nullptr, back_up, check, nullptr,
          close}},
        {"&Label", labels},
        {"&Model", {retrain, detectors, search_settings, nullptr, adopt, discard, roll_back}},
        {"&Go",
         {back, forward, nullptr, next_anomaly, previous_anomaly, nullptr, next_line, previous_line, nullptr, bookmark,
          next_bookmark, nullptr, find, find_next, find_previous, go_to, filter}},
        {"&View", view},
        {"&Help", {palette, keys}}};
}

QString Actions::menuOf(const QAction* action) const {
    for (const ActionGroup& group : groups({})) {
        if (group.actions.contains(action)) return QString(group.title).remove('&');
    }
    return QStringLiteral("View");
}

QList<QAction*> Actions::labelKeys() const {
    QList<QAction*> all_keys{
        accept, normal, unsure, skip, flag,       bookmark, next_bookmark, note, alike, apply_alike, previous_reversed,
        undo,   redo,   queue,  why,  label_mode, leave,    guidelines};
    for (QAction* const type : types) all_keys.append(type);
    return all_keys;
}

}  // namespace abm
