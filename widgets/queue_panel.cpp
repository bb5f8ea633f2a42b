#include "widgets/queue_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>

#include "widgets/empty_state.h"
#include "widgets/record_copy.h"
#include "widgets/selected_rows.h"
#include "widgets/table_style.h"

namespace abm {

QueuePanel::QueuePanel(Selection& selection, QWidget* parent)
    : QStackedWidget(parent), selection_(selection), model_(new QueueModel(this)), view_(new QTableView), empty_(new EmptyState) {
    view_->setModel(model_);
    view_->setItemDelegate(new TableDelegate(QueueModel::severity, QueueModel::kSeverityRole, view_));
    style_table(*view_);
    view_->installEventFilter(this);
    view_->setAccessibleName("Label queue");
    addWidget(view_);
    addWidget(empty_);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &QueuePanel::takeChoice);
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueuePanel::takeChoice);
    connect(&selection_, &Selection::recordChanged, this, &QueuePanel::followSelection);
    setEmptyWords("The queue is empty.");
    setQueue(nullptr, {});
}

QueuePanel::~QueuePanel() { delete view_; }  // before its model, see SessionTable

void QueuePanel::setQueue(Snapshot snapshot, std::vector<ShownQueueEntry> entries) {
    const bool first = model_->rowCount() == 0;
    following_ = true;
    model_->install(std::move(snapshot), std::move(entries));
    following_ = false;
    if (first && model_->rowCount() > 0) {
        fit_columns(*view_);
        view_->setColumnWidth(QueueModel::type, 60);  // at least; it takes the width that is left
    }
    setCurrentWidget(model_->rowCount() > 0 ? static_cast<QWidget*>(view_) : empty_);
    followSelection();
}

void QueuePanel::setEmptyWords(const QString& words) { empty_->say(words); }

std::optional<RecordIndex> QueuePanel::after(std::optional<RecordIndex> record) const {
    const int row = record ? model_->rowOf(*record) : -1;
    if (const auto next = model_->recordAt(row + 1)) return next;
    const auto first = model_->recordAt(0);
    return first == record ? std::nullopt : first;
}

void QueuePanel::takeChoice() {
    const QModelIndex current = view_->currentIndex();
    if (following_) return;
    if (view_->selectionModel()->isSelected(current)) {  // see SessionTable::takeChoice
        if (const auto record = model_->recordAt(current.row())) selection_.selectRecord(*record);
    }
    emit chosenChanged();
}

std::vector<RecordIndex> QueuePanel::chosen() const {
    std::vector<RecordIndex> records;
    for (const int row : selected_rows(*view_->selectionModel())) {
        if (const auto record = model_->recordAt(row)) records.push_back(*record);
    }
    return records;
}

// The queue is short: what stands in it is copied at once.
void QueuePanel::copy() const {
    std::vector<std::uint32_t> records;
    for (const RecordIndex record : chosen()) records.push_back(raw(record));
    if (records.empty() || !model_->snapshot()) return;
    using enum RecordColumn;
    QApplication::clipboard()->setText(tab_separated(*model_->snapshot(), records, {time, machine, severity, score, type}, true));
}

bool QueuePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == view_ && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copy();
        return true;
    }
    return QStackedWidget::eventFilter(watched, event);
}

void QueuePanel::followSelection() {
    const auto record = selection_.record();
    const int row = record ? model_->rowOf(*record) : -1;
    if (row >= 0 && row == view_->currentIndex().row() && view_->selectionModel()->isSelected(view_->currentIndex())) return;
    following_ = true;
    if (row < 0) {
        view_->selectionModel()->clear();
    } else {
        view_->selectionModel()->setCurrentIndex(model_->index(row, 0),
                                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        view_->scrollTo(model_->index(row, 0));
    }
    following_ = false;
    emit chosenChanged();
}

}  // namespace abm
