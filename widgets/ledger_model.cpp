#include "widgets/ledger_model.h"

#include <algorithm>

#include "core/base/csv.h"
#include "core/data/ledger_table.h"
#include "core/data/record_names.h"
#include "widgets/format.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr const char* kLedgerHeaders[LedgerModel::kColumnCount] = {"time",  "machine",  "event",   "cassette",   "denom.",
                                                                   "notes", "expected", "counted", "difference", "session"};

QString count_or_nothing(std::int32_t count) { return count == kNoCount ? QString() : count_text(count); }

QString difference_text(Money difference) {
    if (difference == 0) return QStringLiteral("0");
    const QString text = qstring(money_text(difference));
    return difference > 0 ? '+' + text : text;
}

bool is_number(int column) { return column >= LedgerModel::denomination && column <= LedgerModel::difference; }

}  // namespace

void LedgerModel::install(Snapshot snapshot, const LedgerFilter& filter) {
    LedgerRows rows = snapshot ? ledger_rows(*snapshot, filter) : LedgerRows();
    installRows(std::move(snapshot), std::move(rows));
}

void LedgerModel::installRows(Snapshot snapshot, LedgerRows rows) {
    beginResetModel();
    snapshot_ = std::move(snapshot);
    rows_ = std::move(rows);
    endResetModel();
}

bool LedgerModel::showsMovementsOf(const Investigation& investigation) const {
    return snapshot_ && snapshot_->movements.data() == investigation.movements.data() &&
           snapshot_->movements.size() == investigation.movements.size() &&
           snapshot_->records.size() == investigation.records.size();
}

void LedgerModel::setRescored(Snapshot snapshot) {
    snapshot_ = std::move(snapshot);
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1), {Qt::ForegroundRole});
}

const CashMovement* LedgerModel::movementAt(int row) const {
    if (row < 0 || static_cast<std::size_t>(row) >= rows_.rows.size()) return nullptr;
    return &snapshot_->movements[rows_.rows[static_cast<std::size_t>(row)]];
}

int LedgerModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.rows.size()); }
int LedgerModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumnCount; }

QString LedgerModel::text(const CashMovement& movement, int column) const {
    switch (column) {
        case time:
            return when_text(movement.time, rows_.detail);
        case machine:
            return qstring(snapshot_->machines[raw(movement.machine)]);
        case event:
            return event_text(name_of(movement.event));
        case cassette:
            return qstring(cassette_name(movement.cassette));
        case denomination:
            return movement.denomination == kNoAmount ? QStringLiteral("mixed") : qstring(money_text(movement.denomination));
        case notes:
            return count_or_nothing(movement.notes);
        case expected:
            return count_or_nothing(movement.expected);
        case counted_:
            return count_or_nothing(movement.counted);
        case difference:
            return difference_text(movement.difference);
        case session: {
            const Record& record = snapshot_->records[raw(movement.record)];
            return (record.kind == RecordKind::session ? "" : "after ") + QString::number(record.ordinal);
        }
        default:
            return {};
    }
}

// Narrow lists leave columns out: the whole row.
QString LedgerModel::tip(const CashMovement& movement) const {
    QStringList lines;
    for (int column = 0; column < kColumnCount; ++column) {
        const QString value = text(movement, column);
        if (!value.isEmpty()) lines.append(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() + ": " + value);
    }
    return lines.join('\n');
}

QVariant LedgerModel::colour(const CashMovement& movement, int column) const {
    if (is_discrepancy(movement) && (column == difference || column == event)) {
        const Severity severity = snapshot_->records[raw(movement.record)].severity;
        return tokens().severity(severity == Severity::none ? Severity::high : severity);
    }
    return column == session || column == cassette ? tokens().muted : tokens().text;
}

QVariant LedgerModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const CashMovement& movement = *movementAt(index.row());
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            if (index.column() == time && short_times_ && known(movement.time))
                return when_text(movement.time, std::min(rows_.detail, DateDetail::day)).chopped(3);
            return text(movement, index.column());
        case Qt::ToolTipRole:
            return tip(movement);
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter | (is_number(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::ForegroundRole:
            return colour(movement, index.column());
        default:
            return {};
    }
}

QVariant LedgerModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumnCount) return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) return QString::fromLatin1(kLedgerHeaders[section]);
    if (role == Qt::ToolTipRole && section == denomination) return QStringLiteral("denomination");
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignVCenter | (is_number(section) ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

int LedgerModel::rowOfMovement(std::uint32_t movement) const {
    const auto found = std::ranges::lower_bound(rows_.rows, movement);
    return found != rows_.rows.end() && *found == movement ? static_cast<int>(found - rows_.rows.begin()) : -1;
}

std::optional<std::uint32_t> LedgerModel::movementIndex(int row) const {
    return row < 0 || row >= rowCount() ? std::nullopt : std::optional(rows_.rows[static_cast<std::size_t>(row)]);
}

LedgerTotals LedgerModel::totalsOf(const std::vector<std::pair<int, int>>& ranges) const {
    if (!snapshot_) return {};
    LedgerAdder adder(*snapshot_);
    for (const auto& [first, last] : ranges) {
        for (int row = first; row <= last; ++row) {
            if (const CashMovement* const movement = movementAt(row)) adder.add(*movement);
        }
    }
    return adder.totals();
}

std::string LedgerModel::csv() const {
    std::string table;
    for (const LedgerColumn& column : kLedgerColumns) {
        if (!table.empty()) table += ',';
        table += column.name;
    }
    table += '\n';
    const std::vector<std::string> names = snapshot_ ? source_names(*snapshot_) : std::vector<std::string>();
    for (const std::uint32_t at : rows_.rows) {
        const auto cells = ledger_cells(*snapshot_, names, snapshot_->movements[at]);
        for (std::size_t cell = 0; cell < cells.size(); ++cell) {
            if (cell > 0) table += ',';
            table += csv_field(cells[cell]);
        }
        table += '\n';
    }
    return table;
}

}  // namespace abm
