// The model versions of a workspace, and before and after of the one that is chosen.
#pragma once

#include <QStandardItemModel>
#include <QTableView>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

#include "widgets/shown_model.h"
#include "widgets/snapshot.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QSplitter;
class QStackedWidget;

namespace abm {

class ComparisonView;
class EmptyState;

class ModelsPanel : public QWidget {
    Q_OBJECT
public:
    /// Of the history.
    enum Column { version, state, made, by, records, labels, held_out, detectors, kColumnCount };

    explicit ModelsPanel(QWidget* parent = nullptr);

    void setSnapshot(Snapshot snapshot);
    /// Newest first. The chosen version stays chosen; a candidate that is new is chosen.
    void setModels(std::vector<ShownModel> newest_first);
    /// Verdicts that stand, and those given since the current model was made.
    void setLabels(std::int64_t standing, std::int64_t since_model);
    /// After how many labels or days the program retrains by itself; 0: never. Emits nothing.
    void setAutomatic(std::int64_t labels, std::int64_t days);
    void setTraining(bool running, double fraction = -1);
    /// Models cannot be changed here and why; empty: they can.
    void setBlocked(const QString& why);
    void say(const QString& message, bool failure = false);

    std::optional<std::int64_t> chosen() const;  ///< version
    void choose(std::int64_t version);
    const std::vector<ShownModel>& models() const { return models_; }

    QPushButton* retrainButton() const { return retrain_; }
    QPushButton* detectorsButton() const { return detectors_; }
    QPushButton* searchButton() const { return search_; }
    QPushButton* adoptButton() const { return adopt_; }
    QPushButton* discardButton() const { return discard_; }
    QPushButton* rollBackButton() const { return roll_back_; }
    QSpinBox* everyLabels() const { return every_labels_; }
    QSpinBox* everyDays() const { return every_days_; }
    QTableView* history() const { return history_; }
    ComparisonView* comparison() const { return comparison_; }
    EmptyState* emptyState() const { return empty_; }
    QLabel* message() const { return message_; }

signals:
    void retrainRequested();
    void detectorsRequested();
    void searchRequested();
    void trainingCancelled();
    void adoptRequested(std::int64_t version);
    void discardRequested(std::int64_t version);
    void rollBackRequested();
    void automaticChanged(std::int64_t labels, std::int64_t days);
    void recordChosen(abm::RecordIndex record);

private:
    QWidget* makeBar();
    void fillHistory();
    void showChosen();
    void showEnabled();
    const ShownModel* chosenModel() const;

    std::vector<ShownModel> models_;
    std::int64_t standing_ = 0, since_model_ = 0;
    bool training_ = false;
    bool filling_ = false;
    QString blocked_why_;
    QPushButton *retrain_, *detectors_, *search_, *adopt_, *discard_, *roll_back_, *cancel_;
    QProgressBar* progress_;
    QSpinBox *every_labels_, *every_days_;
    QLabel* message_;
    QTableView* history_;
    QStandardItemModel* history_model_;
    ComparisonView* comparison_;
    EmptyState* empty_;
    EmptyState* no_figures_;
    QStackedWidget* lower_;
    QStackedWidget* stack_;
};

}  // namespace abm
