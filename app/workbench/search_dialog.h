// Other settings compared on the labels: progress, the figures of each, and what to do with them.
#pragma once

#include <QDialog>
#include <QStandardItemModel>

#include "core/pipeline/search_settings.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTableView;

namespace abm {

/// Stays open while the search runs; closing it lets the search go on, its result is shown when it is opened again.
class SearchDialog : public QDialog {
    Q_OBJECT
public:
    explicit SearchDialog(QWidget* parent = nullptr);

    void setRunning(bool running, double fraction = -1);
    void setFound(const SettingsSearch& found);
    void say(const QString& message);
    void discard();  ///< forgets what was found

    QSpinBox* budget() const { return budget_; }
    QPushButton* startButton() const { return start_; }
    QPushButton* adoptButton() const { return adopt_; }
    QPushButton* discardButton() const { return discard_; }
    QTableView* table() const { return table_; }
    QLabel* verdict() const { return verdict_; }

signals:
    void searchRequested(double seconds);
    void cancelled();
    /// A model with these settings is to be made and adopted.
    void adoptRequested(const abm::ModelSettings& settings);

private:
    void fill();
    void showEnabled();

    SettingsSearch found_;
    bool running_ = false;
    QSpinBox* budget_;
    QPushButton *start_, *cancel_, *adopt_, *discard_;
    QProgressBar* progress_;
    QTableView* table_;
    QStandardItemModel* model_;
    QLabel *verdict_, *caveat_;
};

}  // namespace abm
