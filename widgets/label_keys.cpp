#include "widgets/label_keys.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <algorithm>
#include <limits>
#include <utility>

namespace abm {
namespace {

std::chrono::milliseconds steady() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

template <class... Widgets>
bool is_one_of(const QWidget* widget) {
    return (... || (qobject_cast<const Widgets*>(widget) != nullptr));
}

}  // namespace

LabelKeys::LabelKeys(QList<QAction*> actions, Clock clock, QObject* parent)
    : QObject(parent), actions_(std::move(actions)), clock_(clock ? std::move(clock) : Clock(steady)) {
    for (QAction* action : actions_) action->setAutoRepeat(false);
    qApp->installEventFilter(this);
}

LabelKeys::~LabelKeys() { qApp->removeEventFilter(this); }

void LabelKeys::shown() {
    since_ = clock_();
    waiting_ = any_ = true;
}

void LabelKeys::painted() {
    if (std::exchange(waiting_, false)) since_ = clock_();
}

std::optional<std::int32_t> LabelKeys::decide() const {
    const auto passed = clock_() - since_;
    if (!any_ || passed < kGuard) return std::nullopt;
    return static_cast<std::int32_t>(std::min<std::int64_t>(passed.count(), std::numeric_limits<std::int32_t>::max()));
}

bool LabelKeys::belongsTo(const QWidget* focus, const QKeyEvent& key) {
    const auto* const text = qobject_cast<const QTextEdit*>(focus);
    const bool only_read = text != nullptr && text->isReadOnly();  // the guidelines: one scrolls in them and follows links
    if (!only_read && is_one_of<QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox>(focus)) return true;
    const bool presses = key.key() == Qt::Key_Space || key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
    return presses && (only_read || is_one_of<QAbstractButton>(focus));
}

bool LabelKeys::isOurs(const QKeyEvent& key) const {
    const QKeySequence pressed(key.keyCombination());
    const QKeySequence keypad(QKeyCombination(key.modifiers() & ~Qt::KeypadModifier, Qt::Key(key.key())));
    return std::any_of(actions_.begin(), actions_.end(), [&](const QAction* action) {
        const auto keys = action->shortcuts();
        return keys.contains(pressed) || keys.contains(keypad);
    });
}

bool LabelKeys::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride) return QObject::eventFilter(watched, event);
    auto* const key = static_cast<QKeyEvent*>(event);
    if (!isOurs(*key) || !belongsTo(QApplication::focusWidget(), *key)) return QObject::eventFilter(watched, event);
    event->accept();  // no shortcut: the widget gets it as a key
    return true;
}

}  // namespace abm
