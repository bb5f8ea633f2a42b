#include "widgets/ledger_model.h"

#include <algorithm>

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
    beginResetModel();
    if (snapshot != snapshot_) detail_ = snapshot ? date_detail(*snapshot) : DateDetail::clock;
    snapshot_ = std::move(snapshot);
    rows_.clear();
    totals_ = {};
    const auto& movements = snapshot_ ? snapshot_->movements : std::vector<CashMovement>();
    for (std::uint32_t at = 0; at < movements.size(); ++at) {
        const CashMovement& movement = movements[at];
        if (filter.machine && movement.machine != *filter.machine) continue;
        const bool differs = is_discrepancy(movement);
        if (filter.only_discrepancies && !differs) continue;
        rows_.push_back(at);
        ++totals_.movements;
        totals_.discrepancies += differs ? 1 : 0;
        if (movement.difference != 0) totals_.differences[movement.machine] += movement.difference;
    }
    endResetModel();
}

const CashMovement* LedgerModel::movementAt(int row) const {
    if (row < 0 || static_cast<std::size_t>(row) >= rows_.size()) return nullptr;
    return &snapshot_->movements[rows_[static_cast<std::size_t>(row)]];
}

int LedgerModel::leadingRowOf(RecordIndex record) const {
    const auto& movements = snapshot_ ? snapshot_->movements : std::vector<CashMovement>();
    const auto its = [&](std::uint32_t at) { return movements[at].record == record; };
    const auto first = std::find_if(rows_.begin(), rows_.end(), its);
    const auto differs = std::find_if(first, rows_.end(), [&](auto at) { return its(at) && is_discrepancy(movements[at]); });
    const auto found = differs != rows_.end() ? differs : first;
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int LedgerModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int LedgerModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumnCount; }

QString LedgerModel::text(const CashMovement& movement, int column, bool plain) const {
    switch (column) {
        case time:
            return plain ? qstring(iso8601(movement.time)) : when_text(movement.time, detail_);
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
