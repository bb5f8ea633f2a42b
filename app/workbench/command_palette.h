// Every action by its name: type, choose, Enter.
#pragma once

#include <QDialog>
#include <functional>

#include "app/workbench/actions.h"

class QLabel;
class QLineEdit;
class QListWidget;

namespace abm {

class CommandPalette : public QDialog {
    Q_OBJECT
public:
    /// why: the cause an action is disabled for, may be empty.
    CommandPalette(const QList<ActionGroup>& groups, std::function<QString(const QAction&)> why, QWidget* parent = nullptr);

    QLineEdit* field() const { return field_; }
    QListWidget* list() const { return list_; }
    QAction* chosen() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Entry {
        QAction* action;
        QString menu;
    };
    void fill();
    void step(int rows);
    void run();

    std::vector<Entry> entries_;
    std::function<QString(const QAction&)> why_;
    QLineEdit* field_;
    QListWidget* list_;
    QLabel* nothing_;
};

}  // namespace abm
