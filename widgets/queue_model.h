// The label queue as table rows: the next records worth an expert's time, and why each is there.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "widgets/format.h"
#include "widgets/snapshot.h"

namespace abm {

struct ShownQueueEntry {
    RecordIndex record{};
    QString reason;  ///< "odd", "uncertain", "random"
};

class QueueModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { time, machine, severity, score, reason, type, kColumnCount };
    static constexpr int kSeverityRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void install(Snapshot snapshot, std::vector<ShownQueueEntry> entries);
    std::optional<RecordIndex> recordAt(int row) const;
    int rowOf(RecordIndex record) const;  ///< -1 when it is not queued
    const std::vector<ShownQueueEntry>& entries() const { return entries_; }
    const Snapshot& snapshot() const { return snapshot_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const ShownQueueEntry& entry, int column) const;

    Snapshot snapshot_;
    std::vector<ShownQueueEntry> entries_;
    DateDetail detail_ = DateDetail::clock;
};

}  // namespace abm
