#include "core/decide/queue.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/detect/feedback.h"
#include "core/detect/split_mix.h"

namespace abm {
namespace {

constexpr std::size_t kReasons = 3;
using Shares = std::array<int, kReasons>;  // by QueueReason

/// The reasons in the order they are given, by largest remainder: each place goes to the reason furthest behind its share.
std::vector<QueueReason> pattern_of(const Shares& shares, std::size_t count) {
    const std::int64_t sum = static_cast<std::int64_t>(shares[0]) + shares[1] + shares[2];
    std::array<std::int64_t, kReasons> owed{};
    std::vector<QueueReason> pattern;
    pattern.reserve(count);
    while (pattern.size() < count) {
        for (std::size_t reason = 0; reason < kReasons; ++reason) owed[reason] += shares[reason];
        const auto next = static_cast<std::size_t>(std::max_element(owed.begin(), owed.end()) - owed.begin());
        owed[next] -= sum;
        pattern.push_back(static_cast<QueueReason>(next));
    }
    return pattern;
}

Shares shares_of(const QueueMix& mix, bool has_margins) {
    Shares shares{std::max(mix.odd, 0), std::max(mix.uncertain, 0), std::max(mix.random, 0)};
    if (!has_margins) shares[0] += std::exchange(shares[1], 0);
    if (shares == Shares{}) shares[0] = 1;
    return shares;
}

/// The `most` records with the least key; ties by place. O(n log most).
template <class Key>
std::vector<RecordIndex> least_of(std::vector<RecordIndex> records, std::size_t most, const Key& key) {
    const auto kept = records.begin() + static_cast<std::ptrdiff_t>(std::min(most, records.size()));
    std::partial_sort(records.begin(), kept, records.end(),
                      [&](RecordIndex a, RecordIndex b) { return std::pair(key(a), a) < std::pair(key(b), b); });
    records.erase(kept, records.end());
    return records;
}

/// A list that is read front to back, over what others have taken already.
struct Lane {
    std::vector<RecordIndex> records;
    std::size_t next = 0;
};

class Queue {
public:
    Queue(const Investigation& investigation, const std::vector<double>& margins) : all_(investigation), margins_(margins) {
        for (std::uint32_t index = 0; index < all_.records.size(); ++index) {
            const Record& record = all_.records[index];
            if (record.label == LabelClass::none && !record.trivial) open_.push_back(RecordIndex{index});
        }
    }

    std::size_t open() const { return open_.size(); }

    std::vector<QueueEntry> follow(const std::vector<QueueReason>& pattern, std::uint64_t seed) {
        const auto drawn = static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), QueueReason::random));
        // Drawn before anything else: figures about the population need a sample of all, not of what the others leave.
        lane(QueueReason::random).records =
            least_of(open_, drawn, [&](RecordIndex record) { return stream_of(seed, raw(record)).next(); });
        fill_ranked(pattern.size());
        std::vector<QueueEntry> queue;
        for (const QueueReason reason : pattern) {
            if (!take(reason, queue)) take(QueueReason::odd, queue);
        }
        return queue;
    }

private:
    Lane& lane(QueueReason reason) { return lanes_[static_cast<std::size_t>(reason)]; }

    void fill_ranked(std::size_t count) {
        std::vector<bool> drawn(all_.records.size());
        for (const RecordIndex record : lane(QueueReason::random).records) drawn[raw(record)] = true;
        std::vector<RecordIndex> left;
        for (const RecordIndex record : open_) {
            if (!drawn[raw(record)]) left.push_back(record);
        }
        // `count` of each: what the other lane takes first is never more than is missing then.
        lane(QueueReason::odd).records =
            least_of(left, count, [&](RecordIndex record) { return -all_.records[raw(record)].score; });
        if (margins_.empty()) return;
        std::erase_if(left, [&](RecordIndex record) { return all_.records[raw(record)].feature_row < 0; });
        lane(QueueReason::uncertain).records =
            least_of(std::move(left), count, [&](RecordIndex record) { return doubt_distance(record); });
    }

    double doubt_distance(RecordIndex record) const {
        constexpr FeedbackParams kParams;
        constexpr double kMiddle = (kParams.anomaly_target + kParams.normal_target) / 2;
        return std::abs(margins_[static_cast<std::size_t>(all_.records[raw(record)].feature_row)] - kMiddle);
    }

    bool take(QueueReason reason, std::vector<QueueEntry>& queue) {
        Lane& from = lane(reason);
        taken_.resize(all_.records.size());
        while (from.next < from.records.size()) {
            const RecordIndex record = from.records[from.next++];
            if (taken_[raw(record)]) continue;
            taken_[raw(record)] = true;
            queue.push_back({record, reason});
            return true;
        }
        return false;
    }

    const Investigation& all_;
    const std::vector<double>& margins_;
    std::vector<RecordIndex> open_;
    std::array<Lane, kReasons> lanes_;
    std::vector<bool> taken_;
};

}  // namespace

std::vector<QueueEntry> label_queue(const Investigation& investigation, const std::vector<double>& margins, const QueueMix& mix,
                                    std::size_t count, std::uint64_t seed) {
    Queue queue(investigation, margins);
    return queue.follow(pattern_of(shares_of(mix, !margins.empty()), std::min(count, queue.open())), seed);
}

std::string_view name_of(QueueReason reason) {
    constexpr std::array<std::string_view, 3> kNames{"odd", "uncertain", "random"};
    return kNames[static_cast<std::size_t>(reason)];
}

}  // namespace abm
