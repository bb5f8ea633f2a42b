#include "widgets/key_field.h"

#include <QKeyEvent>

namespace abm {
namespace {

bool is_modifier(int key) {
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt || key == Qt::Key_Meta || key == Qt::Key_AltGr ||
           key == Qt::Key_unknown || key == 0;
}

// "?" needs Shift on most keyboards and is known without it; letters keep theirs.
QKeySequence chord_of(const QKeyEvent& event) {
    Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const QString text = event.text();
    if (text.size() == 1 && text.front().isPrint() && !text.front().isLetterOrNumber()) modifiers &= ~Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(modifiers, Qt::Key(event.key())));
}

}  // namespace

KeyField::KeyField(QWidget* parent) : QLineEdit(parent) {
    setReadOnly(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    setPlaceholderText("Press a key");
    setAttribute(Qt::WA_InputMethodEnabled, false);
}

void KeyField::setKey(const QKeySequence& key) {
    key_ = key;
    setText(key.toString(QKeySequence::NativeText));
    emit keyChanged(key_);
}

bool KeyField::event(QEvent* event) {
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride) return QLineEdit::event(event);
    const auto* const key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab) return QLineEdit::event(event);
    event->accept();
    if (event->type() == QEvent::KeyPress && !is_modifier(key->key())) setKey(chord_of(*key));
    return true;
}

}  // namespace abm
