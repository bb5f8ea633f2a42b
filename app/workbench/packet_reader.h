// Reads for the packet list of a log panel, off the UI thread: the packets of a window, the bytes of one.
#pragma once

#include <QObject>
#include <functional>

#include "widgets/latest_job.h"
#include "widgets/packet_panel.h"
#include "widgets/snapshot.h"

namespace abm {

class LogPanel;

/// UI thread only; the latest question of each kind wins.
class PacketReader : public QObject {
    Q_OBJECT
public:
    PacketReader(LogPanel& panel, QObject* parent);

    /// record: a window of a capture.
    void show(const Snapshot& snapshot, RecordIndex record);
    void clear();
    bool settled() const { return !list_.running() && !detail_.running(); }

signals:
    void listed(const abm::ShownPackets& packets);
    void failed(const QString& message);

private:
    void readDetail(const PacketSummary& packet);

    LogPanel& panel_;
    std::filesystem::path path_;
    LatestJob<ShownPackets> list_;
    LatestJob<PacketDetail> detail_;
};

}  // namespace abm
