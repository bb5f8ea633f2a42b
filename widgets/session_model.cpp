#include "widgets/session_model.h"

#include <algorithm>

#include "widgets/format.h"
#include "widgets/theme.h"
#include "widgets/verdict_words.h"

namespace abm {
namespace {

constexpr const char* kRecordHeaders[kRecordColumnCount] = {"time",    "machine", "",         "score", "type",
                                                            "at risk", "amount",  "activity", "label"};
constexpr const char* kSpokenHeaders[kRecordColumnCount] = {"time",    "machine", "severity", "score", "type",
                                                            "at risk", "amount",  "activity", "label"};

bool is_number(RecordColumn column) {
    return column == RecordColumn::score || column == RecordColumn::at_risk || column == RecordColumn::amount;
}

}  // namespace

void SessionModel::install(Snapshot snapshot, std::vector<std::uint32_t> rows) {
    RecordList list = snapshot ? RecordList(*snapshot, std::move(rows)) : RecordList();
    installList(std::move(snapshot), std::move(list));
}

void SessionModel::installList(Snapshot snapshot, RecordList list) {
    beginResetModel();
    snapshot_ = std::move(snapshot);
    list_ = std::move(list);
    endResetModel();
}

void SessionModel::setOrder(RecordOrder order) {
    order_ = order;
    emit headerDataChanged(Qt::Horizontal, 0, kRecordColumnCount - 1);
}

std::optional<RecordIndex> SessionModel::recordAt(int row) const {
    if (row < 0 || static_cast<std::size_t>(row) >= list_.rows.size()) return std::nullopt;
    return RecordIndex(list_.rows[static_cast<std::size_t>(row)]);
}

int SessionModel::rowOf(RecordIndex record) const {
    return raw(record) < list_.row_of_record.size() ? list_.row_of_record[raw(record)] : -1;
}

int SessionModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(list_.rows.size()); }
int SessionModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kRecordColumnCount; }

QString SessionModel::text(const Record& record, RecordColumn column) const {
    switch (column) {
        case RecordColumn::time:
            return when_text(record.start, list_.detail);
        case RecordColumn::machine:
            return qstring(snapshot_->machine_of(record));
        case RecordColumn::severity:
            return {};
        case RecordColumn::score:
            return score_text(record.score);
        case RecordColumn::type:
            return qstring(display_name(record.type));
        case RecordColumn::at_risk:
            return qstring(money_text(record.at_risk));
        case RecordColumn::amount:
            return qstring(money_text(record.amount));
        case RecordColumn::activity:
            return activity_text(record.activity);
        case RecordColumn::label:
            return verdict_word(record.label);
    }
    return {};
}

QString SessionModel::verdictTip(RecordIndex record) const {
    const StandingLabel* const verdict = snapshot_->label_of(record);
    if (!verdict) return QStringLiteral("Nobody has decided");
    return QStringLiteral("%1 · %2, %3%4")
        .arg(verdict_text(verdict->label.label, verdict->label.type), qstring(verdict->label.who),
             local_when(verdict->label.when), verdict->disputed ? QStringLiteral(" · disputed") : QString());
}

void SessionModel::mark(const std::vector<RecordIndex>& records) {
    marked_.clear();
    for (const RecordIndex record : records) marked_.insert(raw(record));
    if (!list_.rows.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, kRecordColumnCount - 1), {Qt::BackgroundRole});
}

QVariant SessionModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const std::uint32_t at = list_.rows[static_cast<std::size_t>(index.row())];
    const Record& record = snapshot_->records[at];
    const auto column = static_cast<RecordColumn>(index.column());
    switch (role) {
        case Qt::DisplayRole:
            return text(record, column);
        case Qt::ToolTipRole:
            if (column == RecordColumn::severity) return qstring(name_of(record.severity));
            if (column == RecordColumn::label) return verdictTip(RecordIndex(at));
            return qstring(sentence_of(*snapshot_, record));
        case Qt::AccessibleTextRole:
            return column == RecordColumn::severity ? "severity " + qstring(name_of(record.severity)) : text(record, column);
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter | (is_number(column) ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::BackgroundRole:
            return marked_.contains(at) ? QVariant(tokens().evidence) : QVariant();
        case kRecordRole:
            return at;
        case kSeverityRole:
            return static_cast<int>(record.severity);
        default:
            return {};
    }
}

QVariant SessionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kRecordColumnCount) return {};
    const bool sorted = section == static_cast<int>(order_.column);
    const QString arrow = !sorted ? QString() : order_.ascending ? QStringLiteral(" ▴") : QStringLiteral(" ▾");
    if (role == Qt::DisplayRole) return QString::fromLatin1(kRecordHeaders[section]) + arrow;
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) return QString::fromLatin1(kSpokenHeaders[section]);
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (is_number(static_cast<RecordColumn>(section)) ? Qt::AlignRight : Qt::AlignLeft));
    }
    return {};
}

}  // namespace abm
