#include "core/capture/window_tally.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdlib>

#include "core/base/unknown.h"

namespace abm {
namespace {

constexpr double kNsPerUs = 1000.0;

double us(std::int64_t ns) { return static_cast<double>(ns) / kNsPerUs; }

}  // namespace

const std::vector<std::string>& window_feature_names() {
    static const std::vector<std::string> names{"party_a_packets",
                                                "party_b_packets",
                                                "b_to_a_ratio",
                                                "missing_responses",
                                                "inter_arrival_mean_us",
                                                "inter_arrival_std_us",
                                                "jitter_us",
                                                "gap_max_us",
                                                "gap_min_us",
                                                "response_mean_us",
                                                "response_violations",
                                                "size_mean_bytes",
                                                "size_std_bytes",
                                                "size_max_bytes",
                                                "packet_rate_pps",
                                                "packets"};
    return names;
}

double Moments::mean() const { return count_ == 0 ? kUnknown : shift_ + sum_ / static_cast<double>(count_); }

double Moments::deviation() const {
    if (count_ == 0) return kUnknown;
    const auto n = static_cast<double>(count_);
    return std::sqrt(std::max(0.0, squares_ / n - (sum_ / n) * (sum_ / n)));
}

// The smoothing of RFC 3550, 6.4.1, on the change from one gap to the next.
void WindowTally::add_gap(std::int64_t gap_ns) {
    if (gaps_us_.count() > 0) jitter_us_ += (us(std::abs(gap_ns - last_gap_ns_)) - jitter_us_) / 16;
    gaps_us_.add(us(gap_ns));
    gap_max_ns_ = std::max(gap_max_ns_, gap_ns);
    gap_min_ns_ = std::min(gap_min_ns_, gap_ns);
    last_gap_ns_ = gap_ns;
}

void WindowTally::add_packet(std::int64_t time_ns, std::uint32_t bytes, Side side) {
    if (packets_ > 0) add_gap(std::max<std::int64_t>(0, time_ns - last_ns_));
    last_ns_ = time_ns;
    ++packets_;
    sizes_.add(bytes);
    size_max_ = std::max(size_max_, bytes);
    if (side == Side::b) ++from_b_;
    if (side != Side::a) return;
    if (from_a_ > 0) add_gap_of_a(time_ns - last_of_a_ns_);
    last_of_a_ns_ = time_ns;
    ++from_a_;
}

void WindowTally::add_gap_of_a(std::int64_t gap_ns) {
    const auto count = static_cast<std::size_t>(gaps_of_a_);
    for (std::size_t lag = 1; lag <= std::min(kLags, count); ++lag)
        changes_of_a_[lag - 1].add(std::abs(gap_ns - last_gaps_of_a_ns_[(count - lag) % kLags]));
    last_gaps_of_a_ns_[count % kLags] = gap_ns;
    ++gaps_of_a_;
}

void WindowTally::add_response(std::int64_t wait_ns, std::int64_t limit_ns) {
    ++responses_;
    response_sum_us_ += us(wait_ns);
    if (wait_ns > limit_ns) ++violations_;
}

std::array<float, WindowTally::kLags> WindowTally::unsteadiness_ns() const {
    constexpr std::int64_t kLeastChanges = 8;
    std::array<float, kLags> found{};
    std::ranges::transform(changes_of_a_, found.begin(), [](const auto& changes) {
        return changes.total() < kLeastChanges ? std::numeric_limits<float>::quiet_NaN()
                                               : static_cast<float>(changes.quantile(0.9));
    });
    return found;
}

void WindowTally::features(double window_s, std::span<float> row) const {
    const auto count = [](std::int64_t value) { return static_cast<double>(value); };
    const bool has_gaps = gaps_us_.count() > 0;
    const std::array<double, kWindowFeatures> values{
        count(from_a_),
        count(from_b_),
        from_a_ > 0 ? count(from_b_) / count(from_a_) : kUnknown,
        count(missing_),
        gaps_us_.mean(),
        gaps_us_.deviation(),
        gaps_us_.count() > 1 ? jitter_us_ : kUnknown,
        has_gaps ? us(gap_max_ns_) : kUnknown,
        has_gaps ? us(gap_min_ns_) : kUnknown,
        responses_ > 0 ? response_sum_us_ / count(responses_) : kUnknown,
        count(violations_),
        sizes_.mean(),
        sizes_.deviation(),
        count(size_max_),
        count(packets_) / window_s,
        count(packets_),
    };
    assert(row.size() == values.size());
    std::transform(values.begin(), values.end(), row.begin(), [](double value) { return static_cast<float>(value); });
}

}  // namespace abm
