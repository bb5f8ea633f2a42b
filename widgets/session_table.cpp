#include "widgets/session_table.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/table_style.h"

namespace abm {
namespace {

// Below this many records a query takes less than a frame, and rows that appear at once are calmer than rows that follow.
constexpr std::size_t kInline = 20000;

// Names and times read from the top; of scores and amounts the largest matter.
bool starts_ascending(RecordColumn column) {
    return column == RecordColumn::time || column == RecordColumn::machine || column == RecordColumn::type ||
           column == RecordColumn::activity || column == RecordColumn::label;
}

constexpr int kLeastType_px = 100;
constexpr int kTypeColumn = static_cast<int>(RecordColumn::type);
constexpr RecordColumn kHiddenAtFirst[] = {RecordColumn::amount, RecordColumn::activity};
constexpr RecordColumn kGiveWay[] = {RecordColumn::at_risk, RecordColumn::machine};  // in a narrow dock, in this order

QString column_name(const SessionModel& model, int column) {
    return model.headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
}

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
    view_->horizontalHeader()->setSectionsClickable(true);
    view_->horizontalHeader()->setStretchLastSection(false);
    view_->horizontalHeader()->moveSection(static_cast<int>(RecordColumn::label), kTypeColumn + 1);
    view_->horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(view_->horizontalHeader(), &QWidget::customContextMenuRequested, this, &SessionTable::askForColumns);
    view_->installEventFilter(this);
    view_->viewport()->installEventFilter(this);
    resetColumns();
    addWidget(view_);
    addWidget(empty_);
    connect(view_->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        const auto column = static_cast<RecordColumn>(section);
        setOrder({column, column == order_.column ? !order_.ascending : starts_ascending(column)});
    });
    // Keys select first and then move the current row, the mouse the other way round: both signals, one answer.
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SessionTable::takeChoice);
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SessionTable::takeChoice);
    connect(&selection_, &Selection::recordChanged, this, &SessionTable::followSelection);
    connect(&selection_, &Selection::rangeChanged, this, [this] {
        RecordFilter next = filter_;
        next.range = selection_.range();
        setFilter(next);
    });
}

SessionTable::~SessionTable() { delete view_; }  // before its model: a dying model would move the current row

