// Cash movements as table rows.
#pragma once

#include <QAbstractTableModel>
#include <map>
#include <optional>
#include <vector>

#include "widgets/format.h"
#include "widgets/snapshot.h"

namespace abm {

struct LedgerFilter {
    std::optional<MachineIndex> machine;  ///< nullopt: all
    bool only_discrepancies = false;
    bool operator==(const LedgerFilter&) const = default;
};

struct LedgerTotals {
    std::int64_t movements = 0;
    std::int64_t discrepancies = 0;
    /// Of each machine that has one; not summed over machines, which may hold different currencies.
    std::map<MachineIndex, Money> differences;
};

class LedgerModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { time, machine, event, cassette, denomination, notes, expected, counted_, difference, session, kColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void install(Snapshot snapshot, const LedgerFilter& filter);
    const CashMovement* movementAt(int row) const;  ///< null outside
    /// The first discrepancy of the record, else its first movement; -1 when the list shows none.
    int leadingRowOf(RecordIndex record) const;
    const LedgerTotals& totals() const { return totals_; }
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
    DateDetail detail_ = DateDetail::clock;
    std::vector<std::uint32_t> rows_;
    LedgerTotals totals_;
};

}  // namespace abm
