// The records of an investigation as table rows: a view of a snapshot through a list of indices.
#pragma once

#include <QAbstractTableModel>
#include <unordered_set>

#include "widgets/format.h"
#include "widgets/record_query.h"

namespace abm {

class SessionModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr int kRecordRole = Qt::UserRole;        ///< index of the record, as uint
    static constexpr int kSeverityRole = Qt::UserRole + 1;  ///< Severity, as int

    using QAbstractTableModel::QAbstractTableModel;

    /// One model reset. rows: indices into snapshot->records, as query_records() gives them.
    void install(Snapshot snapshot, std::vector<std::uint32_t> rows);
    void installList(Snapshot snapshot, RecordList list);  ///< the same in O(1): for lists made off the UI thread
    void setOrder(RecordOrder order);                      ///< only what the header says
    const Snapshot& snapshot() const { return snapshot_; }
    const std::vector<std::uint32_t>& rows() const { return list_.rows; }
    std::optional<RecordIndex> recordAt(int row) const;
    /// -1 when the list does not show the record. O(1).
    int rowOf(RecordIndex record) const;
    /// Rows of these records stand out: the look-alikes of the selected one.
    void mark(const std::vector<RecordIndex>& records);
    const RecordRelief& relief() const { return list_.relief; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const Record& record, RecordColumn column) const;
    QString verdictTip(RecordIndex record) const;

    Snapshot snapshot_;
    RecordList list_;
    std::unordered_set<std::uint32_t> marked_;
    RecordOrder order_;
};

}  // namespace abm
