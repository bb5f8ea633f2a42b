#include "widgets/key_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

#include "widgets/pane.h"

namespace abm {

QLabel* key_cap(const QString& key) {
    auto* const cap = new QLabel(key);
    cap->setObjectName("keyCap");
    cap->setAlignment(Qt::AlignCenter);
    cap->setAttribute(Qt::WA_TransparentForMouseEvents);
    return cap;
}

KeyButton::KeyButton(const QString& key, const QString& text, QWidget* parent)
    : QPushButton(parent), cap_(key_cap(key)), text_(new ElidedLabel(Qt::ElideRight)) {  // of a type the first letters tell most
    setObjectName("keyButton");
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);  // words give way in a narrow dock
    setFocusPolicy(Qt::TabFocus);                               // after a click the keys go on labelling
    text_->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 2, 6, 2);
    layout->setSpacing(6);
    layout->addWidget(cap_);
    layout->addWidget(text_, 1);
    setWords(text);
    setKey(key);
}

void KeyButton::setKey(const QString& key) {
    key_ = key;
    cap_->setText(key);
    cap_->setVisible(!key.isEmpty());
    setWords(words());
}

void KeyButton::putKeyBehind() {
    auto* const row = static_cast<QHBoxLayout*>(layout());
    row->removeWidget(cap_);
    row->addWidget(cap_);
    row->setContentsMargins(10, 2, 6, 2);
}

void KeyButton::setWords(const QString& text) {
    text_->setText(text);
    setAccessibleName(text);
    setToolTip(key_.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, key_));
}

QString KeyButton::words() const { return text_->text(); }

void KeyButton::setSuggested(bool suggested) {
    if (isSuggested() == suggested) return;
    setProperty("suggested", suggested);
    setAccessibleDescription(suggested ? QStringLiteral("suggested") : QString());
    style()->unpolish(this);
    style()->polish(this);
}

bool KeyButton::isSuggested() const { return property("suggested").toBool(); }
QSize KeyButton::sizeHint() const { return layout()->sizeHint().expandedTo({90, 26}); }
QSize KeyButton::minimumSizeHint() const { return {64, 26}; }

}  // namespace abm
