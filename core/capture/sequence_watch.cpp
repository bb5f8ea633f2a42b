#include "core/capture/sequence_watch.h"

#include "core/capture/end_hash.h"

namespace abm {

std::size_t SequenceWatch::Hash::operator()(const Key& key) const {
    return hash_of(key.from, hash_of(key.to, std::uint64_t{key.flow} << 8 | key.type));
}

std::int64_t SequenceWatch::lost_before(Flow& flow, std::uint16_t sequence) {
    constexpr int kMostLost = 1000, kHalfUpper = 128, kVotes = 1'000'000;
    const auto step = static_cast<std::uint16_t>(sequence - flow.last);
    const auto upper_step = static_cast<std::uint8_t>((sequence >> 8) - (flow.last >> 8));
    const bool first_fragment = (sequence & 0x7F) == 0;
    if (flow.whole_votes < kVotes && step == 1) ++flow.whole_votes;
    if (flow.upper_votes < kVotes && step != 1 && upper_step == 1 && first_fragment) ++flow.upper_votes;
    if (flow.counts_in_upper()) return upper_step > 1 && upper_step < kHalfUpper ? upper_step - 1 : 0;
    if (flow.counts_in_whole()) return step > 1 && step <= kMostLost ? step - 1 : 0;
    return 0;
}

SequenceWatch::Loss SequenceWatch::add(const DecodedPacket& packet) {
    if (!packet.ecpri.has_flow) return {};
    const Key key{packet.mac_from, packet.mac_to, packet.ecpri.flow, packet.ecpri.type};
    const auto found = flows_.find(key);
    if (found == flows_.end()) {
        if (flows_.size() < kMostFlows) flows_.emplace(key, Flow{packet.ecpri.sequence, packet.summary.span});
        return {};
    }
    Flow& flow = found->second;
    const Loss loss{lost_before(flow, packet.ecpri.sequence), flow.last_span};
    flow.last = packet.ecpri.sequence;
    flow.last_span = packet.summary.span;
    return loss;
}

}  // namespace abm
