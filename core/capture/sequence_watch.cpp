#include "core/capture/sequence_watch.h"

#include "core/capture/end_hash.h"

namespace abm {

std::size_t SequenceWatch::Hash::operator()(const Key& key) const {
    return hash_of(key.from, hash_of(key.to, std::uint64_t{key.flow} << 8 | key.type));
}

void SequenceWatch::vote(Flow& flow, std::uint16_t sequence) {
    constexpr int kVotes = 1'000'000;
    const bool next = sequence == static_cast<std::uint16_t>(flow.last + 1);
    const bool next_upper = static_cast<std::uint8_t>((sequence >> 8) - (flow.last >> 8)) == 1 && (sequence & 0x7F) == 0;
    if (flow.whole_votes < kVotes && next) ++flow.whole_votes;
    if (flow.upper_votes < kVotes && !next && next_upper) ++flow.upper_votes;
}

// Forward or back, by the shorter way round; 1 when it is not known how the flow counts.
std::int64_t SequenceWatch::step_of(const Flow& flow, std::uint16_t sequence) {
    if (flow.counts_in_upper()) return static_cast<std::int8_t>((sequence >> 8) - (flow.last >> 8));
    if (flow.counts_in_whole()) return static_cast<std::int16_t>(sequence - flow.last);
    return 1;
}

SequenceWatch::Loss SequenceWatch::add(const DecodedPacket& packet, std::int64_t window) {
    constexpr std::int64_t kMostLost = 1000;
    constexpr int kRestart = 16;
    if (!packet.ecpri.has_flow) return {};
    const Key key{packet.mac_from, packet.mac_to, packet.ecpri.flow, packet.ecpri.type};
    const auto found = flows_.find(key);
    if (found == flows_.end()) {
        if (flows_.size() < kMostFlows) flows_[key] = {packet.ecpri.sequence, packet.summary.span};
        return {};
    }
    Flow& flow = found->second;
    vote(flow, packet.ecpri.sequence);
    const std::int64_t step = step_of(flow, packet.ecpri.sequence);
    if (step < 0 && ++flow.behind < kRestart) {
        const bool was_missed = flow.missing > 0 && step >= -kMostLost;
        if (was_missed) --flow.missing;
        return {was_missed ? -1 : 0, {}, flow.missing_window};
    }
    const TextSpan before = flow.last_span;
    flow.behind = 0;
    flow.last = packet.ecpri.sequence;
    flow.last_span = packet.summary.span;
    if (step < 2 || step > kMostLost) return {};
    // Packets that overtake each other leave several gaps before the first is filled: those of neighbouring windows are one.
    const bool same_gap = flow.missing > 0 && window - flow.missing_window <= 1;
    flow.missing = (same_gap ? flow.missing : 0) + step - 1;
    if (!same_gap) flow.missing_window = window;
    return {step - 1, before, flow.missing_window};
}

}  // namespace abm
