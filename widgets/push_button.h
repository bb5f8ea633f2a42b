// The buttons our panels are made of.
#pragma once

#include <QPushButton>

namespace abm {

/// Read out by its text. name: of the style sheet, "primary" or "flat".
QPushButton* push_button(const QString& text, const QString& tip, const char* name = "");

}  // namespace abm