void SessionTable::setSnapshot(Snapshot snapshot) {
    const bool labels = snapshot && !snapshot->labels.empty();
    // Labels alone change no width: the columns stay where the eye has them.
    const bool same = snapshot_ && snapshot && snapshot_->records.size() == snapshot->records.size() && labels == any_label_;
    any_label_ = labels;
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

void SessionTable::fitWidths() {
    fit_columns(*view_);
    widths_fitted_ = true;
    fillType();
}

// Width of what the user chose, with the least room for the type.
int SessionTable::widthWanted() const {
    int width = 0;
    for (int column = 0; column < kRecordColumnCount; ++column) {
        if (view_->isColumnHidden(column)) continue;
        width += column == kTypeColumn ? kLeastType_px : view_->columnWidth(column);
    }
    return width;
}

void SessionTable::fillType() {
    for (int column = 0; column < kRecordColumnCount; ++column)
        view_->setColumnHidden(column, hidden_[static_cast<std::size_t>(column)]);
    if (!chosen_ && !any_label_) view_->setColumnHidden(static_cast<int>(RecordColumn::label), true);
    const int room = view_->viewport()->width();
    for (const RecordColumn column : kGiveWay) {
        if (chosen_ || widthWanted() <= room) break;
        view_->setColumnHidden(static_cast<int>(column), true);
    }
    view_->setColumnWidth(kTypeColumn, kLeastType_px + std::max(0, room - widthWanted()));
}

void SessionTable::showColumn(RecordColumn column, bool shown) {
    hidden_[static_cast<std::size_t>(column)] = !shown;
    chosen_ = true;
    fitWidths();
}

bool SessionTable::showsColumn(RecordColumn column) const { return !view_->isColumnHidden(static_cast<int>(column)); }

QByteArray SessionTable::hiddenColumns() const {
    if (!chosen_) return {};
    QStringList names;
    for (int column = 0; column < kRecordColumnCount; ++column) {
        if (hidden_[static_cast<std::size_t>(column)]) names.append(column_name(*model_, column));
    }
    return (names.join(',') + ',').toUtf8();  // never empty: that means that nothing was chosen
}

void SessionTable::restoreHiddenColumns(const QByteArray& names) {
    if (names.isEmpty()) return;
    const QStringList hidden = QString::fromUtf8(names).split(',', Qt::SkipEmptyParts);
    Hidden next{};
    int known = 0;
    for (int column = 0; column < kRecordColumnCount; ++column) {
        next[static_cast<std::size_t>(column)] = hidden.contains(column_name(*model_, column));
        known += next[static_cast<std::size_t>(column)] ? 1 : 0;
    }
    if (known != hidden.size() || next[static_cast<std::size_t>(RecordColumn::time)]) return;
    hidden_ = next;
    chosen_ = true;
    fillType();
}

void SessionTable::resetColumns() {
    hidden_ = {};
    for (const RecordColumn column : kHiddenAtFirst) hidden_[static_cast<std::size_t>(column)] = true;
    chosen_ = false;
    fillType();
}

void SessionTable::askForColumns(QPoint at) {
    QMenu menu;
    for (int column = 0; column < kRecordColumnCount; ++column) {
        QAction* const action = menu.addAction(column_name(*model_, column));
        action->setCheckable(true);
        action->setChecked(!view_->isColumnHidden(column));
        action->setEnabled(column != static_cast<int>(RecordColumn::time));  // something stays to click on
        connect(action, &QAction::toggled, this,
                [this, column](bool shown) { showColumn(static_cast<RecordColumn>(column), shown); });
    }
    menu.exec(view_->horizontalHeader()->mapToGlobal(at));
}

void SessionTable::query() {
    if (!snapshot_ || snapshot_->records.size() <= kInline) {
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
    following_ = true;
    model_->installList(std::move(snapshot), std::move(list));
    following_ = false;
    if (!widths_fitted_ && model_->rowCount() > 0) {
        fitWidths();
    }
    explainEmptiness();
    followSelection();
    emit listed(model_->rowCount());
}

void SessionTable::takeChoice() {
    if (following_ || model_->snapshot() != snapshot_) return;  // rows of an older snapshot, about to be replaced
    const QModelIndex current = view_->currentIndex();
    if (!view_->selectionModel()->isSelected(current))
        return;  // a view that gets the focus makes its first row current: no choice
    if (const auto record = model_->recordAt(current.row())) selection_.selectRecord(*record);
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
}

void SessionTable::explainEmptiness() {
    if (model_->rowCount() > 0) return setCurrentWidget(view_);
    const auto relax = [this](RecordFilter next) {
        return [this, next] {
            setFilter(next);
            emit filterRelaxed(next);
        };
    };
    if (busy_) {
        empty_->say("Reading… Sessions appear here as they are found.");
    } else if (!snapshot_ || snapshot_->records.empty()) {
        empty_->say("No session was found in what was opened. The Sources tab says how each file was read.");
    } else if (!filter_.text.trimmed().isEmpty()) {
        RecordFilter next = filter_;
        next.text.clear();
        empty_->say(QStringLiteral("Nothing matches “%1” under the other filters.").arg(filter_.text.trimmed()), "Clear the text",
                    relax(next));
    } else if (filter_.unlabelled) {
        RecordFilter next = filter_;
        next.unlabelled = false;
        empty_->say("Every record under these filters is labelled.", "Show the labelled too", relax(next));
    } else if (filter_.range) {
        RecordFilter next = filter_;
        next.range.reset();
        empty_->say("No such session in the selected time range.", "Show all times", relax(next));
    } else if (filter_.min_score > 0) {
        float highest = 0;
        for (const Record& record : snapshot_->records) highest = std::max(highest, record.score);
        RecordFilter next = filter_;
        next.min_score = std::max(0.0F, highest - 0.005F);
        empty_->say(
            QStringLiteral("No session above %1. The highest is %2.").arg(score_text(filter_.min_score), score_text(highest)),
            "Lower the threshold", relax(next));
    } else {
        RecordFilter next = filter_;
        next.min_severity = Severity::none;
        empty_->say(QStringLiteral("No session is of severity %1 or above.").arg(qstring(name_of(filter_.min_severity))),
                    "Show all sessions", relax(next));
    }
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

void SessionTable::copy() const {
    QList<int> rows;
    for (const QModelIndex& index : view_->selectionModel()->selectedRows()) rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    if (!rows.isEmpty()) QApplication::clipboard()->setText(model_->tabSeparated(rows));
}

bool SessionTable::eventFilter(QObject* watched, QEvent* event) {
    if (watched == view_->viewport() && event->type() == QEvent::Resize) fillType();
    if (watched == view_ && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copy();
        return true;
    }
    return QStackedWidget::eventFilter(watched, event);
}

}  // namespace abm
