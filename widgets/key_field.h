// A field that takes the key one presses, as a key and not as text.
#pragma once

#include <QKeySequence>
#include <QLineEdit>

namespace abm {

/// One chord, taken at once: keys that must be followed by others would have to be waited for. Tab still leaves the field.
class KeyField : public QLineEdit {
    Q_OBJECT
public:
    explicit KeyField(QWidget* parent = nullptr);

    QKeySequence key() const { return key_; }
    void setKey(const QKeySequence& key);

signals:
    void keyChanged(const QKeySequence& key);

protected:
    bool event(QEvent* event) override;

private:
    QKeySequence key_;
};

}  // namespace abm
