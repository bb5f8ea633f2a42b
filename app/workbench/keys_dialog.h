// Every key that does something, read off the actions themselves.
#pragma once

#include <QAction>
#include <QDialog>

namespace abm {

class KeysDialog : public QDialog {
    Q_OBJECT
public:
    explicit KeysDialog(const QList<QAction*>& actions, QWidget* parent = nullptr);
};

}  // namespace abm
