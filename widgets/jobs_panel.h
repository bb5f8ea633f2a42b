// The list of jobs, and what can be done about the chosen one.
#pragma once

#include <QWidget>

#include "widgets/job_list.h"

class QPushButton;
class QStackedWidget;
class QTableView;

namespace abm {

class EmptyState;

class JobsPanel : public QWidget {
    Q_OBJECT
public:
    explicit JobsPanel(JobList& jobs, QWidget* parent = nullptr);
    ~JobsPanel() override;

    QTableView* view() const { return view_; }
    QPushButton* cancelButton() const { return cancel_; }
    QPushButton* retryButton() const { return retry_; }
    QPushButton* copyButton() const { return copy_; }

private:
    const Job* chosen() const;
    void showRows();
    void showChosen();

    JobList& jobs_;
    int chosen_id_ = 0;  ///< kept when rows come and go
    QTableView* view_;
    EmptyState* empty_;
    QStackedWidget* stack_;
    QPushButton* cancel_;
    QPushButton* retry_;
    QPushButton* copy_;
};

}  // namespace abm
