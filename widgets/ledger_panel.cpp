#include "widgets/ledger_panel.h"

#include <QContextMenuEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "widgets/cassette_chart.h"
#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/ledger_words.h"
#include "widgets/push_button.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr std::size_t kMovementsInline = 20000;  // as in SessionTable

QPushButton* toggle_button(const QString& text, const QString& tip) {
    QPushButton* const button = push_button(text, tip);
    button->setCheckable(true);
    return button;
}

}  // namespace

LedgerPanel::LedgerPanel(Selection& selection, QWidget* parent)
    : QWidget(parent),
      selection_(selection),
      model_(new LedgerModel(this)),
      view_(new QTableView),
      stack_(new QStackedWidget),
      empty_(new EmptyState),
      totals_(new QLabel),
      only_(toggle_button("Only discrepancies", "Show only what does not add up")),
      mine_(toggle_button("Only this machine", "Show only the machine of the selected session")),
      cassettes_(toggle_button("Cassettes", "Show the counters of each cassette over time")),
      chart_(new CassetteChart),
      chart_scroll_(new QScrollArea),
      split_(new QSplitter(Qt::Vertical)) {
    view_->setModel(model_);
    view_->setItemDelegate(new TableDelegate(-1, 0, view_));
    style_table(*view_);
    view_->setAccessibleName("Cash ledger");
    // What does not add up stands before the counts it is made of: a narrow window cuts the right-hand side.
    view_->horizontalHeader()->moveSection(LedgerModel::difference, LedgerModel::notes + 1);
    view_->horizontalHeader()->setStretchLastSection(false);  // a number far from the others is compared with nothing
    chart_scroll_->setWidget(chart_);
    chart_scroll_->setWidgetResizable(true);
    chart_scroll_->setFrameShape(QFrame::NoFrame);
    chart_scroll_->setFocusPolicy(Qt::NoFocus);
    chart_scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    split_->setHandleWidth(4);
    split_->setChildrenCollapsible(false);
    split_->addWidget(chart_scroll_);
    split_->addWidget(view_);
    view_->viewport()->installEventFilter(this);
    cassettes_->setChecked(true);
    stack_->addWidget(split_);
    stack_->addWidget(empty_);
    auto* const save = new QPushButton("Export CSV…");
    save->setAccessibleName("Export the ledger as CSV");
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(8, 6, 8, 6);
    bar->setSpacing(6);
    bar->addWidget(only_);
    bar->addWidget(mine_);
    bar->addWidget(cassettes_);
    bar->addStretch();
    bar->addWidget(save);
    totals_->setContentsMargins(12, 5, 12, 5);
    totals_->setAccessibleName("Totals of the ledger");
    totals_->setTextFormat(Qt::RichText);
    totals_->setWordWrap(true);
    totals_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const rule = new QFrame;
    rule->setObjectName("rule");
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 1, 1);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(stack_, 1);
    layout->addWidget(rule);
    layout->addWidget(totals_);

    connect(only_, &QPushButton::toggled, this, &LedgerPanel::refresh);
    connect(mine_, &QPushButton::toggled, this, &LedgerPanel::refresh);
    connect(cassettes_, &QPushButton::toggled, chart_scroll_, &QWidget::setVisible);
    connect(chart_, &CassetteChart::movementClicked, this, &LedgerPanel::openMovement);
    connect(chart_, &CassetteChart::laneWanted, this,
            [this](int top, int height) { chart_scroll_->ensureVisible(0, top + height / 2, 0, height); });
    connect(&selection_, &Selection::rangeChanged, this, &LedgerPanel::refresh);
    connect(save, &QPushButton::clicked, this, &LedgerPanel::askAndSave);
    connect(&selection_, &Selection::recordChanged, this, &LedgerPanel::followSelection);
    connect(&Theme::instance(), &Theme::changed, this, &LedgerPanel::updateTotals);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LedgerPanel::takeChoice);
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        takeChoice();
        updateTotals();
    });
    refresh();
}

void LedgerPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    // Rows chosen while the ledger was hidden had no view to be scrolled in.
    QTimer::singleShot(0, this, [this] {
        if (view_->currentIndex().isValid()) view_->scrollTo(view_->currentIndex(), QAbstractItemView::PositionAtCenter);
    });
}

LedgerPanel::~LedgerPanel() { delete view_; }  // before its model: a dying model would move the current row

