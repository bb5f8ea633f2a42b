// The watched folder: which, whether it is watched, how, and what became of its files.
#pragma once

#include <QWidget>
#include <vector>

#include "core/data/record_type.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace abm {

class EmptyState;

/// A row of the list.
struct ShownWatchedFile {
    QString name;     ///< below the folder
    QString time;     ///< when it was read, local
    QString outcome;  ///< "stored", "set aside"
    qint64 records = 0;
    Severity worst = Severity::none;
    QString what;    ///< its worst sentence, or why it is set aside
    QString record;  ///< of the worst, as record_key() writes it; empty: none
    bool set_aside = false;
};

struct ShownWatch {
    QString folder;  ///< empty: none is chosen
    bool running = false;
    double interval_s = 10;
    int retrain_every = 10;  ///< files; 0: never
    Severity notify_from = Severity::critical;
};

class WatchPanel : public QWidget {
    Q_OBJECT
public:
    /// Of the list.
    enum Column { severity, time, file, outcome, records, what, kColumnCount };

    explicit WatchPanel(QWidget* parent = nullptr);

    void setWatch(const ShownWatch& watch);  ///< emits nothing
    /// "last look 14:03:22 · 120 files done"; trouble is told in its colour.
    void setStatus(const QString& words, const QString& trouble = {});
    void setFiles(const std::vector<ShownWatchedFile>& files);  ///< the chosen row stays chosen
    /// Nothing can be watched and why; empty: it can.
    void setBlocked(const QString& why);
    const ShownWatch& watch() const { return watch_; }

    QPushButton* startButton() const { return start_; }
    QPushButton* stopButton() const { return stop_; }
    QPushButton* folderButton() const { return folder_; }
    QPushButton* retryButton() const { return retry_; }
    QPushButton* showButton() const { return show_; }
    QDoubleSpinBox* interval() const { return interval_; }
    QSpinBox* retrainEvery() const { return retrain_; }
    QComboBox* notifyFrom() const { return notify_; }
    QLabel* status() const { return status_; }
    QTableView* view() const { return view_; }
    EmptyState* emptyState() const { return empty_; }

signals:
    void folderWanted();
    void startRequested();
    void stopRequested();
    void settingsChanged(double interval_s, int retrain_every, abm::Severity notify_from);
    void retryRequested(const QStringList& names);
    void recordWanted(const QString& record);

private:
    QWidget* makeBar();
    QWidget* makeSettings();
    void showEnabled();
    void showChosen();
    void settingsEdited();
    QList<int> chosenRows() const;

    ShownWatch watch_;
    QString blocked_why_;
    std::vector<ShownWatchedFile> files_;
    QPushButton *start_, *stop_, *folder_, *retry_, *show_;
    QLabel* place_;
    QDoubleSpinBox* interval_;
    QSpinBox* retrain_;
    QComboBox* notify_;
    QLabel* status_;
    QTableView* view_;
    QStandardItemModel* model_;
    EmptyState* empty_;
    QStackedWidget* stack_;
};

}  // namespace abm
