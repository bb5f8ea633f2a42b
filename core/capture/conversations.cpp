#include "core/capture/conversations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <tuple>
#include <vector>

#include "core/base/order_statistic.h"
#include "core/capture/end_hash.h"

namespace abm {
namespace {

// C-plane messages come from the DU alone; U-plane messages tell their direction (O-RAN CUS plane 5.1, 7.2).
int du_vote_of_sender(const EcpriHeader& header) {
    if (header.type == EcpriHeader::kRealTimeControl && header.has_flow) return 1;
    if (header.type == EcpriHeader::kIqData && header.has_direction) return header.downlink ? 1 : -1;
    return 0;
}

Link link_of(const Conversation& found) {
    if (found.ecpri_packets == 0) return {found.a, found.b, fmt::format("{} - {}", text_of(found.a), text_of(found.b))};
    const bool a_is_du = found.du_votes >= 0;  // without a vote, the DU is taken to have sent first
    const NetworkEnd& du = a_is_du ? found.a : found.b;
    const NetworkEnd& ru = a_is_du ? found.b : found.a;
    return {du, ru, fmt::format("DU {} - RU {}", text_of(du), text_of(ru))};
}

auto rank(const Conversation& conversation) {
    const bool unicast = !is_group(conversation.a) && !is_group(conversation.b);
    return std::tuple(conversation.ecpri_packets, unicast, conversation.packets);
}

// Of equals the one whose addresses come first, whatever the order in the table.
bool before(const Conversation& one, const Conversation& other) {
    if (rank(one) != rank(other)) return rank(one) < rank(other);
    return std::tie(other.a.address, other.b.address) < std::tie(one.a.address, one.b.address);
}

}  // namespace

bool is_group(const NetworkEnd& end) {
    switch (end.kind) {
        case NetworkEnd::Kind::mac:
            return (end.address[0] & 1) != 0;
        case NetworkEnd::Kind::ipv4:
            return end.address[0] >= 224;
        case NetworkEnd::Kind::ipv6:
            return end.address[0] == 0xFF;
        default:
            return false;
    }
}

std::size_t ConversationTable::Hash::operator()(const Key& key) const { return hash_of(key.low, hash_of(key.high)); }

Conversation& ConversationTable::find(const NetworkEnd& from, const NetworkEnd& to) {
    if (last_ != nullptr && ((last_->a == from && last_->b == to) || (last_->a == to && last_->b == from))) return *last_;
    const Key key = from.address < to.address ? Key{from, to} : Key{to, from};
    auto found = table_.find(key);
    if (found == table_.end()) {
        if (table_.size() >= kMost) forget_small();
        found = table_.emplace(key, Conversation{from, to}).first;
    }
    last_ = &found->second;
    return *last_;
}

void ConversationTable::forget_small() {
    std::vector<std::int64_t> counts;
    for (const auto& [key, conversation] : table_) counts.push_back(conversation.packets);
    const std::int64_t taken = upper_median(counts);
    for (auto entry = table_.begin(); entry != table_.end();) {
        entry->second.packets -= taken;
        entry = entry->second.packets <= 0 ? table_.erase(entry) : std::next(entry);
    }
    last_ = nullptr;
}

void ConversationTable::add(const DecodedPacket& packet) {
    const NetworkEnd from = packet.summary.from.host(), to = packet.summary.to.host();
    if (from.kind == NetworkEnd::Kind::none || to.kind == NetworkEnd::Kind::none) return;
    Conversation& conversation = find(from, to);
    ++conversation.packets;
    if (!packet.ecpri.present) return;
    ++conversation.ecpri_packets;
    const int vote = du_vote_of_sender(packet.ecpri);
    conversation.du_votes += from == conversation.a ? vote : -vote;
}

std::optional<Link> ConversationTable::busiest() const {
    const Conversation* best = nullptr;
    for (const auto& [key, conversation] : table_) {
        if (best == nullptr || before(*best, conversation)) best = &conversation;
    }
    return best == nullptr ? std::nullopt : std::optional(link_of(*best));
}

}  // namespace abm
