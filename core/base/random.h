// Random numbers that are the same on every platform and with every standard library: xoshiro256** 1.0 (Blackman and Vigna,
// public domain), seeded by splitmix64. Distributions use integers, comparisons and additions only, no std:: distributions.
// Draw one number a statement: the order in which operands and arguments are evaluated is not the same everywhere.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>

namespace abm {

class Random {
public:
    explicit Random(std::uint64_t seed) {
        for (std::uint64_t& word : state_) word = mix(seed += 0x9E3779B97F4A7C15u);
    }

    /// 64 random bits.
    std::uint64_t next() {
        const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

    /// 0 .. bound-1 (bound > 0); the bias of the multiplication is below bound / 2^32.
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32); }

    /// least .. most, both included.
    int between(int least, int most) { return least + static_cast<int>(below(static_cast<std::uint32_t>(most - least + 1))); }

    /// In [0, 1), 53 bits.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    bool chance(double probability) { return uniform() < probability; }

    /// Exponential with mean 1, by von Neumann's comparison method (exact, no logarithm).
    double exponential() {
        for (double whole = 0;; whole += 1) {
            const double first = uniform();
            double last = first;
            for (bool accept = true;; accept = !accept) {
                const double draw = uniform();
                if (draw >= last) {
                    if (accept) return whole + first;
                    break;
                }
                last = draw;
            }
        }
    }

    /// Index drawn with probability proportional to its weight (sum > 0).
    std::size_t pick(std::span<const int> weights) {
        int sum = 0;
        for (const int weight : weights) sum += weight;
        int left = static_cast<int>(below(static_cast<std::uint32_t>(sum)));
        for (std::size_t index = 0; index < weights.size(); ++index) {
            left -= weights[index];
            if (left < 0) return index;
        }
        return weights.size() - 1;
    }

    /// An independent stream for a part of the work (a machine, a tree), whatever the other parts consume.
    static Random stream(std::uint64_t seed, std::uint64_t part) { return Random(mix(seed) ^ mix(part + 0xD1B54A32D192ED03u)); }

private:
    static std::uint64_t mix(std::uint64_t value) {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
        return value ^ (value >> 31);
    }

    std::array<std::uint64_t, 4> state_{};
};

}  // namespace abm
