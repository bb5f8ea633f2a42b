// Cash movements as table rows.
#pragma once

#include <QAbstractTableModel>

#include "widgets/ledger_rows.h"

namespace abm {

class LedgerModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { time, machine, event, cassette, denomination, notes, expected, counted_, difference, session, kColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void install(Snapshot snapshot, const LedgerFilter& filter);
    void installRows(Snapshot snapshot, LedgerRows rows);  ///< the same in O(1)
    /// Takes a snapshot with the same movements, whose records may have other severities: no row changes.
    void setRescored(Snapshot snapshot);
    /// The snapshot shares its movements with the one shown: setRescored() does.
    bool showsMovementsOf(const Investigation& investigation) const;
    const Snapshot& snapshot() const { return snapshot_; }
    const CashMovement* movementAt(int row) const;  ///< null outside
    /// The first discrepancy of the record, else its first movement; -1 when the list shows none.
    int leadingRowOf(RecordIndex record) const { return rows_.leadingRowOf(record); }
    const LedgerTotals& totals() const { return rows_.totals; }
    /// Comma-separated with a header line (RFC 4180), plain numbers, ISO times.
    QString csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const CashMovement& movement, int column, bool plain) const;
    QVariant colour(const CashMovement& movement, int column) const;

    Snapshot snapshot_;
    LedgerRows rows_;
};

}  // namespace abm
