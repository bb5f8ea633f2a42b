// A button that shows the key which presses it.
#pragma once

#include <QPushButton>

class QLabel;

namespace abm {

class KeyButton : public QPushButton {
    Q_OBJECT
public:
    KeyButton(const QString& key, const QString& text, QWidget* parent = nullptr);

    void setKey(const QString& key);  ///< empty: no key presses it
    void putKeyBehind();              ///< in bars, where words are read first
    void setWords(const QString& text);
    QString words() const;
    /// Framed and washed in the accent: what the program proposes.
    void setSuggested(bool suggested);
    bool isSuggested() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    QString key_;
    QLabel* cap_;
    QLabel* text_;
};

/// A small framed label that names a key.
QLabel* key_cap(const QString& key);

}  // namespace abm
