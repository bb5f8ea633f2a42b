#include "core/capture/contact_watch.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/capture/conversations.h"
#include "core/capture/end_hash.h"

namespace abm {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;

}  // namespace

ContactWatch::ContactWatch(const CaptureOptions& options, Report report)
    : thresholds_{options.scan_ends, options.scan_ends, options.burst_connections, options.flood_senders},
      report_(std::move(report)) {}

std::size_t ContactWatch::Hash::operator()(const Key& key) const {
    return hash_of(key.from, hash_of(key.to, static_cast<std::uint64_t>(key.kind) + 1));
}

// Linear counting (Whang, Vander-Zanden, Taylor 1990).
std::int64_t ContactWatch::Counter::estimate() const {
    const auto bits = static_cast<double>(kBits);
    const double empty = std::max(0.5, bits - static_cast<double>(seen.count()));
    return std::llround(-bits * std::log(empty / bits));
}

void ContactWatch::count(const Key& key, std::uint64_t member, const ContactPlace& place) {
    auto found = counters_.find(key);
    if (found == counters_.end()) {
        if (counters_.size() >= kMostCounters) return;
        found = counters_.emplace(key, Counter{{}, place, place}).first;
    }
    found->second.seen.set(member % kBits);
    found->second.last = place;
}

void ContactWatch::add(const ContactPlace& place, const DecodedPacket& packet) {
    if (!packet.opens) return;
    const bool same_second = started_ && place.time_ns >= second_ns_ && place.time_ns - second_ns_ < kSecondNs;
    if (!same_second) {
        finish();
        second_ns_ = place.time_ns;
        started_ = true;
    }
    const NetworkEnd &from = packet.summary.from, &to = packet.contacts;
    if (from.kind == NetworkEnd::Kind::none || is_group(to)) return;
    count({ContactKind::ends_of_one, from.host(), {}}, hash_of(to.host()), place);
    count({ContactKind::senders_to_one, {}, to.host()}, hash_of(from.host()), place);
    if (to.port == 0) return;
    count({ContactKind::ports_of_one, from.host(), to.host()}, hash_of(to), place);
    count({ContactKind::conversations, from.host(), to}, hash_of(from), place);
}

void ContactWatch::finish() {
    std::vector<ContactBurst> bursts;
    for (const auto& [key, counter] : counters_) {
        const std::int64_t count = counter.estimate();
        if (count >= thresholds_[static_cast<std::size_t>(key.kind)])
            bursts.push_back({key.kind, key.from, key.to, count, counter.first, counter.last});
    }
    std::sort(bursts.begin(), bursts.end(), [](const ContactBurst& one, const ContactBurst& other) {
        return std::tuple(one.first.span.offset, one.kind) < std::tuple(other.first.span.offset, other.kind);
    });
    for (const ContactBurst& burst : bursts) report_(burst);
    counters_.clear();
}

}  // namespace abm
