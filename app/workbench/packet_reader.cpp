#include "app/workbench/packet_reader.h"

#include <algorithm>
#include <cmath>

#include "core/capture/packet_list.h"
#include "widgets/format.h"
#include "widgets/log_panel.h"

namespace abm {
namespace {

constexpr std::size_t kMost = 100'000;
constexpr std::int64_t kMostBefore_bytes = 4 << 20;  // of the window before, read for its last packet alone

// What the model counted, to say how many are left out.
std::int64_t packets_of(const Investigation& all, const Record& window) {
    if (window.feature_row < 0) return 0;
    const auto& names = all.features.names_of(window.feature_row);
    const auto found = std::ranges::find(names, "packets");
    if (found == names.end()) return 0;
    const float count = all.features.values_of(window.feature_row)[static_cast<std::size_t>(found - names.begin())];
    return std::isnan(count) ? 0 : std::lround(count);
}

std::optional<ListedPacket> last_before(const Investigation& all, std::uint32_t record) {
    if (record == 0) return std::nullopt;
    const Record &here = all.records[record], &before = all.records[record - 1];
    if (before.source != here.source || before.span.end() != here.span.offset || before.span.bytes > kMostBefore_bytes)
        return std::nullopt;
    const auto packets = list_packets(all.source_of(here).path, before.span, {kMost});
    return packets.empty() || packets.size() == kMost ? std::nullopt : std::optional(packets.back());
}

ShownPackets read_window(const Snapshot& snapshot, RecordIndex record, std::stop_token stop) {
    const Investigation& all = *snapshot;
    const Record& window = all.records[raw(record)];
    const Source& source = all.source_of(window);
    ShownPackets shown;
    shown.window = window.span;
    shown.known = packets_of(all, window);
    shown.packets = list_packets(source.path, window.span, {kMost});
    shown.cut_off = shown.packets.size() == kMost && shown.known != static_cast<std::int64_t>(kMost);
    if (!stop.stop_requested()) shown.before = last_before(all, raw(record));
    for (const Finding& finding : all.findings_of(window))
        shown.evidence.insert(shown.evidence.end(), finding.evidence.begin(), finding.evidence.end());
    shown.title = QStringLiteral("%1 · window %2 · %3")
                      .arg(qstring(source.name))
                      .arg(window.ordinal)
                      .arg(counted(std::max<std::int64_t>(shown.cut_off ? shown.known : 0, std::ssize(shown.packets)), "packet",
                                   "packets"));
    return shown;
}

}  // namespace

PacketReader::PacketReader(LogPanel& panel, QObject* parent) : QObject(parent), panel_(panel) {
    connect(panel_.packets(), &PacketPanel::packetSelected, this, &PacketReader::readDetail);
}

void PacketReader::show(const Snapshot& snapshot, RecordIndex record) {
    path_ = snapshot->source_of(snapshot->records[raw(record)]).path;
    list_.start([snapshot, record](std::stop_token stop) { return read_window(snapshot, record, stop); },
                [this](const ShownPackets& packets) {
                    panel_.showPackets(packets);
                    emit listed(packets);
                },
                [this](const Error& error) { emit failed(QString::fromUtf8(error.what())); });
}

void PacketReader::clear() {
    list_.cancel();
    detail_.cancel();
}

void PacketReader::readDetail(const PacketSummary& packet) {
    detail_.start([path = path_, packet](std::stop_token) { return packet_detail(path, packet); },
                  [this, at = packet.span.offset](const PacketDetail& detail) { panel_.packets()->showDetail(at, detail); },
                  [this](const Error& error) { panel_.packets()->showDetailFailure(QString::fromUtf8(error.what())); });
}

}  // namespace abm
