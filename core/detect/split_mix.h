// SplitMix64 (Steele, Lea, Flood 2014): the standard fixes engines but not distributions, and models must not depend on the
// library.
#pragma once

#include <cstdint>

namespace abm {

class SplitMix {
public:
    explicit SplitMix(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
        return mixed ^ (mixed >> 31U);
    }
    /// Uniform in [0, 1).
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    /// Uniform in [0, bound), bound > 0; the bias of the multiplication is below bound / 2^53.
    std::uint64_t below(std::uint64_t bound) { return static_cast<std::uint64_t>(unit() * static_cast<double>(bound)); }
    /// About standard normal: the sum of twelve uniforms, so that no maths library decides its last bit.
    double normal() {
        double sum = -6.0;
        for (int draw = 0; draw < 12; ++draw) sum += unit();
        return sum;
    }

private:
    std::uint64_t state_;
};

/// Independent stream number `index` of one seed.
inline SplitMix stream_of(std::uint64_t seed, std::uint64_t index) {
    return SplitMix(SplitMix(seed ^ SplitMix(index + 1).next()).next());
}

}  // namespace abm
