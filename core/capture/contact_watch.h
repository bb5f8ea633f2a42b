// Scans and floods: who asks unusually many others, or unusually often, for something new within a second.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <functional>
#include <unordered_map>

#include "core/capture/capture_options.h"
#include "core/capture/decode_packet.h"

namespace abm {

enum class ContactKind : std::uint8_t {
    ends_of_one,     ///< one end contacts many ends
    ports_of_one,    ///< one end contacts many ports of another
    conversations,   ///< one end opens many conversations to one service
    senders_to_one,  ///< many ends contact one
};

/// Where a packet is.
struct ContactPlace {
    TextSpan span;
    std::int64_t time_ns = 0;
    std::int64_t window = 0;  ///< number of its window
};

/// What was counted within one second.
struct ContactBurst {
    ContactKind kind = ContactKind::ends_of_one;
    NetworkEnd from, to;     ///< as far as the kind has them; `to` with its port for conversations
    std::int64_t count = 0;  ///< different ones; above 300 an estimate, within a few percent
    ContactPlace first, last;
};

/// Only packets that open something count (DecodedPacket::opens). Seconds are counted from the first packet. Bounded: at most
/// 16,384 counters a second; what does not fit any more is not counted.
class ContactWatch {
public:
    using Report = std::function<void(const ContactBurst&)>;

    ContactWatch(const CaptureOptions& options, Report report);

    void add(const ContactPlace& place, const DecodedPacket& packet);
    /// Reports what the running second has.
    void finish();

private:
    static constexpr std::size_t kMostCounters = 16'384, kBits = 1024;

    struct Key {
        ContactKind kind;
        NetworkEnd from, to;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    struct Counter {
        std::bitset<kBits> seen;  // linear counting
        ContactPlace first, last;
        std::int64_t estimate() const;
    };

    void count(const Key& key, std::uint64_t member, const ContactPlace& place);

    std::array<std::int64_t, 4> thresholds_;
    Report report_;
    std::unordered_map<Key, Counter, Hash> counters_;
    std::int64_t second_ns_ = 0;
    bool started_ = false;
};

}  // namespace abm