void LedgerPanel::setSnapshot(Snapshot snapshot) {
    snapshot_ = std::move(snapshot);
    if (settled() && snapshot_ && model_->showsMovementsOf(*snapshot_)) return model_->setRescored(snapshot_);
    filter_ = {};
    fit_ = true;
    refresh();
}

void LedgerPanel::setFilter(const LedgerFilter& filter) {
    filter_ = filter;
    if (!snapshot_ || snapshot_->movements.size() <= kMovementsInline) {
        job_.cancel();
        return install(snapshot_, snapshot_ ? ledger_rows(*snapshot_, filter) : LedgerRows());
    }
    job_.start([snapshot = snapshot_, filter](std::stop_token stop) { return ledger_rows(*snapshot, filter, stop); },
               [this, snapshot = snapshot_](LedgerRows rows) { install(snapshot, std::move(rows)); },
               [this](const Error& error) {
                   empty_->say(QString::fromUtf8(error.what()));
                   stack_->setCurrentWidget(empty_);
               });
}

void LedgerPanel::install(Snapshot snapshot, LedgerRows rows) {
    following_ = true;
    model_->installRows(std::move(snapshot), std::move(rows));
    following_ = false;
    chart_->setLanes(model_->snapshot(), model_->lanes(), filter_.range);
    if (model_->rowCount() > 0 && std::exchange(fit_, false)) {
        fit_columns(*view_);
        natural_.clear();
        for (int column = 0; column < LedgerModel::kColumnCount; ++column) natural_.push_back(view_->columnWidth(column));
    }
    fitColumns();
    explainEmptiness();
    updateTotals();
    followSelection();
}

void LedgerPanel::explainEmptiness() {
    if (model_->rowCount() > 0) return stack_->setCurrentWidget(split_);
    if (filter_.only_discrepancies) {
        empty_->say(
            filter_.machine ? "Everything this machine counted adds up." : "Everything adds up: no discrepancy was found.",
            "Show all movements", [this] { only_->setChecked(false); });
    } else if (filter_.range) {
        empty_->say("No note was moved in the selected time range.", "Show the whole time",
                    [this] { selection_.setRange(std::nullopt); });
    } else {
        empty_->say("No cash movement was found: the ledger needs counter blocks or acceptor blocks in the journal.");
    }
    stack_->setCurrentWidget(empty_);
}

void LedgerPanel::refresh() {
    LedgerFilter next;
    next.only_discrepancies = only_->isChecked();
    next.range = selection_.range();
    const auto record = selection_.record();
    if (mine_->isChecked() && record && snapshot_) next.machine = snapshot_->records[raw(*record)].machine;
    setFilter(next);
}

std::vector<std::pair<int, int>> LedgerPanel::chosenRows() const {
    std::vector<std::pair<int, int>> ranges;
    for (const QItemSelectionRange& range : view_->selectionModel()->selection())
        ranges.emplace_back(range.top(), range.bottom());
    std::ranges::sort(ranges);
    return ranges;
}

// One row is what one looks at; of several one wants the sum.
void LedgerPanel::updateTotals() {
    if (following_) return;
    const auto ranges = chosenRows();
    const bool several = ranges.size() > 1 || (ranges.size() == 1 && ranges.front().first < ranges.front().second);
    const LedgerTotals sums = several ? model_->totalsOf(ranges) : model_->totals();
    const QString of = several         ? QStringLiteral("Selected rows")
                       : filter_.range ? span_text(filter_.range->begin, filter_.range->end)
                                       : QStringLiteral("Total");
    totals_->setText(totals_html(of, sums, model_->snapshot().get()));
}

// What finds no room is left out whole, in this order, instead of being cut; the tool tip of a row has all of it.
void LedgerPanel::fitColumns() {
    if (natural_.empty()) return;
    std::vector<bool> shown(natural_.size(), true);
    shown[LedgerModel::machine] = model_->totals().sums.size() != 1;  // the same on every row
    const auto needed = [&] {
        int sum = 0;
        for (std::size_t column = 0; column < shown.size(); ++column) sum += shown[column] ? natural_[column] : 0;
        return sum;
    };
    for (const int spare : {LedgerModel::session, LedgerModel::denomination, LedgerModel::notes}) {
        if (needed() > view_->viewport()->width()) shown[static_cast<std::size_t>(spare)] = false;
    }
    std::vector<int> widths = natural_;
    const bool short_times = needed() > view_->viewport()->width();
    const auto time_width = [this](bool short_form) {
        model_->setShortTimes(short_form);
        return view_->itemDelegate()->sizeHint({}, model_->index(0, LedgerModel::time)).width();
    };
    const int full = time_width(false);
    if (short_times) widths[LedgerModel::time] -= full - time_width(true);
    for (int column = 0; column < LedgerModel::kColumnCount; ++column) {
        const auto at = static_cast<std::size_t>(column);
        if (view_->isColumnHidden(column) == shown[at]) view_->setColumnHidden(column, !shown[at]);
        if (shown[at]) view_->setColumnWidth(column, widths[at]);
    }
}

