#include "widgets/ruled_section.h"

#include <QFrame>

namespace abm {

QWidget* ruled_section(QVBoxLayout*& content, const QMargins& margins) {
    auto* const widget = new QWidget;
    auto* const outer = new QVBoxLayout(widget);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* const rule = new QFrame;
    rule->setObjectName("rule");
    outer->addWidget(rule);
    content = new QVBoxLayout;
    content->setContentsMargins(margins);
    content->setSpacing(6);
    outer->addLayout(content);
    return widget;
}

}  // namespace abm
