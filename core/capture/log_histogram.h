// Counts of durations in buckets that grow with them: quantiles of any number of values in constant memory.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace abm {

/// 2^kSubBits buckets an octave: a quantile is at most 2^-kSubBits above the true value. Values below 2^kSubBits are exact,
/// negative ones count as 0.
template <unsigned kSubBits>
class LogHistogram {
public:
    void add(std::int64_t value) {
        ++counts_[bucket(value > 0 ? static_cast<std::uint64_t>(value) : 0)];
        ++total_;
    }
    std::int64_t total() const { return total_; }

    /// The largest value of the bucket that holds the value of this rank, 1 .. total(); 0 when there is none.
    std::int64_t at_rank(std::int64_t rank) const {
        std::int64_t seen = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            seen += counts_[i];
            if (seen >= rank && counts_[i] > 0) return static_cast<std::int64_t>(last_of(i));
        }
        return 0;
    }
    /// share: 0 .. 1 of the values are at or below the result.
    std::int64_t quantile(double share) const {
        const auto rank = static_cast<std::int64_t>(share * static_cast<double>(total_) + 0.999999);
        return at_rank(rank < 1 ? 1 : rank);
    }

private:
    static constexpr std::size_t kPerOctave = std::size_t{1} << kSubBits;

    static std::size_t bucket(std::uint64_t value) {
        if (value < kPerOctave) return value;
        const auto octave = static_cast<unsigned>(std::bit_width(value)) - 1;  // >= kSubBits
        const std::uint64_t within = (value >> (octave - kSubBits)) & (kPerOctave - 1);
        return (octave - kSubBits + 1) * kPerOctave + within;
    }
    static std::uint64_t last_of(std::size_t bucket) {
        if (bucket < kPerOctave) return bucket;
        const std::size_t shift = bucket / kPerOctave - 1;
        return ((kPerOctave + bucket % kPerOctave + 1) << shift) - 1;
    }

    std::array<std::uint32_t, (65 - kSubBits) * kPerOctave> counts_{};
    std::int64_t total_ = 0;
};

}  // namespace abm