// Beside each other where there is room for both: an auditor reads a lane and its rows together.
void LedgerPanel::arrange() {
    constexpr int kBesides_px = 1150;
    const Qt::Orientation wanted = width() >= kBesides_px ? Qt::Horizontal : Qt::Vertical;
    if (split_->orientation() != wanted || split_->property("arranged").isNull()) {
        split_->setProperty("arranged", true);
        split_->setOrientation(wanted);
        split_->setSizes(wanted == Qt::Horizontal ? QList<int>{500, 700} : QList<int>{100, 160});
    }
}

void LedgerPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

bool LedgerPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) fitColumns();
    return QWidget::eventFilter(watched, event);
}

void LedgerPanel::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction("Export CSV…", this, &LedgerPanel::askAndSave);
    menu.addSeparator();
    for (QPushButton* const button : {only_, mine_, cassettes_}) {
        QAction* const action = menu.addAction(button->text(), button, &QPushButton::toggle);
        action->setCheckable(true);
        action->setChecked(button->isChecked());
    }
    menu.exec(event->globalPos());
}

void LedgerPanel::openMovement(std::uint32_t movement) {
    if (!settled() || !snapshot_ || movement >= snapshot_->movements.size()) return;  // the lanes are of an older snapshot
    const CashMovement& opened = snapshot_->movements[movement];
    const int row = model_->rowOfMovement(movement);
    if (row >= 0) {
        following_ = true;
        view_->setCurrentIndex(model_->index(row, 0));
        view_->scrollTo(model_->index(row, 0), QAbstractItemView::PositionAtCenter);
        following_ = false;
    }
    chart_->setCurrent(movement);
    selection_.selectRecord(opened.record, opened.offset);
}

void LedgerPanel::takeChoice() {
    const QModelIndex current = view_->currentIndex();
    if (following_ || !settled() || !view_->selectionModel()->isSelected(current)) return;  // see SessionTable::takeChoice
    chart_->setCurrent(model_->movementIndex(current.row()));
    if (const CashMovement* const movement = model_->movementAt(current.row()))
        selection_.selectRecord(movement->record, movement->offset);
}

void LedgerPanel::followSelection() {
    const auto record = selection_.record();
    if (mine_->isChecked() && record && snapshot_) {
        const auto machine = snapshot_->records[raw(*record)].machine;
        if (filter_.machine != machine) return refresh();
    }
    if (!settled()) return;  // the rows are of an older snapshot
    const CashMovement* const current = model_->movementAt(view_->currentIndex().row());
    if (record && current && current->record == *record) return;
    following_ = true;
    const int row = record ? model_->leadingRowOf(*record) : -1;
    view_->setCurrentIndex(row < 0 ? QModelIndex() : model_->index(row, 0));
    if (row >= 0) view_->scrollTo(model_->index(row, 0), QAbstractItemView::PositionAtCenter);
    following_ = false;
    chart_->setCurrent(model_->movementIndex(row));
    updateTotals();
}

void LedgerPanel::saveCsv(const QString& path) const {
    QSaveFile file(path);
    const std::string table = model_->csv();
    if (!file.open(QIODevice::WriteOnly) || file.write(table.data(), std::ssize(table)) != std::ssize(table) || !file.commit()) {
        throw Error(ErrorCode::Io, "The ledger was not written to " + path.toStdString() + ": " +
                                       file.errorString().toStdString() + ". Choose another place and export again.");
    }
}

void LedgerPanel::askAndSave() {
    const QString path =
        QFileDialog::getSaveFileName(this, "Export the cash ledger", "cash-ledger.csv", "Comma-separated values (*.csv)");
    if (path.isEmpty()) return;
    try {
        saveCsv(path);
        emit saved(path);
    } catch (const Error& error) {  // of a save the user asked for: answered in the status bar
        emit failed(QString::fromUtf8(error.what()));
    }
}

}  // namespace abm
