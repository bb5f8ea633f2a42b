#include "widgets/jobs_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <utility>

#include "widgets/empty_state.h"
#include "widgets/push_button.h"
#include "widgets/table_style.h"

namespace abm {
JobsPanel::JobsPanel(JobList& jobs, QWidget* parent)
    : QWidget(parent),
      jobs_(jobs),
      view_(new QTableView),
      empty_(new EmptyState),
      stack_(new QStackedWidget),
      cancel_(push_button("Cancel", "Stop the chosen job; what it has stored stays")),
      retry_(push_button("Retry", "Do the chosen job again")),
      copy_(push_button("Copy details", "Copy name, times and result of the chosen job")) {
    view_->setModel(&jobs_);
    view_->setItemDelegate(new TableDelegate(-1, 0, view_));
    style_table(*view_);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    view_->setAccessibleName("Jobs");
    view_->horizontalHeader()->setSectionResizeMode(JobList::result, QHeaderView::Stretch);
    empty_->say(
        "Nothing has been read, trained or written yet. Work that takes longer than ten seconds is listed while it runs.");
    auto* const list = new QWidget;
    auto* const column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(8, 6, 8, 6);
    for (QPushButton* const each : {cancel_, retry_, copy_}) bar->addWidget(each);
    bar->addStretch(1);
    column->addLayout(bar);
    column->addWidget(view_, 1);
    stack_->addWidget(list);
    stack_->addWidget(empty_);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    connect(&jobs_, &QAbstractItemModel::modelReset, this, &JobsPanel::showRows);
    connect(&jobs_, &QAbstractItemModel::dataChanged, this, &JobsPanel::showChosen);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (row.isValid()) chosen_id_ = jobs_.at(row.row()).id;
        showChosen();
    });
    // A copy of what is to be done: the job may be gone from the list before it is over.
    connect(cancel_, &QPushButton::clicked, this, [this] {
        if (const auto step = chosen() ? chosen()->cancel : nullptr) step();
    });
    connect(retry_, &QPushButton::clicked, this, [this] {
        if (const auto step = chosen() ? chosen()->retry : nullptr) step();
    });
    connect(copy_, &QPushButton::clicked, this, [this] {
        const Job* const job = chosen();
        if (!job) return;
        QApplication::clipboard()->setText(QStringLiteral("%1\nbegun %2, %3 after %4 s\n%5")
                                               .arg(job->name, job->begun.toString("HH:mm:ss"), job->stateText())
                                               .arg(static_cast<double>(job->lasted) / 1000.0, 0, 'f', 1)
                                               .arg(job->result));
    });
    showRows();
}

JobsPanel::~JobsPanel() { delete view_; }  // before its model: a dying model would move the current row

// Numbers change while a job runs: their columns have the width they will need.
void JobsPanel::showRows() {
    fit_columns(*view_);
    constexpr std::pair<int, int> kWidths[] = {
        {JobList::state, 130}, {JobList::rate, 110}, {JobList::left, 90}, {JobList::lasted, 70}};
    for (const auto& [column, width] : kWidths) view_->setColumnWidth(column, width);
    showChosen();
}

const Job* JobsPanel::chosen() const { return jobs_.find(chosen_id_); }

void JobsPanel::showChosen() {
    stack_->setCurrentIndex(jobs_.rowCount() > 0 ? 0 : 1);
    int row = -1;
    for (int at = 0; at < jobs_.rowCount(); ++at) {
        if (jobs_.at(at).id == chosen_id_) row = at;
    }
    if (row < 0 && jobs_.rowCount() > 0) {
        row = 0;
        chosen_id_ = jobs_.at(0).id;
    }
    if (row >= 0 && view_->currentIndex().row() != row) {
        const QSignalBlocker quiet(view_->selectionModel());
        view_->selectRow(row);
        view_->viewport()->update();
    }
    bool any_runs = false;  // pace and time left are of no use afterwards
    for (int at = 0; at < jobs_.rowCount(); ++at) any_runs = any_runs || jobs_.at(at).state == Job::State::running;
    view_->setColumnHidden(JobList::rate, !any_runs);
    view_->setColumnHidden(JobList::left, !any_runs);
    const Job* const job = chosen();
    const bool runs = job && job->state == Job::State::running;
    cancel_->setVisible(runs && job->cancel);
    retry_->setVisible(job && !runs && job->retry);
    copy_->setVisible(job);
}

}  // namespace abm
