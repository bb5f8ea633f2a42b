#include "widgets/push_button.h"

namespace abm {

QPushButton* push_button(const QString& text, const QString& tip, const char* name) {
    auto* const button = new QPushButton(text);
    button->setObjectName(name);
    button->setToolTip(tip);
    button->setAccessibleName(QString(text).remove(QChar(0x2026)));  // it is not read out
    return button;
}

}  // namespace abm
