// Why an action cannot be run now, in words.
#pragma once

#include "app/workbench/actions.h"

namespace abm {

/// What the window knows of its own state.
struct WindowState {
    bool open = false;  ///< an investigation is shown
    bool reading = false;
    bool read_only = false;
    bool label_mode = false;
    bool any_selected = false;
};

/// Empty when the action is enabled, or nothing is known about the cause.
QString why_disabled(const QAction& action, const Actions& actions, const WindowState& state);

}  // namespace abm
