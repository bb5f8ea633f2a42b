// The 16 features of a window of packets. Formulas: docs/captures.md.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "core/capture/log_histogram.h"
#include "core/capture/parties.h"

namespace abm {

inline constexpr std::size_t kWindowFeatures = 16;

/// [16] in the order of the columns.
const std::vector<std::string>& window_feature_names();

/// Mean and population standard deviation of values near each other, in one pass.
class Moments {
public:
    void add(double value) {
        if (count_ == 0) shift_ = value;
        const double from_shift = value - shift_;
        ++count_;
        sum_ += from_shift;
        squares_ += from_shift * from_shift;
    }
    std::int64_t count() const { return count_; }
    double mean() const;       ///< NaN of nothing
    double deviation() const;  ///< NaN of nothing

private:
    std::int64_t count_ = 0;
    double shift_ = 0, sum_ = 0, squares_ = 0;
};

/// Fed with the packets of one window in the order of the file.
class WindowTally {
public:
    /// time_ns: never before the last one by more than the caller wants to count as 0. bytes: on the wire.
    void add_packet(std::int64_t time_ns, std::uint32_t bytes, Side side);
    void add_response(std::int64_t wait_ns, std::int64_t limit_ns);
    void add_missing() { ++missing_; }

    std::int64_t requests() const { return from_a_; }
    std::int64_t missing() const { return missing_; }
    /// Traffic may come in bunches, so that gaps repeat after some packets: each gap is compared with the one `lag` packets
    /// before, for each lag.
    static constexpr std::size_t kLags = 8;
    /// [lag - 1] What 90 of 100 changes between the gaps of A's packets stay under, in ns; NaN below 8 changes.
    std::array<float, kLags> unsteadiness_ns() const;
    /// Writes the 16 features; NaN where the window has nothing to compute them from.
    void features(double window_s, std::span<float> row) const;

private:
    void add_gap(std::int64_t gap_ns);

    std::int64_t packets_ = 0, from_a_ = 0, from_b_ = 0, missing_ = 0, violations_ = 0, responses_ = 0;
    double response_sum_us_ = 0;
    std::int64_t last_ns_ = 0, last_gap_ns_ = 0;
    std::int64_t gap_max_ns_ = 0, gap_min_ns_ = std::numeric_limits<std::int64_t>::max();
    double jitter_us_ = 0;
    Moments gaps_us_, sizes_;
    std::uint32_t size_max_ = 0;
    void add_gap_of_a(std::int64_t gap_ns);

    std::int64_t last_of_a_ns_ = 0, gaps_of_a_ = 0;
    std::array<std::int64_t, kLags> last_gaps_of_a_ns_{};  // ring
    std::array<LogHistogram<2>, kLags> changes_of_a_;
};

}  // namespace abm
