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
    const std::vector<CassetteLane>& lanes() const { return rows_.lanes; }
    /// The row of Investigation::movements[movement]; -1 when the list does not show it. O(log n).
    int rowOfMovement(std::uint32_t movement) const;
    std::optional<std::uint32_t> movementIndex(int row) const;  ///< nullopt outside
    /// Sums of the rows [first, last] of each range.
    LedgerTotals totalsOf(const std::vector<std::pair<int, int>>& ranges) const;
    /// What is listed, byte for byte as `abm ledger` prints such rows (core/data/ledger_table.h).
    std::string csv() const;

    /// Times without year and seconds, for a narrow list; the tool tip has them.
    void setShortTimes(bool on) { short_times_ = on; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const CashMovement& movement, int column) const;
    QString tip(const CashMovement& movement) const;
    QVariant colour(const CashMovement& movement, int column) const;

    Snapshot snapshot_;
    LedgerRows rows_;
    bool short_times_ = false;
};

}  // namespace abm
