#include "widgets/queue_model.h"

#include <algorithm>

#include "widgets/theme.h"

namespace abm {
namespace {

constexpr const char* kQueueHeaders[QueueModel::kColumnCount] = {"time", "machine", "", "score", "because", "type"};

}  // namespace

void QueueModel::install(Snapshot snapshot, std::vector<ShownQueueEntry> entries) {
    beginResetModel();
    snapshot_ = std::move(snapshot);
    entries_ = std::move(entries);
    const auto gone = [&](const ShownQueueEntry& entry) { return !snapshot_ || raw(entry.record) >= snapshot_->records.size(); };
    std::erase_if(entries_, gone);
    std::vector<RecordIndex> queued;
    for (const ShownQueueEntry& entry : entries_) queued.push_back(entry.record);
    detail_ = snapshot_ ? date_detail(*snapshot_, queued) : DateDetail::clock;
    endResetModel();
}

std::optional<RecordIndex> QueueModel::recordAt(int row) const {
    if (row < 0 || row >= rowCount()) return std::nullopt;
    return entries_[static_cast<std::size_t>(row)].record;
}

int QueueModel::rowOf(RecordIndex record) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return entry.record == record; });
    return found == entries_.end() ? -1 : static_cast<int>(found - entries_.begin());
}

int QueueModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(entries_.size()); }
int QueueModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumnCount; }

QString QueueModel::text(const ShownQueueEntry& entry, int column) const {
    const Record& record = snapshot_->records[raw(entry.record)];
    switch (column) {
        case time:
            return when_text(record.start, detail_);
        case machine:
            return qstring(snapshot_->machine_of(record));
        case score:
            return score_text(record.score);
        case type:
            return qstring(display_name(record.type));
        case reason:
            return entry.reason;
        default:
            return {};
    }
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const ShownQueueEntry& entry = entries_[static_cast<std::size_t>(index.row())];
    const Record& record = snapshot_->records[raw(entry.record)];
    switch (role) {
        case Qt::DisplayRole:
            return text(entry, index.column());
        case Qt::AccessibleTextRole:
            return index.column() == severity ? "severity " + qstring(name_of(record.severity)) : text(entry, index.column());
        case Qt::ToolTipRole:
            return qstring(sentence_of(*snapshot_, record));
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter | (index.column() == score ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::ForegroundRole:
            return index.column() == reason ? QVariant(tokens().muted) : QVariant();
        case kSeverityRole:
            return static_cast<int>(record.severity);
        default:
            return {};
    }
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumnCount) return {};
    if (role == Qt::DisplayRole) return QString::fromLatin1(kQueueHeaders[section]);
    if (role == Qt::AccessibleTextRole)
        return section == severity ? QStringLiteral("severity") : QString::fromLatin1(kQueueHeaders[section]);
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignVCenter | (section == score ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

}  // namespace abm
