#include "widgets/session_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>

#include "widgets/empty_list.h"
#include "widgets/empty_state.h"
#include "widgets/record_copy.h"
#include "widgets/selected_rows.h"
#include "widgets/table_style.h"

namespace abm {
namespace {

// Below this many records a query takes less than a frame, and rows that appear at once are calmer than rows that follow.
constexpr std::size_t kRecordsInline = 20000;

// Names and times read from the top; of scores and amounts the largest matter.
bool starts_ascending(RecordColumn column) {
    return column == RecordColumn::time || column == RecordColumn::machine || column == RecordColumn::type ||
           column == RecordColumn::activity || column == RecordColumn::label;
}

constexpr std::size_t kMostKept = 5000;  // selected rows that are found again in another list

}  // namespace

SessionTable::SessionTable(Selection& selection, QWidget* parent)
    : QStackedWidget(parent),
      selection_(selection),
      model_(new SessionModel(this)),
      view_(new QTableView),
      empty_(new EmptyState) {
    view_->setModel(model_);
    view_->setItemDelegate(new TableDelegate(static_cast<int>(RecordColumn::severity), SessionModel::kSeverityRole, view_));
    style_table(*view_);
    view_->setAccessibleName("Sessions");
    columns_ = new SessionColumns(*view_);
    columns_->setParent(this);
    view_->installEventFilter(this);
    view_->viewport()->installEventFilter(this);
    addWidget(view_);
    addWidget(empty_);
    connectView();
    connect(&selection_, &Selection::recordChanged, this, &SessionTable::followSelection);
    connect(&selection_, &Selection::rangeChanged, this, [this] {
        RecordFilter next = filter_;
        next.setRange(selection_.range());
        setFilter(next);
    });
}

void SessionTable::connectView() {
    view_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(view_, &QWidget::customContextMenuRequested, this, &SessionTable::askForCell);
    connect(view_->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        const auto column = static_cast<RecordColumn>(section);
        setOrder({column, column == order_.column ? !order_.ascending : starts_ascending(column)});
    });
    // Keys select first and then move the current row, the mouse the other way round: both signals, one answer.
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SessionTable::takeChoice);
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SessionTable::takeChoice);
}

SessionTable::~SessionTable() { delete view_; }  // before its model: a dying model would move the current row

void SessionTable::setSnapshot(Snapshot snapshot) {
    const bool labels = snapshot && !snapshot->labels.empty();
    // Labels alone change no width: the columns stay where the eye has them.
    const bool same = snapshot_ && snapshot && snapshot_->records.size() == snapshot->records.size() && labels == any_label_;
    any_label_ = labels;
    columns_->setAnyLabel(labels);
    snapshot_ = std::move(snapshot);
    if (!same) widths_fitted_ = false;  // more records may bring longer names, larger amounts and other years
    query();
}

void SessionTable::setFilter(const RecordFilter& filter) {
    filter_ = filter;
    query();
}

void SessionTable::setBusy(bool busy) {
    busy_ = busy;
    explainEmptiness();
}

void SessionTable::setOrder(RecordOrder order) {
    order_ = order;
    model_->setOrder(order);
    query();
}

void SessionTable::query() {
    if (!snapshot_ || snapshot_->records.size() <= kRecordsInline) {
        job_.cancel();
        install(snapshot_, snapshot_ ? list_records(*snapshot_, filter_, order_) : RecordList());
        return;
    }
    job_.start([snapshot = snapshot_, filter = filter_,
                order = order_](std::stop_token stop) { return list_records(*snapshot, filter, order, stop); },
               [this, snapshot = snapshot_](RecordList list) { install(snapshot, std::move(list)); },
               [this](const Error& error) {
                   empty_->say(QString::fromUtf8(error.what()));
                   setCurrentWidget(empty_);
               });
}

