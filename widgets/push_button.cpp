#include "widgets/push_button.h"

namespace abm {

QPushButton* push_button(const QString& text, const QString& tip, const char* name) {
    auto* const button = new QPushButton(text);
    button->setObjectName(name);
    button->setToolTip(tip);
    button->setAccessibleName(text);
    return button;
}

}  // namespace abm
