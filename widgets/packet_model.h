// The packets of a window as table rows.
#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "core/base/text_pattern.h"
#include "core/data/finding.h"
#include "core/data/packet_detail.h"

namespace abm {

struct ShownPackets {
    QString title;
    TextSpan window;
    std::vector<ListedPacket> packets;
    std::optional<ListedPacket> before;  ///< the last packet of the window before: what the first gap is measured from
    std::vector<Evidence> evidence;      ///< of the findings of the window
    std::int64_t known = 0;              ///< packets the window has by its features; 0: not known
    bool cut_off = false;                ///< there are more than are listed
};

class PacketModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { number, time, gap, why, from, to, protocol, length, info, kColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void install(ShownPackets shown);
    const ShownPackets& shown() const { return shown_; }
    const ListedPacket* packetAt(int row) const;  ///< null outside
    bool isBefore(int row) const { return shown_.before && row == 0; }
    /// The row of the packet that holds the byte; -1: none does. O(log n).
    int rowOf(std::int64_t offset) const;
    bool isEvidence(int row) const { return !notes_[static_cast<std::size_t>(row)].isEmpty(); }
    int firstEvidence() const;  ///< -1: none
    /// What evidence says of the window as a whole, not of single packets; empty: nothing.
    QString wholeNote() const { return whole_note_; }
    std::int64_t cutPackets() const { return cut_; }

    /// Rows in which any cell holds the pattern, rising.
    std::vector<int> find(const TextPattern& pattern) const;
    void setMatches(std::vector<int> rows);  ///< washed
    QString rowText(int row) const;          ///< cells separated by tabs

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(int row, int column) const;
    QString gapText(int row) const;

    ShownPackets shown_;
    std::vector<QString> notes_;  ///< [rows] of evidence
    std::vector<int> matches_;
    QString whole_note_;
    std::int64_t cut_ = 0;
};

/// "12.345 µs", "1.2 ms", "3 s"; a negative gap with a minus.
QString packet_gap_text(std::int64_t ns);
/// "09:36:07.123456", with the nanoseconds a capture has; "no time" for 0.
QString packet_time_text(std::int64_t ns);

}  // namespace abm
