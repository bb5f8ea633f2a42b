// Every key that does something, read off the actions themselves: always as they are now.
#pragma once

#include <QDialog>

#include "app/workbench/actions.h"

namespace abm {

class KeysDialog : public QDialog {
    Q_OBJECT
public:
    explicit KeysDialog(const QList<ActionGroup>& groups, QWidget* parent = nullptr);
};

}  // namespace abm
