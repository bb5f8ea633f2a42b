#include "widgets/ledger_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

#include "core/base/error.h"
#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr std::size_t kInline = 20000;  // as in SessionTable

QPushButton* toggle(const QString& text, const QString& tip) {
    auto* const button = new QPushButton(text);
    button->setCheckable(true);
    button->setToolTip(tip);
    button->setAccessibleName(text);
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
      only_(toggle("Only discrepancies", "Show only what does not add up")),
      mine_(toggle("Only this machine", "Show only the machine of the selected session")) {
    view_->setModel(model_);
    view_->setItemDelegate(new TableDelegate(-1, 0, view_));
    style_table(*view_);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    view_->setAccessibleName("Cash ledger");
    // What does not add up stands before the counts it is made of: a narrow window cuts the right-hand side.
    view_->horizontalHeader()->moveSection(LedgerModel::difference, LedgerModel::notes + 1);
    stack_->addWidget(view_);
    stack_->addWidget(empty_);
    auto* const save = new QPushButton("Export CSV…");
    save->setAccessibleName("Export the ledger as CSV");
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(8, 6, 8, 6);
    bar->setSpacing(6);
    bar->addWidget(only_);
    bar->addWidget(mine_);
    bar->addStretch();
    bar->addWidget(save);
    totals_->setContentsMargins(12, 5, 12, 5);
    totals_->setAccessibleName("Totals of the ledger");
    totals_->setTextFormat(Qt::RichText);
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
    connect(save, &QPushButton::clicked, this, &LedgerPanel::askAndSave);
    connect(&selection_, &Selection::recordChanged, this, &LedgerPanel::followSelection);
    connect(&Theme::instance(), &Theme::changed, this, &LedgerPanel::updateTotals);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LedgerPanel::takeChoice);
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LedgerPanel::takeChoice);
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
    if (!snapshot_ || snapshot_->movements.size() <= kInline) {
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
    if (std::exchange(fit_, false) && model_->rowCount() > 0) fit_columns(*view_);
    explainEmptiness();
    updateTotals();
    followSelection();
}

void LedgerPanel::explainEmptiness() {
    if (model_->rowCount() > 0) return stack_->setCurrentWidget(view_);
    if (filter_.only_discrepancies) {
        empty_->say(
            filter_.machine ? "Everything this machine counted adds up." : "Everything adds up: no discrepancy was found.",
            "Show all movements", [this] { only_->setChecked(false); });
    } else {
        empty_->say("No cash movement was found: the ledger needs counter blocks or acceptor blocks in the journal.");
    }
    stack_->setCurrentWidget(empty_);
}

void LedgerPanel::refresh() {
    LedgerFilter next;
    next.only_discrepancies = only_->isChecked();
    const auto record = selection_.record();
    if (mine_->isChecked() && record && snapshot_) next.machine = snapshot_->records[raw(*record)].machine;
    setFilter(next);
}

QString LedgerPanel::differenceWords() const {
    constexpr std::size_t kMostMachines = 4;
    const auto& differences = model_->totals().differences;
    if (differences.empty()) return QStringLiteral("difference <b>0</b>");
    QStringList words;
    for (const auto& [machine, difference] : differences) {
        if (static_cast<std::size_t>(words.size()) == kMostMachines) break;
        const QColor colour = difference == 0 ? tokens().text : tokens().critical;
        words.append(QStringLiteral("%1 <b style='color:%2'>%3</b>")
                         .arg(qstring(model_->snapshot()->machines[raw(machine)]).toHtmlEscaped(), colour.name(),
                              (difference > 0 ? "+" : "") + qstring(money_text(difference))));
    }
    const auto more = differences.size() - static_cast<std::size_t>(words.size());
    if (more > 0) words.append(QStringLiteral("%1 more").arg(more));
    return "difference " + words.join(" &nbsp;·&nbsp; ");
}

void LedgerPanel::updateTotals() {
    const LedgerTotals& sums = model_->totals();
    totals_->setText(QStringLiteral("<b>Total</b> &nbsp; %1 &nbsp;·&nbsp; %2 &nbsp;·&nbsp; %3")
                         .arg(counted(sums.movements, "movement", "movements"),
                              counted(sums.discrepancies, "discrepancy", "discrepancies"), differenceWords()));
    totals_->setToolTip("Differences are summed for each machine alone: machines may hold different currencies.");
}

void LedgerPanel::takeChoice() {
    const QModelIndex current = view_->currentIndex();
    if (following_ || !settled() || !view_->selectionModel()->isSelected(current)) return;  // see SessionTable::takeChoice
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
}

void LedgerPanel::saveCsv(const QString& path) const {
    QSaveFile file(path);
    const QByteArray table = model_->csv().toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(table) != table.size() || !file.commit()) {
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
