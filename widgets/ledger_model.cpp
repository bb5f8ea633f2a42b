#include "widgets/ledger_model.h"

#include "widgets/format.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr const char* kHeaders[LedgerModel::kColumnCount] = {"time",  "machine",  "event",   "cassette",   "denom.",
                                                             "notes", "expected", "counted", "difference", "session"};

QString count_or_nothing(std::int32_t count, bool plain) {
    if (count == kNoCount) return {};
    return plain ? QString::number(count) : count_text(count);
}

QString difference_text(Money difference, bool plain) {
    if (difference == 0) return plain ? QStringLiteral("0.00") : QStringLiteral("0");
    const QString text = qstring(money_text(difference, !plain));
    return difference > 0 && !plain ? '+' + text : text;
}

QString quoted(QString text) {
    if (!text.contains(',') && !text.contains('"') && !text.contains('\n')) return text;
    return '"' + text.replace('"', "\"\"") + '"';
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

QString LedgerModel::text(const CashMovement& movement, int column, bool plain) const {
    switch (column) {
        case time:
            return plain ? qstring(iso8601(movement.time)) : when_text(movement.time, rows_.detail);
        case machine:
            return qstring(snapshot_->machines[raw(movement.machine)]);
        case event:
            return plain ? qstring(name_of(movement.event)) : event_text(name_of(movement.event));
        case cassette:
            return movement.cassette < 0 ? QStringLiteral("acceptor") : QString::number(movement.cassette + 1);
        case denomination:
            return movement.denomination == kNoAmount ? (plain ? QString() : QStringLiteral("mixed"))
                                                      : qstring(money_text(movement.denomination, !plain));
        case notes:
            return count_or_nothing(movement.notes, plain);
        case expected:
            return count_or_nothing(movement.expected, plain);
        case counted_:
            return count_or_nothing(movement.counted, plain);
        case difference:
            return difference_text(movement.difference, plain);
        case session: {
            const Record& record = snapshot_->records[raw(movement.record)];
            if (plain) return qstring(record_name(*snapshot_, record));
            return (record.kind == RecordKind::session ? "" : "after ") + QString::number(record.ordinal);
        }
        default:
            return {};
    }
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
            return text(movement, index.column(), false);
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
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) return QString::fromLatin1(kHeaders[section]);
    if (role == Qt::ToolTipRole && section == denomination) return QStringLiteral("denomination");
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignVCenter | (is_number(section) ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

QString LedgerModel::csv() const {
    QString table;
    for (int column = 0; column < kColumnCount; ++column)
        table += (column == 0 ? "" : ",") + QString::fromLatin1(column == denomination ? "denomination" : kHeaders[column]);
    table += "\r\n";
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < kColumnCount; ++column)
            table += (column == 0 ? "" : ",") + quoted(text(*movementAt(row), column, true));
        table += "\r\n";
    }
    return table;
}

}  // namespace abm