void SessionTable::install(Snapshot snapshot, RecordList list) {
    const Snapshot before = model_->snapshot();
    const bool same_records = before && snapshot && before->records.size() == snapshot->records.size();
    const auto chosen = several_ && same_records ? chosenRecords() : std::vector<std::uint32_t>();
    following_ = true;
    model_->installList(std::move(snapshot), std::move(list));
    following_ = false;
    if (!widths_fitted_ && model_->rowCount() > 0) {
        columns_->fit();
        widths_fitted_ = true;
    }
    explainEmptiness();
    followSelection();
    chooseAgain(chosen);
    emit listed(model_->rowCount());
}

// A verdict stored meanwhile, or another order, must not let go what one is about to decide.
void SessionTable::chooseAgain(const std::vector<std::uint32_t>& records) {
    std::vector<int> rows;
    if (records.size() <= kMostKept) {
        for (const std::uint32_t record : records) rows.push_back(model_->rowOf(RecordIndex(record)));
        std::erase(rows, -1);
        std::sort(rows.begin(), rows.end());
    }
    following_ = true;
    if (rows.size() > 1) select_rows(*view_->selectionModel(), rows);
    following_ = false;
    sayChosen();
}

std::vector<std::uint32_t> SessionTable::chosenRecords() const {
    std::vector<std::uint32_t> records;
    for (const int row : selected_rows(*view_->selectionModel())) {
        if (const auto record = model_->recordAt(row)) records.push_back(raw(*record));
    }
    return records;
}

std::vector<RecordIndex> SessionTable::chosen() const {
    std::vector<RecordIndex> records;
    if (!snapshot_ || model_->snapshot() != snapshot_) return records;
    for (const std::uint32_t record : chosenRecords()) records.push_back(RecordIndex(record));
    return records;
}

void SessionTable::sayChosen() {
    const auto records = chosenRecords();
    const bool several = records.size() > 1 && model_->snapshot();
    if (several) emit said(selection_words(*model_->snapshot(), records));
    if (!several && several_) emit said({});
    several_ = several;
    emit chosenChanged();
}

void SessionTable::takeChoice() {
    if (following_ || model_->snapshot() != snapshot_) return;  // rows of an older snapshot, about to be replaced
    const QModelIndex current = view_->currentIndex();
    // A view that gets the focus makes its first row current: no choice.
    if (view_->selectionModel()->isSelected(current)) {
        if (const auto record = model_->recordAt(current.row())) selection_.selectRecord(*record);
    }
    sayChosen();
}

void SessionTable::followSelection() {
    if (model_->snapshot() != snapshot_) return;
    const auto record = selection_.record();
    const int row = record ? model_->rowOf(*record) : -1;
    if (row == view_->currentIndex().row() && (row < 0 || view_->selectionModel()->isSelected(view_->currentIndex()))) return;
    following_ = true;
    if (row < 0) {
        view_->selectionModel()->clear();
    } else {
        const QModelIndex index = model_->index(row, std::max(0, view_->currentIndex().column()));
        view_->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        view_->scrollTo(index);
    }
    following_ = false;
    sayChosen();
}

void SessionTable::explainEmptiness() {
    if (model_->rowCount() > 0) return setCurrentWidget(view_);
    const EmptyList words = words_for_empty(busy_, snapshot_ && !snapshot_->records.empty(), filter_, model_->relief());
    empty_->say(words.cause, words.button, [this, next = words.next] {
        setFilter(next);
        emit filterWanted(next);
    });
    setCurrentWidget(empty_);
}

std::optional<RecordIndex> SessionTable::nextUnlabelled(std::optional<RecordIndex> after) const {
    if (!snapshot_ || model_->snapshot() != snapshot_) return std::nullopt;
    const int rows = model_->rowCount();
    const int from = after ? model_->rowOf(*after) : -1;
    for (int step = 1; step <= rows; ++step) {
        const auto record = model_->recordAt((from + step) % rows);
        if (record && record != after && snapshot_->records[raw(*record)].label == LabelClass::none) return record;
    }
    return std::nullopt;
}

bool SessionTable::eventFilter(QObject* watched, QEvent* event) {
    if (watched == view_->viewport() && event->type() == QEvent::Resize) columns_->fill();
    if (watched == view_ && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copy(true);
        return true;
    }
    return QStackedWidget::eventFilter(watched, event);
}

}  // namespace abm
