#include "widgets/empty_state.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace abm {

EmptyState::EmptyState(QWidget* parent) : QWidget(parent), cause_(new QLabel), button_(new QPushButton) {
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 24, 12, 24);
    layout->setSpacing(10);
    cause_->setObjectName("muted");
    cause_->setWordWrap(true);
    cause_->setAlignment(Qt::AlignHCenter);
    cause_->setMinimumWidth(120);
    layout->addStretch(1);
    layout->addWidget(cause_);
    layout->addWidget(button_, 0, Qt::AlignHCenter);
    layout->addStretch(2);
    connect(button_, &QPushButton::clicked, this, [this] {
        if (const auto step = step_) step();
    });
    say({});
}

void EmptyState::say(const QString& cause, const QString& button, std::function<void()> step) {
    cause_->setText(cause);
    cause_->setVisible(!cause.isEmpty());
    setAccessibleName(cause);
    button_->setText(button);
    button_->setVisible(!button.isEmpty());
    step_ = std::move(step);
}

QString EmptyState::cause() const { return cause_->text(); }

}  // namespace abm
