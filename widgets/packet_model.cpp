#include "widgets/packet_model.h"

#include <QColor>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000, kSecondsPerDay = 86'400;

QString ends(const NetworkEnd& end) { return qstring(text_of(end)); }

QString length_text(const ListedPacket& packet) {
    if (!packet.cut()) return count_text(packet.summary.original);
    return QStringLiteral("%1 (%2 captured)").arg(count_text(packet.summary.original), count_text(packet.summary.captured));
}

}  // namespace

QString packet_gap_text(std::int64_t ns) {
    const double size = std::abs(static_cast<double>(ns));
    const QString sign = ns < 0 ? QStringLiteral("−") : QString();
    if (size < 1e6) return sign + QString::number(size / 1e3, 'f', size < 1e5 ? 1 : 0) + QStringLiteral(" µs");
    if (size < 1e9) return sign + QString::number(size / 1e6, 'f', 2) + QStringLiteral(" ms");
    if (size < 120e9) return sign + QString::number(size / 1e9, 'f', 2) + QStringLiteral(" s");
    return sign + duration_text(static_cast<std::int64_t>(size / 1e9));
}

QString packet_time_text(std::int64_t ns) {
    if (ns == 0) return QStringLiteral("no time");
    std::int64_t seconds = ns / kNsPerSecond, rest = ns % kNsPerSecond;
    if (rest < 0) rest += kNsPerSecond, --seconds;
    const std::int64_t of_day = (seconds % kSecondsPerDay + kSecondsPerDay) % kSecondsPerDay;
    const bool whole_us = rest % 1000 == 0;
    return QStringLiteral("%1:%2:%3.%4")
        .arg(of_day / 3600, 2, 10, QChar('0'))
        .arg(of_day / 60 % 60, 2, 10, QChar('0'))
        .arg(of_day % 60, 2, 10, QChar('0'))
        .arg(whole_us ? rest / 1000 : rest, whole_us ? 6 : 9, 10, QChar('0'));
}

void PacketModel::install(ShownPackets shown) {
    beginResetModel();
    shown_ = std::move(shown);
    matches_.clear();
    whole_note_.clear();
    notes_.assign(static_cast<std::size_t>(rowCount()), QString());
    for (const Evidence& evidence : shown_.evidence) {
        const int row = rowOf(evidence.line.offset);
        const bool one = row >= 0 && packetAt(row)->summary.span.bytes >= evidence.line.bytes;
        QString& note = one ? notes_[static_cast<std::size_t>(row)] : whole_note_;
        if (!one && row < 0) continue;  // of another window
        const QString words = qstring(evidence.note);
        if (!note.contains(words)) note += (note.isEmpty() ? QString() : QStringLiteral("; ")) + words;
    }
    cut_ = std::ranges::count_if(shown_.packets, &ListedPacket::cut);
    endResetModel();
}

const ListedPacket* PacketModel::packetAt(int row) const {
    if (row < 0 || row >= rowCount()) return nullptr;
    if (isBefore(row)) return &*shown_.before;
    return &shown_.packets[static_cast<std::size_t>(row - (shown_.before ? 1 : 0))];
}

int PacketModel::rowOf(std::int64_t offset) const {
    int low = 0, high = rowCount();
    while (low < high) {
        const int middle = (low + high) / 2;
        if (packetAt(middle)->summary.span.end() <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const ListedPacket* const found = packetAt(low);
    return found && found->summary.span.offset <= offset ? low : -1;
}

int PacketModel::firstEvidence() const {
    const auto found = std::ranges::find_if(notes_, [](const QString& note) { return !note.isEmpty(); });
    return found == notes_.end() ? -1 : static_cast<int>(found - notes_.begin());
}

std::vector<int> PacketModel::find(const TextPattern& pattern) const {
    std::vector<int> rows;
    TextPattern::Match match;
    for (int row = 0; row < rowCount(); ++row) {
        if (pattern.next(rowText(row).toStdString(), 0, match)) rows.push_back(row);
    }
    return rows;
}

void PacketModel::setMatches(std::vector<int> rows) {
    matches_ = std::move(rows);
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1), {Qt::BackgroundRole});
}

QString PacketModel::rowText(int row) const {
    QStringList cells;
    for (const int column : {number, time, gap, from, to, protocol, length, info, why}) cells.append(text(row, column));
    return cells.join('\t');
}

int PacketModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.packets.size()) + (shown_.before ? 1 : 0);
}

int PacketModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumnCount; }

QString PacketModel::gapText(int row) const {
    if (row == 0) return {};
    const std::int64_t here = packetAt(row)->summary.time_ns, before = packetAt(row - 1)->summary.time_ns;
    return here == 0 || before == 0 ? QString() : packet_gap_text(here - before);
}

QString PacketModel::text(int row, int column) const {
    const ListedPacket& packet = *packetAt(row);
    switch (column) {
        case number:
            return isBefore(row) ? QStringLiteral("before") : count_text(row + (shown_.before ? 0 : 1));
        case time:
            return packet_time_text(packet.summary.time_ns);
        case gap:
            return gapText(row);
        case why:
            return notes_[static_cast<std::size_t>(row)];
        case from:
            return ends(packet.summary.from);
        case to:
            return ends(packet.summary.to);
        case protocol:
            return qstring(packet.summary.protocol);
        case length:
            return length_text(packet);
        case info:
            return qstring(packet.info);
        default:
            return {};
    }
}

QVariant PacketModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Tokens& t = tokens();
    const int row = index.row();
    switch (role) {
        case Qt::DisplayRole:
            return text(row, index.column());
        case Qt::TextAlignmentRole: {
            const bool right = index.column() == number || index.column() == gap || index.column() == length;
            return static_cast<int>(Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft));
        }
        case Qt::BackgroundRole:
            if (isEvidence(row)) return t.evidence;
            if (std::ranges::binary_search(matches_, row)) return see_through(t.accent, 0.15F);
            return {};
        case Qt::ForegroundRole:
            if (isBefore(row)) return t.muted;
            if (index.column() == number || index.column() == gap) return t.muted;
            if (index.column() == length && packetAt(row)->cut()) return t.high;
            return {};
        case Qt::ToolTipRole:
            if (isBefore(row)) return QStringLiteral("The last packet of the window before: the first gap is measured from it");
            if (index.column() == length && packetAt(row)->cut())
                return QStringLiteral("The capture has only the first bytes of this packet (snap length)");
            if (index.column() == time) return when_text(packetAt(row)->summary.time(), DateDetail::year);
            return text(row, index.column());
        default:
            return {};
    }
}

QVariant PacketModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    static const char* const names[] = {"No.", "Time", "Gap", "Why", "From", "To", "Protocol", "Length", "Info"};
    if (role == Qt::DisplayRole) return QString(names[section]);
    if (role == Qt::TextAlignmentRole) {
        const bool right = section == number || section == gap || section == length;
        return static_cast<int>(Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft));
    }
    return {};
}

}  // namespace abm
